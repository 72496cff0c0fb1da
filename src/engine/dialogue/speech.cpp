#include "engine/dialogue/speech.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "engine/dialogue/fitting.hpp"
#include "engine/dialogue/slots.hpp"

namespace nurturer::dialogue {
namespace {

constexpr std::size_t long_text = 60;  // characters; a longer text is not said twice in a talk

std::uint32_t& used_of(Talk& talk, const std::string& key) {
  const auto found = std::ranges::find(talk.used, key, &std::pair<std::string, std::uint32_t>::first);
  if (found != talk.used.end()) return found->second;
  return talk.used.emplace_back(key, 0U).second;
}

// One of the variants that were not used yet, by chance; -1 when all were.
int unused_variant(Stage& stage, std::uint32_t used, std::size_t count) {
  const std::uint32_t all = count >= 32 ? 0xFFFF'FFFFU : (1U << count) - 1U;
  const std::uint32_t left = all & ~used;
  if (left == 0) return -1;
  std::size_t skip = stage.throw_dice(static_cast<std::size_t>(std::popcount(left)));
  for (int i = 0; i < 32; ++i) {
    if ((left >> i & 1U) != 0 && skip-- == 0) return i;
  }
  return -1;
}

// The variants of which `takes` holds, as bits.
template <class Takes>
std::uint32_t bits_of(const std::vector<std::string>& variants, Takes takes) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(variants.size(), 32); ++i) {
    if (takes(variants[i])) bits |= 1U << i;
  }
  return bits;
}

// One that nobody has heard yet; what is said in the person's own words first.
int next_variant(Stage& stage, const std::vector<std::string>& variants, std::uint32_t used) {
  const std::uint32_t open = bits_of(variants, [&](const std::string& text) { return can_be_filled(stage, text); });
  const std::uint32_t own = bits_of(variants, [&](const std::string& text) { return speaks_of_own(stage, text); });
  const int of_own = own == 0 ? -1 : unused_variant(stage, used | ~(open & own), variants.size());
  return of_own >= 0 ? of_own : unused_variant(stage, used | ~open, variants.size());
}

// When every variant was said: the brief form, else a variant short enough to be said again, else (numbers, safety) any.
std::string said_again(Stage& stage, std::vector<std::string> variants, const std::string& brief) {
  if (!brief.empty()) return brief;
  std::erase_if(variants, [&](const std::string& text) { return !can_be_filled(stage, text); });
  if (variants.empty()) return {};
  std::vector<const std::string*> short_ones;
  for (const std::string& variant : variants) {
    if (characters(variant) <= long_text) short_ones.push_back(&variant);
  }
  if (!short_ones.empty()) return *short_ones[stage.throw_dice(short_ones.size())];
  return variants[stage.throw_dice(variants.size())];
}

// "Shorter" was said; or they have done this exercise so often that a few words are enough.
bool prefers_brief(const Stage& stage, const std::string& key) {
  constexpr int well_practised = 6;
  if (stage.talk.brief) return true;
  return practised(stage.person, key.substr(0, key.find('.'))) >= well_practised;
}

std::string choose(Stage& stage, const std::string& key, const std::vector<std::string>& variants, const std::string& brief) {
  if (variants.empty()) return brief;
  if (prefers_brief(stage, key) && !brief.empty()) return brief;
  std::uint32_t& used = used_of(stage.talk, key);
  const int variant = next_variant(stage, variants, used);
  if (variant < 0) {
    if (std::ranges::all_of(variants, [](const std::string& v) { return characters(v) <= long_text; })) used = 0;
    return said_again(stage, variants, brief);
  }
  used |= 1U << variant;
  return variants[static_cast<std::size_t>(variant)];
}

void add(Stage& stage, std::string text, const Ask* ask, std::chrono::seconds after) {
  Say line{std::move(text), {}, after, stage.talk.at, stage.private_};
  if (ask != nullptr) {
    for (const Choice& choice : ask->choices) line.choices.emplace_back(choice.id, choice.label);
  }
  stage.effects.emplace_back(std::move(line));
}

void say_paced(Stage& stage, const Step& step, const Ask* ask) {
  const Paced& paced = *step.paced;
  if (!stage.around.animates) {
    add(stage, fill(stage, paced.held), ask, std::chrono::seconds{0});
    ++stage.messages;
    return;
  }
  for (int round = 0; round < paced.times; ++round) {
    for (std::size_t i = 0; i < paced.lines.size(); ++i) {
      const PacedLine& line = paced.lines[i];
      const bool last = round + 1 == paced.times && i + 1 == paced.lines.size();
      add(stage, fill(stage, line.text), last ? ask : nullptr, line.after + line.after * stage.talk.slower / 4);
    }
  }
}

const Ask* open_ask(const Stage& stage) {
  // A private line about a talk that goes on in a room: its choices are open there. A crisis has its talk in private already.
  if (stage.private_ && stage.event.group && !stage.talk.crisis) return nullptr;
  const Step* step = stage.library.find(stage.talk.asking);
  return step == nullptr || step->ask.kind == Ask::Kind::none ? nullptr : &step->ask;
}

}  // namespace

void say(Stage& stage, const Place& place, const Step& step, bool asks) {
  const Ask* ask = asks && step.ask.kind != Ask::Kind::none ? &step.ask : nullptr;
  const bool paced_follows = step.paced.has_value();
  const std::string text = choose(stage, place.script + "." + place.step, step.say, step.brief);
  if (!text.empty()) {
    add(stage, fill(stage, text, step.fixed || place.script.starts_with("safety.")), paced_follows ? nullptr : ask,
        std::chrono::seconds{0});
    ++stage.messages;
  }
  if (paced_follows) say_paced(stage, step, ask);
}

void say_common(Stage& stage, std::string_view step) { say_filled(stage, step, {}); }

void say_filled(Stage& stage, std::string_view common_step, const std::vector<Filling>& fillings) {
  const Place place{"common", std::string(common_step)};
  const Step* step = stage.library.find(place);
  if (step == nullptr) return;  // the loader has refused such content
  const auto slots_before = stage.talk.slots;
  for (const Filling& filling : fillings) stage.talk.slots.emplace_back(filling.name, filling.value);
  const std::string text = choose(stage, "common." + step->id, step->say, step->brief);
  add(stage, fill(stage, text, step->fixed), open_ask(stage), std::chrono::seconds{0});
  ++stage.messages;
  stage.talk.slots = slots_before;
}

std::string common_words(Stage& stage, std::string_view common_step) {
  const Step* step = stage.library.find({"common", std::string(common_step)});
  return step == nullptr ? std::string{} : fill(stage, choose(stage, "common." + step->id, step->say, step->brief), step->fixed);
}

void say_heard(Stage& stage, std::string_view common_step, const Place& place, const Step& question) {
  const std::string key = place.script + "." + place.step;
  // The short form once; after that another of its wordings, while there are some.
  const bool short_form = !question.brief.empty() && std::exchange(used_of(stage.talk, key + ".brief"), 1U) == 0;
  const std::string asked = short_form ? question.brief : choose(stage, key, question.say, question.brief);
  add(stage, common_words(stage, common_step) + " " + fill(stage, asked, false), open_ask(stage), std::chrono::seconds{0});
  ++stage.messages;
}

void say_one_of(Stage& stage, const std::string& key, const std::vector<std::string>& variants) {
  add(stage, fill(stage, choose(stage, key, variants, {}), true), open_ask(stage), std::chrono::seconds{0});
  ++stage.messages;
}

}  // namespace nurturer::dialogue
