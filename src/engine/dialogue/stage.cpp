#include "engine/dialogue/stage.hpp"

#include <algorithm>

namespace nurturer::dialogue {

bool operator==(const Person& a, const Person& b) {
  const auto same_rating = [](const Rating& x, const Rating& y) {
    return x.at == y.at && x.script == y.script && x.before == y.before && x.after == y.after;
  };
  return a.setup == b.setup && a.ratings == b.ratings && a.world == b.world && a.region == b.region && a.zone == b.zone &&
         a.flags == b.flags && a.switched_off == b.switched_off && a.quiet == b.quiet && a.discreet == b.discreet &&
         a.reminders == b.reminders && a.left_out == b.left_out && a.gentle_until == b.gentle_until &&
         std::ranges::equal(a.rated, b.rated, same_rating);
}

bool was_led(const Talk& talk, const std::string& script) {
  const std::string prefix = script + ".";
  return std::ranges::any_of(talk.used, [&](const auto& used) { return used.first.starts_with(prefix); });
}

bool was_used(const Talk& talk, const Place& place) {
  return std::ranges::find(talk.used, place.script + "." + place.step, &std::pair<std::string, std::uint32_t>::first) != talk.used.end();
}

bool Stage::hears(const std::optional<PhraseId>& phrase) const noexcept { return phrase && std::ranges::binary_search(phrases, *phrase); }

bool Stage::hears(Word word) const noexcept {
  const auto index = static_cast<std::size_t>(word);
  return index < library.words.size() && hears(library.words[index]);
}

bool Stage::listed(const char* list, text::WordId word) const {
  const auto found = language.lists().find(list);
  if (found == language.lists().end()) return false;
  return std::ranges::any_of(found->second, [word](const auto& entry) { return entry.size() == 1 && entry.front() == word; });
}

Flags Stage::flags() const noexcept {
  Flags all = talk.flags;
  all.add(person.flags);
  if (moment.now < person.gentle_until) all.add(understanding::Flag::recent_crisis);
  if (talk.latest >= very_loud_from) all.add(understanding::Flag::very_loud);
  return all;
}

std::size_t Stage::throw_dice(std::size_t count) noexcept {
  // splitmix64: chance comes in as a value, so that a test can say what is thrown.
  dice += 0x9E37'79B9'7F4A'7C15ULL;
  std::uint64_t mixed = dice;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D0'49BB'1331'11EBULL;
  return static_cast<std::size_t>((mixed ^ (mixed >> 31)) % count);
}

bool switched_off(const Person& person, std::string_view script) noexcept {
  return std::ranges::find(person.switched_off, script) != person.switched_off.end();
}

Stage without_message(const understanding::Language& language, const Library& library, const Surroundings& around, Moment moment) {
  static const Event nobody;
  static const understanding::Reading nothing;
  static const text::Text empty;
  return {language, library, around, nobody, nothing, empty, {}, moment, moment.dice, {}, {}, {}, 0, false};
}

}  // namespace nurturer::dialogue
