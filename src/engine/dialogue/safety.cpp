#include "engine/dialogue/safety.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/words.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Flag;

// Ideas that need two who are safe with each other: never led to after abuse (safety.md, "Abuse").
constexpr std::array<int, 7> rows_off_after_abuse{5, 13, 18, 24, 26, 27, 28};

// Disclosures that have steps of their own, most urgent first.
constexpr std::array<Flag, 6> flags_with_steps{Flag::minor,     Flag::sexual_violence, Flag::eating_disorder,
                                               Flag::intrusive, Flag::psychosis,       Flag::drugs};

std::string script_of(Intent intent) { return "safety." + std::string(understanding::name(intent)); }

std::vector<std::string> entries(const Stage& stage, const Crisis& crisis) {
  const bool emergency = crisis.level == Level::emergency;
  std::vector<std::string> steps;
  if (crisis.subject == Subject::other) {
    if (emergency) steps.emplace_back("other_emergency");
    steps.emplace_back("other");
  }
  for (const Flag flag : flags_with_steps) {
    if (!stage.reading.flags.has(flag) && !(flag == Flag::minor && stage.flags().has(flag))) continue;
    const std::string name(understanding::name(flag));
    if (emergency) steps.push_back(name + "_emergency");
    // An emergency goes before everything that is only its colour, save for a child: their step holds the emergency number too.
    if (!emergency || flag == Flag::minor) steps.push_back(name);
  }
  if (emergency) steps.emplace_back("emergency");
  steps.emplace_back("start");
  return steps;
}

void enter(Stage& stage) {
  const Script* script = stage.library.find_script(script_of(stage.talk.crisis->intent));
  if (script == nullptr) return;
  for (const std::string& step : entries(stage, *stage.talk.crisis)) {
    if (script->find(step) == nullptr) continue;
    leave_script(stage.talk);
    return show(stage, {script->id, step});
  }
}

void set_aside(Stage& stage) {
  put_aside(stage);
  stage.talk.pending.clear();
}

void switch_off_after_abuse(Stage& stage) {
  stage.talk.flags.add(Flag::punished_no);
  for (const Script& script : stage.library.scripts) {
    const bool off = std::ranges::any_of(script.rows, [](int row) { return std::ranges::find(rows_off_after_abuse, row) != rows_off_after_abuse.end(); });
    auto& list = stage.person.switched_off;
    if (off && std::ranges::find(list, script.id) == list.end()) list.push_back(script.id);
  }
}

void ask_concern(Stage& stage) {
  const std::string intent(understanding::name(stage.reading.intent));
  const Script* script = stage.library.find_script("safety.concern");
  if (script == nullptr) return;
  const std::string other = intent + "_other";
  const bool of_other = stage.reading.subject == Subject::other && script->find(other) != nullptr;
  show(stage, {script->id, of_other ? other : intent});
}

bool graver(const understanding::Reading& reading, const Crisis& open) {
  if (reading.level > open.level) return true;
  return reading.level == open.level && reading.intent != open.intent;
}

void stay(Stage& stage) {
  const Place place{script_of(stage.talk.crisis->intent), "stay"};
  stage.talk.trail.clear();  // "back" must not lead out of here
  show(stage, place);
}

void say_lines(Stage& stage) {
  const Place lines{script_of(stage.talk.crisis->intent), "lines"};
  if (const Step* step = stage.library.find(lines)) return say(stage, lines, *step, false);
  say_one_of(stage, "safety.lines", {"{lines}"});
}

// What a person may ask for while it lasts: grounding by the senses, the long out-breath; else what the script is about, in a line.
bool answer_request(Stage& stage) {
  const std::string script = script_of(stage.talk.crisis->intent);
  const Intent intent = stage.reading.intent;
  const auto lead = [&](const char* step) {
    const Place place{script, step};
    if (stage.library.find(place) == nullptr) return false;
    show(stage, place);
    return true;
  };
  if (intent == Intent::breathing) return lead(stage.flags().has(Flag::heart) ? "ground" : "breath");
  if (intent == Intent::nature_grounding || intent == Intent::safe_place) return lead("ground");
  if (intent == Intent::bot_identity || intent == Intent::privacy) {
    const Script* about = stage.library.script_of(intent);
    if (about == nullptr) return false;
    say(stage, {about->id, about->steps.front().id}, about->steps.front(), false);
    return true;
  }
  if (understanding::kind(intent) != understanding::Kind::request || intent == Intent::stop || intent == Intent::help) return false;
  say_common(stage, "no_exercise_now");
  return true;
}

