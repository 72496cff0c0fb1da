#include "engine/dialogue/safety.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/dialogue/words.hpp"

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

void switch_off(Person& person, const std::string& script) {
  auto& list = person.switched_off;
  if (std::ranges::find(list, script) == list.end()) list.push_back(script);
}

void switch_off_after_abuse(Stage& stage) {
  stage.talk.flags.add(Flag::punished_no);
  stage.person.discreet = true;  // reminders come without their words: somebody else may see them
  for (const Script& script : stage.library.scripts) {
    const bool off = std::ranges::any_of(
        script.rows, [](int row) { return std::ranges::find(rows_off_after_abuse, row) != rows_off_after_abuse.end(); });
    if (off) switch_off(stage.person, script.id);
    if (off && stage.talk.undo) switch_off(*stage.talk.undo, script.id);  // "undo" of something earlier must not bring it back
  }
  switch_off(stage.person, "time_out_call");  // they may leave; nobody calls them back
  if (stage.talk.undo) switch_off(*stage.talk.undo, "time_out_call");
}

// Exercises that stir up old pain are left out for a week. Violence leaves no such mark: what it switches off is mark enough.
void be_gentle(Stage& stage) {
  const Crisis& crisis = *stage.talk.crisis;
  const bool own = crisis.subject == Subject::self && crisis.intent != Intent::crisis_abuse && crisis.intent != Intent::medical_emergency;
  if (!stage.talk.crisis_unresolved) stage.talk.gentle_before = stage.person.gentle_until;
  if (own) stage.person.gentle_until = stage.moment.now + gentle_after_crisis;
  if (own && stage.talk.undo) stage.talk.undo->gentle_until = stage.person.gentle_until;
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
  if (reading.level != open.level) return reading.level > open.level;
  const bool now_of_self = reading.subject == Subject::self && open.subject == Subject::other;
  return reading.intent != open.intent || now_of_self;
}

// Where the talk rests between two steps. Whoever fears for somebody else rests elsewhere than those who are in danger themselves.
Place resting_place(const Stage& stage) {
  const std::string script = script_of(stage.talk.crisis->intent);
  const Place of_other{script, "other_stay"};
  if (stage.talk.crisis->subject == Subject::other && stage.library.find(of_other) != nullptr) return of_other;
  return {script, "stay"};
}

void stay(Stage& stage) {
  stage.talk.trail.clear();  // "back" must not lead out of here
  show(stage, resting_place(stage));
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
  if (intent == Intent::breathing) return (!stage.flags().has(Flag::heart) && lead("breath")) || lead("ground");
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

// What the resting place offers (words for a call, grounding, the numbers) is there at every question.
bool take_offer(Stage& stage) {
  if (number_said(stage)) return false;  // a number counts the choices that are shown
  const Place question = stage.talk.asking;
  stage.talk.asking = resting_place(stage);
  const Fitting offered = fit(stage);
  if (offered.fit == Fit::exact || offered.fit == Fit::words) {
    take(stage, offered);
    return true;
  }
  stage.talk.asking = question;
  return false;
}

// Said again, it is heard again: the lines once more.
void hear_again(Stage& stage) {
  stage.talk.crisis->last_sign = stage.moment.now;
  const Fitting fitting = fit(stage);
  const bool answers = fitting.fit == Fit::exact || fitting.fit == Fit::words;
  const bool ends = stage.hears(Word::not_meant) || stage.hears(Word::safe_now);
  if (answers || ends) return go_on_in_crisis(stage);
  say_lines(stage);
  stay(stage);
}

// Told while it lasts, without a sign of its own: being under 18, pills, voices; and a heart that must be looked at before all else.
bool hear_facts(Stage& stage) {
  const Flags told = stage.reading.flags;
  const Flags known = stage.flags();
  tell_flags(stage, told, {});
  if (stage.talk.crisis->concern_only) return false;
  const std::string script = script_of(stage.talk.crisis->intent);
  const auto lead = [&](const std::string& step) {
    if (stage.library.find({script, step}) == nullptr) return false;
    show(stage, {script, step});
    return true;
  };
  for (const Flag flag : flags_with_steps) {
    if (!told.has(flag) || known.has(flag)) continue;
    if (lead(std::string(understanding::name(flag)))) return true;
    say_lines(stage);
    stay(stage);
    return true;
  }
  if (!told.has(Flag::heart) || stage.talk.heart_checked) return false;
  stage.talk.heart_checked = true;
  return lead("chest");
}

}  // namespace

void settle_concern(Stage& stage, const Place& question) {
  if (!stage.talk.crisis || !stage.talk.crisis->concern_only || stage.talk.at == question) return;
  if (is_safety(stage.talk.at.script) && stage.talk.at.script != "safety.concern") {
    stage.talk.crisis->concern_only = false;
    stage.talk.crisis->level = Level::crisis;
    be_gentle(stage);
    stage.talk.crisis_unresolved = true;
    return;
  }
  stage.talk.crisis.reset();
}

bool is_safety(const std::string& script) noexcept { return script.starts_with("safety."); }

bool closes_crisis(const Place& place) noexcept {
  return is_safety(place.script) && (place.step == "safe_end" || place.step == "not_meant_end");
}

void close_crisis(Stage& stage, const Place& last) {
  if (last.step == "not_meant_end") stage.person.gentle_until = stage.talk.gentle_before;
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
  const bool child_now = reading.flags.has(Flag::minor) && !stage.flags().has(Flag::minor);
  tell_flags(stage, reading.flags, {});
  if (reading.intent == Intent::crisis_abuse && reading.subject == Subject::self) switch_off_after_abuse(stage);
  if (stage.in_crisis() && !graver(reading, *talk.crisis)) return child_now ? enter(stage) : hear_again(stage);
  const bool second_concern = talk.crisis && talk.crisis->concern_only && reading.level == Level::concern;
  if (talk.crisis && talk.crisis->concern_only && fit(stage).fit == Fit::exact) return answer_concern(stage);
  set_aside(stage);
  const bool concern = reading.level == Level::concern && !second_concern;
  talk.crisis = Crisis{reading.intent, second_concern ? Level::crisis : reading.level, reading.subject, stage.moment.now, concern};
  if (concern) return ask_concern(stage);
  be_gentle(stage);
  talk.crisis_unresolved = true;
  enter(stage);
}

void go_on_in_crisis(Stage& stage) {
  stage.private_ = stage.private_ || stage.event.group;
  if (hear_facts(stage)) return;
  const Fitting fitting = fit(stage);
  if (fitting.fit == Fit::exact && !stage.talk.crisis->concern_only) return take(stage, fitting);
  const std::string script = script_of(stage.talk.crisis->intent);
  if (stage.hears(Word::not_meant)) return show(stage, {script, "not_meant_end"});
  if (stage.hears(Word::safe_now)) return show(stage, {script, "safe_end"});
  if (word_in_crisis(stage)) return;
  if (stage.talk.crisis->concern_only) return answer_concern(stage);
  if (stage.hears(Word::stop) || stage.hears(Word::quiet)) return stay(stage);  // it never ends the talk
  if (stage.hears(Word::help)) return say_lines(stage);
  if (const Town* town = place_told(stage, true)) {
    set_place(stage, *town);
    return say_lines(stage);
  }
  if (stage.reading.level == Level::none && answer_request(stage)) return;
  if (fitting.fit == Fit::words) return take(stage, fitting);
  if (take_offer(stage)) return;
  if (stage.reading.intent == Intent::help) return say_lines(stage);
  if (fitting.fit == Fit::free) return take(stage, fitting);
  stay(stage);
}

}  // namespace nurturer::dialogue
