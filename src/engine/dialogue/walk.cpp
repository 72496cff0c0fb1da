#include "engine/dialogue/walk.hpp"

#include <algorithm>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/fitting.hpp"
#include "engine/dialogue/one_phone.hpp"
#include "engine/dialogue/safety.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/worries.hpp"

namespace nurturer::dialogue {
namespace {

constexpr std::size_t longest_trail = 32;
constexpr int longest_chain = 8;  // steps passed over by `checks` count; the loader refuses longer chains

// The entry that fits the person; one by a flag that was said in this talk is not said again (the heart check comes once).
std::string entry_step(const Stage& stage, const Script& script) {
  for (const Entry& entry : script.enter) {
    if (entry.place.script != script.id || !holds(stage, entry.when, script)) continue;
    if (!entry.when.only_flags() || !was_used(stage.talk, entry.place)) return entry.place.step;
  }
  return script.steps.front().id;
}

// The first turning of the step that holds for this person.
const Turning* turning(const Stage& stage, const Place& place, const Step& step) {
  const Script* script = stage.library.find_script(place.script);
  const auto found = std::ranges::find_if(step.turns, [&](const Turning& turn) { return holds(stage, turn.when, *script); });
  return found == step.turns.end() ? nullptr : &*found;
}

bool knows_all(const Stage& stage, Flags asked) {
  Flags known = stage.flags();
  known.add(stage.talk.cleared);
  return !asked.empty() && (known.bits & asked.bits) == asked.bits;
}

// Passes over steps whose question is answered already, and steps that this person must not be led through.
Place pass_over(const Stage& stage, Place place) {
  for (int i = 0; i < longest_chain; ++i) {
    const Step* step = stage.library.find(place);
    if (step == nullptr) return place;
    if (stage.flags().any(step->not_with)) {
      place.step = step->instead;
      continue;
    }
    if (const Turning* turn = turning(stage, place, *step)) {
      place.step = turn->step;
      continue;
    }
    if (!step->go || !knows_all(stage, step->checks)) return place;
    if (step->go->to != Go::To::step || step->go->place.script != place.script) return place;
    place = step->go->place;
  }
  return place;
}

// Steps that only say something are no place to go back to: from there the way leads forward again.
void remember_trail(Stage& stage, const Place& next) {
  Talk& talk = stage.talk;
  const Step* here = stage.library.find(talk.at);
  if (here == nullptr || here->ask.kind == Ask::Kind::none || talk.at == next) return;
  talk.trail.push_back(talk.at);
  if (talk.trail.size() > longest_trail) talk.trail.erase(talk.trail.begin());
}

bool is_courtesy(const Script* script) {
  return script != nullptr && is_of(*script, understanding::Kind::courtesy);
}

// What waited while this script was led is offered, never resumed by itself. A goodbye is let stand.
void after_script(Stage& stage, const Place& last) {
  if (is_courtesy(stage.library.find_script(last.script))) return;
  const bool waits = !stage.talk.set_aside.empty() && stage.messages < longest_answer;
  if (waits)
    interpose(stage, "offer_running");
  else if (!closes_crisis(last) && (stage.messages >= longest_answer || !offer_second_topic(stage)))
    after_exercise(stage, last.script);
}

// An exercise that an exercise sends to: when it is over, the way back is offered. Not where the person must not be led back to, nor where
// the exercise stands in for the one that they came from.
void visit(Stage& stage, const Script& exercise, const Place& place) {
  const Place running = stage.talk.at;
  const Script* from = stage.library.find_script(running.script);
  const bool nothing_waits = stage.talk.set_aside.empty();
  if (place.step == exercise.steps.front().id || permitted(stage, exercise) != &exercise) {
    start(stage, exercise);
  } else {
    leave_script(stage.talk);
    show(stage, place);
  }
  const bool way_back = from != nullptr && from->card && permitted(stage, *from) == from && from->card->instead != exercise.id;
  if (way_back && nothing_waits && !stage.talk.at.empty()) stage.talk.set_aside = running;
}

void resume(Stage& stage) {
  if (!stage.talk.at.empty()) return repeat(stage);
  if (stage.talk.set_aside.empty()) return say_common(stage, "nothing_running");
  const Place place = stage.talk.set_aside;
  stage.talk.set_aside = {};
  const Script* script = stage.library.find_script(place.script);
  // The content may have changed since, or a flag been told: then the script begins anew, or its replacement does.
  if (script == nullptr) return say_common(stage, "nothing_running");
  if (stage.library.find(place) == nullptr || permitted(stage, *script) != script) return start(stage, *script);
  show(stage, place);
}

}  // namespace

bool is_menu(const Script& script) {
  return !script.card && script.rows.empty() && !script.intents.empty() &&
         understanding::kind(script.intents.front()) != understanding::Kind::feeling;
}

const Script* permitted(const Stage& stage, const Script& script) {
  const Script* candidate = &script;
  for (int i = 0; i < 4 && candidate != nullptr; ++i) {
    if (!switched_off(stage.person, candidate->id) && !(candidate->card && stage.flags().any(candidate->card->not_with))) return candidate;
    candidate = candidate->card ? stage.library.find_script(candidate->card->instead) : nullptr;
  }
  return nullptr;
}

const Script& fitting_script(const Stage& stage, const Script& script) {
  for (const Entry& entry : script.enter) {
    if (!holds(stage, entry.when, script)) continue;
    if (entry.place.script == script.id) break;
    const Script* other = stage.library.find_script(entry.place.script);
    if (other != nullptr && permitted(stage, *other) == other) return *other;
  }
  return script;
}

void start(Stage& stage, const Script& script) {
  if (switched_off(stage.person, script.id)) {
    stage.private_ = true;
    if (stage.event.group) return say_common(stage, "switched_off_private");  // what is asked there is answered there
    stage.talk.pending = script.id;
    return interpose(stage, "switched_off");
  }
  const Script* chosen = permitted(stage, script);
  leave_script(stage.talk);
  stage.talk.pending.clear();
  if (chosen == nullptr) return interpose(stage, "what_else");
  if (stage.talk.set_aside.script == chosen->id) stage.talk.set_aside = {};  // begun anew: nothing is left to offer
  if (chosen != &script && stage.messages + 1 < longest_answer) say_common(stage, "card_instead");
  stage.talk.before = -1;
  show(stage, {chosen->id, entry_step(stage, *chosen)});
}

void show(Stage& stage, const Place& wanted) {
  Place place = pass_over(stage, wanted);
  const Step* step = stage.library.find(place);
  for (int i = 0; step != nullptr && i < longest_chain; ++i) {
    const bool asks = step->ask.kind != Ask::Kind::none;
    const bool ends = !asks && (!step->go || step->go->to == Go::To::end);
    remember_trail(stage, place);
    const Place finished = place;
    if (ends)
      leave_script(stage.talk);
    else
      stage.talk.at = place;
    if (asks) stage.talk.asking = place;
    if (const Choice* heard = heard_already(stage, place, *step)) {
      tell_flags(stage, heard->sets, heard->clears);
      return follow(stage, heard->go, place);
    }
    say(stage, place, *step, asks);
    if (closes_crisis(place)) close_crisis(stage, place);
    if (ends) return after_script(stage, finished);
    if (asks) return;
    if (step->go->to != Go::To::step) return follow(stage, *step->go, place);
    if (step->go->place.script != place.script) return follow(stage, *step->go, place);
    place = pass_over(stage, step->go->place);
    step = stage.library.find(place);
  }
}

void interpose(Stage& stage, std::string_view common_step) {
  const Place place = pass_over(stage, {"common", std::string(common_step)});
  const Step* step = stage.library.find(place);
  if (step == nullptr) return;
  const bool asks = step->ask.kind != Ask::Kind::none;
  if (asks)
    stage.talk.asking = place;
  else if (step->go && step->go->to == Go::To::end)
    stage.talk.asking = stage.talk.at;
  say(stage, place, *step, asks);
  if (!asks && step->go && step->go->to != Go::To::end && step->go->to != Go::To::stay) follow(stage, *step->go, place);
}

void follow(Stage& stage, const Go& go, const Place& from) {
  switch (go.to) {
    case Go::To::step: {
      const Script* script = stage.library.find_script(go.place.script);
      if (script == nullptr) return;
      if (go.place == Place{"common", "stopped"}) return stop(stage);
      if (script->id == "common") return interpose(stage, go.place.step);
      if (script->card && script->id != from.script && !is_safety(from.script) && from.script == stage.talk.at.script) {
        return visit(stage, *script, go.place);
      }
      if (script->id != stage.talk.at.script && go.place.step == script->steps.front().id) return start(stage, *script);
      if (permitted(stage, *script) != script) return start(stage, *script);
      if (script->id != stage.talk.at.script) leave_script(stage.talk);
      return show(stage, go.place);
    }
    case Go::To::end: {
      const bool in_between = from.script == "common" || from.script == "checkin" || from.script == "for_two";
      if (in_between) {
        // The question in between is answered; what ran before it is asked again only when the person says so.
        stage.talk.asking = stage.talk.at;
        return;
      }
      leave_script(stage.talk);
      return;
    }
    case Go::To::resume: return resume(stage);
    case Go::To::pending: {
      const Script* script = stage.library.find_script(stage.talk.pending);
      stage.talk.pending.clear();
      if (script != nullptr) start(stage, *script);
      return;
    }
    case Go::To::helped: {
      const Script* helper = what_helped(stage);
      return helper == nullptr ? interpose(stage, "what_else") : start(stage, *helper);
    }
    case Go::To::stay: {
      const Step* step = stage.library.find(from);
      if (step == nullptr || step->ask.kind == Ask::Kind::none) return;
      if (from.script == "common" && step->ask.kind == Ask::Kind::choice) {
        stage.talk.asking = stage.talk.at;  // a question in between is not asked again: it was answered with "leave it"
        return say_common(stage, "ok");
      }
      stage.talk.asking = from;
      return say(stage, from, *step, true);
    }
  }
}

void repeat(Stage& stage) {
  const Step* step = stage.library.find(stage.talk.at);
  if (step == nullptr) return leave_script(stage.talk);
  stage.talk.asking = stage.talk.at;
  show(stage, stage.talk.at);
}

bool back(Stage& stage) {
  if (stage.talk.trail.empty()) return false;
  const Place place = stage.talk.trail.back();
  stage.talk.trail.pop_back();
  if (stage.library.find(place) == nullptr) return false;
  stage.talk.at = place;
  repeat(stage);
  return true;
}

const Script* running_script(const Stage& stage) { return stage.library.find_script(stage.talk.at.script); }

bool is_of(const Script& script, understanding::Kind kind) {
  return !script.intents.empty() && understanding::kind(script.intents.front()) == kind;
}

bool is_worth_going_on(const Stage& stage, const Place& place) {
  const Script* script = stage.library.find_script(place.script);
  return script != nullptr && !is_safety(script->id) &&
         (script->card || !script->rows.empty() || is_of(*script, understanding::Kind::feeling));
}

void put_aside(Stage& stage) {
  if (is_worth_going_on(stage, stage.talk.at)) stage.talk.set_aside = stage.talk.at;
  leave_script(stage.talk);
}

void stop(Stage& stage) {
  const bool running = !stage.talk.at.empty() || !stage.talk.asking.empty();
  if (stage.talk.at.script == time_out_script) drop_time_out(stage.person);
  leave_script(stage.talk);
  stage.talk.set_aside = {};
  stage.talk.pending.clear();
  say_common(stage, running ? "stopped" : "stopped_nothing");
}

void leave_script(Talk& talk) {
  talk.at = {};
  talk.asking = {};
  talk.trail.clear();
}

}  // namespace nurturer::dialogue