// The one plain question was asked. Whatever is unclear counts as a crisis.
void answer_concern(Stage& stage) {
  const Place question = stage.talk.at;
  const Fitting fitting = fit(stage);
  if (fitting.fit == Fit::none || fitting.fit == Fit::free) {
    stage.talk.crisis->concern_only = false;
    stage.talk.crisis->level = Level::crisis;
    return enter(stage);
  }
  take(stage, fitting);
  settle_concern(stage, question);
}

}  // namespace

void settle_concern(Stage& stage, const Place& question) {
  if (!stage.talk.crisis || !stage.talk.crisis->concern_only || stage.talk.at == question) return;
  if (is_safety(stage.talk.at.script) && stage.talk.at.script != "safety.concern") {
    stage.talk.crisis->concern_only = false;
    stage.talk.crisis->level = Level::crisis;
    stage.talk.crisis_unresolved = true;
    return;
  }
  stage.talk.crisis.reset();
}

bool is_safety(const std::string& script) noexcept { return script.starts_with("safety."); }

bool closes_crisis(const Place& place) noexcept {
  return is_safety(place.script) && (place.step == "safe_end" || place.step == "not_meant_end");
}

void close_crisis(Stage& stage) {
  stage.talk.crisis.reset();
  stage.talk.crisis_unresolved = false;
}

void let_crisis_expire(Talk& talk, Time now) {
  if (!talk.crisis || now - talk.crisis->last_sign < crisis_lasts) return;
  talk.crisis.reset();
  talk.crisis_unresolved = false;
  if (is_safety(talk.at.script)) leave_script(talk);
}

void answer_crisis(Stage& stage) {
  stage.private_ = stage.private_ || stage.event.group;
  const understanding::Reading& reading = stage.reading;
  Talk& talk = stage.talk;
  tell_flags(stage, reading.flags, {});
  if (reading.intent == Intent::crisis_abuse && reading.subject == Subject::self) switch_off_after_abuse(stage);
  if (stage.in_crisis() && !graver(reading, *talk.crisis)) {
    talk.crisis->last_sign = stage.moment.now;
    return go_on_in_crisis(stage);
  }
  const bool second_concern = talk.crisis && talk.crisis->concern_only && reading.level == Level::concern;
  if (talk.crisis && talk.crisis->concern_only && fit(stage).fit == Fit::exact) return answer_concern(stage);
  set_aside(stage);
  const bool concern = reading.level == Level::concern && !second_concern;
  talk.crisis = Crisis{reading.intent, second_concern ? Level::crisis : reading.level, reading.subject, stage.moment.now, concern};
  if (concern) return ask_concern(stage);
  talk.crisis_unresolved = true;
  enter(stage);
}

void go_on_in_crisis(Stage& stage) {
  stage.private_ = stage.private_ || stage.event.group;
  const Fitting fitting = fit(stage);
  if (fitting.fit == Fit::exact && !stage.talk.crisis->concern_only) return take(stage, fitting);
  const std::string script = script_of(stage.talk.crisis->intent);
  if (stage.hears(Word::not_meant)) return show(stage, {script, "not_meant_end"});
  if (stage.hears(Word::safe_now)) return show(stage, {script, "safe_end"});
  if (stage.talk.crisis->concern_only) return answer_concern(stage);
  if (word_in_crisis(stage)) return;
  if (stage.hears(Word::stop) || stage.hears(Word::quiet)) return stay(stage);  // it never ends the talk
  if (const Town* town = place_told(stage, true)) {
    set_place(stage, *town);
    return say_lines(stage);
  }
  if (stage.reading.level == Level::none && answer_request(stage)) return;
  if (fitting.fit == Fit::words || fitting.fit == Fit::free) return take(stage, fitting);
  stay(stage);
}

}  // namespace nurturer::dialogue
