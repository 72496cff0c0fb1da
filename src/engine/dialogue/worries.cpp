#include "engine/dialogue/worries.hpp"

#include <algorithm>
#include <array>

#include "engine/dialogue/fitting.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::dialogue {
namespace {

constexpr std::chrono::hours short_time{3};
constexpr std::chrono::minutes same_breath{3};  // written on while the answer is read: one telling, not two
constexpr std::size_t round_again = 3;
constexpr std::size_t most_worries = 16;

constexpr std::array reassured{Intent::rejection_fear, Intent::protest_urge,   Intent::invalidation,
                               Intent::self_criticism, Intent::boundary_doubt, Intent::chemistry_confusion};

// Feelings that come as one: their scripts speak of each other.
constexpr std::array<std::array<Intent, 4>, 3> together{{
    {Intent::sadness, Intent::heartbreak, Intent::loneliness, Intent::shutdown},
    {Intent::rejection_fear, Intent::protest_urge, Intent::chemistry_confusion, Intent::panic},
    {Intent::boundary_doubt, Intent::invalidation, Intent::self_criticism, Intent::engulfment},
}};

std::size_t count(Stage& stage, Intent intent) {
  auto& worries = stage.talk.worries;
  std::erase_if(worries, [&](const Worry& worry) { return stage.moment.now - worry.at > short_time; });
  const auto last = std::ranges::find(worries.rbegin(), worries.rend(), intent, &Worry::intent);
  const bool goes_on = last != worries.rend() && !stage.talk.at.empty() && stage.moment.now - last->at < same_breath;
  if (!goes_on) worries.push_back({intent, stage.moment.now});
  if (worries.size() > most_worries) worries.erase(worries.begin());
  return goes_on ? 0 : static_cast<std::size_t>(std::ranges::count(worries, intent, &Worry::intent));
}

}  // namespace

bool told_as_one(Intent a, Intent b) {
  return std::ranges::any_of(together, [&](const auto& family) {
    return std::ranges::find(family, a) != family.end() && std::ranges::find(family, b) != family.end();
  });
}

bool see_loop(Stage& stage) {
  const Intent intent = stage.reading.intent;
  if (std::ranges::find(reassured, intent) == reassured.end() || stage.event.group) return false;
  if (count(stage, intent) < round_again) return false;
  // Named once; after two more times again.
  const auto first = std::ranges::find(stage.talk.worries, intent, &Worry::intent);
  stage.talk.worries.erase(first);
  std::erase_if(stage.talk.worries, [&](const Worry& worry) { return worry.intent == intent && worry.at != stage.moment.now; });
  put_aside(stage);
  stage.talk.set_aside = {};
  const Script* script = stage.library.script_of(intent);
  stage.talk.pending = script == nullptr ? "" : script->id;
  interpose(stage, "loop_seen");
  return true;
}

void keep_second_topic(Stage& stage, const Script& first) {
  stage.talk.second_topic.clear();
  for (const auto& other : stage.reading.alternatives) {
    const Script* script = stage.library.script_of(other.intent);
    const bool clear = other.said && understanding::kind(other.intent) == understanding::Kind::feeling;
    if (!clear || script == nullptr || script->id == first.id || told_as_one(other.intent, stage.reading.intent)) continue;
    if (other.intent == Intent::feeling_better || other.intent == Intent::support_other) continue;
    stage.talk.second_topic = script->id;
    return;
  }
}

bool offer_second_topic(Stage& stage) {
  const Script* script = stage.library.find_script(stage.talk.second_topic);
  stage.talk.second_topic.clear();
  if (script == nullptr || was_led(stage.talk, script->id) || permitted(stage, *script) != script) return false;
  stage.talk.pending = script->id;
  interpose(stage, "second_topic");
  return true;
}

}  // namespace nurturer::dialogue
