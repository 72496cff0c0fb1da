#include "engine/dialogue/fitting.hpp"

#include <algorithm>
#include <array>

#include "engine/dialogue/walk.hpp"
#include "engine/schedule/zone.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Kind;

constexpr std::chrono::hours lately_is{24 * 7};
constexpr std::uint32_t few_letters = 8;  // "OK" is no shout

constexpr std::array alarms{Intent::panic, Intent::rejection_fear, Intent::protest_urge, Intent::anger, Intent::conflict};

int lately(const Stage& stage, const std::string& script) {
  const auto recent = [&](const Rating& rating) { return rating.script == script && stage.moment.now - rating.at < lately_is; };
  const auto kept = static_cast<int>(std::ranges::count_if(stage.person.rated, recent));
  return std::max(kept, was_led(stage.talk, script) ? 1 : 0);
}

template <class Value>
bool among(const std::vector<Value>& wanted, Value value) {
  return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

bool tells(const Stage& stage, Own own) { return !told(stage.person.world, own).empty(); }

bool sounds_loud(const Stage& stage) {
  const text::Text& text = stage.text;
  if (text.letters >= few_letters && text.capitals * 10 >= text.letters * 7) return true;
  return std::ranges::any_of(text.tokens, [&](const text::Token& token) { return stage.listed("loud_words", token.id); });
}

BodyState state_told(const understanding::Reading& reading) {
  if (reading.intent == Intent::shutdown) return BodyState::shutdown;
  if (reading.intent == Intent::feeling_better) return BodyState::safe;
  return std::ranges::find(alarms, reading.intent) != alarms.end() ? BodyState::alarm : BodyState::unknown;
}

struct Relief {
  std::string script;
  int fell = 0;
  int times = 0;
};

std::vector<Relief> reliefs(const Person& person) {
  std::vector<Relief> all;
  for (const Rating& rating : person.rated) {
    if (rating.before < 0 || rating.after < 0) continue;
    auto found = std::ranges::find(all, rating.script, &Relief::script);
    if (found == all.end()) found = all.insert(all.end(), Relief{rating.script, 0, 0});
    found->fell += rating.before - rating.after;
    ++found->times;
  }
  // The largest fall on average first.
  std::ranges::stable_sort(all, [](const Relief& a, const Relief& b) { return a.fell * b.times > b.fell * a.times; });
  return all;
}

}  // namespace

bool holds(const Stage& stage, const When& when, const Script& script) {
  if (!when.flags.empty() && !stage.flags().any(when.flags)) return false;
  if (!among(when.state, stage.talk.state)) return false;
  if (!std::ranges::all_of(when.told, [&](Own own) { return tells(stage, own); })) return false;
  if (std::ranges::any_of(when.not_told, [&](Own own) { return tells(stage, own); })) return false;
  if (when.loud && *when.loud != stage.talk.loud) return false;
  if (when.group && *when.group != (stage.event.group && !stage.private_)) return false;
  if (when.lately > 0 && lately(stage, script.id) < when.lately) return false;
  if (when.practised > 0 && practised(stage.person, script.id) < when.practised) return false;
  if (when.away > 0 && stage.away.count() < when.away) return false;
  if (when.says && !stage.hears(when.says)) return false;
  if (when.helped && *when.helped != (what_helped(stage) != nullptr)) return false;
  if (when.time.empty()) return true;
  const auto part = day_part(stage);
  return part && among(when.time, *part);
}

const Choice* heard_already(const Stage& stage, const Place& place, const Step& step) {
  if (step.ask.kind != Ask::Kind::choice || stage.event.kind != Event::Kind::message || was_used(stage.talk, place)) return nullptr;
  const auto said = [&](const Choice& choice) { return choice.heard && stage.hears(choice.heard); };
  const auto found = std::ranges::find_if(step.ask.choices, said);
  const bool clear = found != step.ask.choices.end() && std::ranges::count_if(step.ask.choices, said) == 1;
  return clear ? &*found : nullptr;
}

void note_state(Stage& stage) {
  const BodyState told_now = state_told(stage.reading);
  if (told_now != BodyState::unknown) stage.talk.state = told_now;
  if (understanding::kind(stage.reading.intent) == Kind::feeling) stage.talk.loud = sounds_loud(stage);
}

const Script* what_helped(const Stage& stage) {
  for (const Relief& relief : reliefs(stage.person)) {
    if (relief.fell <= 0) return nullptr;
    const Script* script = stage.library.find_script(relief.script);
    if (script == nullptr || was_led(stage.talk, relief.script) || permitted(stage, *script) != script) continue;
    return script;
  }
  return nullptr;
}

std::optional<DayPart> day_part(const Stage& stage) {
  const std::string& name = stage.person.zone.empty() ? stage.event.zone : stage.person.zone;
  if (name.empty()) return std::nullopt;
  if (!schedule::zone_known(name)) return std::nullopt;
  const schedule::Wall local = schedule::wall_of(stage.moment.now, name);
  const auto hour = std::chrono::duration_cast<std::chrono::hours>(local - std::chrono::floor<date::days>(local)).count();
  if (hour < 6 || hour >= 22) return DayPart::night;
  if (hour < 11) return DayPart::morning;
  return hour < 17 ? DayPart::day : DayPart::evening;
}

int practised(const Person& person, const std::string& script) {
  return static_cast<int>(std::ranges::count(person.rated, script, &Rating::script));
}

}  // namespace nurturer::dialogue
