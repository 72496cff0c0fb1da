#include "engine/dialogue/hearing.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/checkin.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/fitting.hpp"
#include "engine/dialogue/foreign.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/one_phone.hpp"
#include "engine/dialogue/own.hpp"
#include "engine/dialogue/reminder_fired.hpp"
#include "engine/dialogue/reminders.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/unfit.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/dialogue/words.hpp"
#include "engine/dialogue/worries.hpp"
#include "engine/schedule/calendar.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Flag;
using understanding::Kind;

// "/breathing", "!back": a name or a word behind a mark. The mark itself is no token, so only the text shows it.
bool is_command(const std::string& text) { return text.size() > 1 && (text.front() == '/' || text.front() == '!'); }

void offer_switch(Stage& stage, const Script& script) {
  stage.talk.pending = script.id;
  interpose(stage, "switch_offer");
}

// A talk about the person's own world has time: it waits at once for whatever is told, and is offered again afterwards.
bool is_set_up(const Script& script) {
  return std::ranges::any_of(script.steps, [](const Step& step) { return step.ask.tells.has_value(); });
}

bool gives_way(const Script* running) { return running == nullptr || is_menu(*running) || is_set_up(*running); }

bool hear_courtesy(Stage& stage) {
  const Script* script = stage.library.script_of(stage.reading.intent);
  if (script == nullptr) return false;
  const Script* running = running_script(stage);
  if (running == nullptr || is_menu(*running)) {
    start(stage, *script);
  } else if (stage.reading.intent == Intent::greeting) {
    repeat(stage);  // "hello?" in the middle of something: still here, and this is where we are
  } else {
    say(stage, {script->id, script->steps.front().id}, script->steps.front(), false);
  }
  return true;
}

// A flag alone ("it's my heart", "i'm driving") while something runs that must not be led with it.
bool leave_forbidden(Stage& stage) {
  const Script* running = running_script(stage);
  if (running == nullptr || permitted(stage, *running) == running) return false;
  start(stage, *running);
  return true;
}

// An alarm is led at once, whatever runs; not where what runs is for the alarm already, or stands in for it for a while.
bool is_acute(const Stage& stage, const Script& running) {
  if (stage.reading.intent != Intent::panic || stage.talk.set_aside.script == "panic") return false;
  const auto is_for = [&](Intent intent) { return std::ranges::find(running.intents, intent) != running.intents.end(); };
  if (is_for(Intent::panic) || is_for(Intent::breathing)) return false;
  const Step* asked = stage.library.find(stage.talk.asking);
  const bool tells_of_body = running.card && asked != nullptr && asked->ask.kind == Ask::Kind::free && !asked->ask.keep.empty();
  return !tells_of_body || stage.hears(Word::alarm);  // "my heart races" may be the answer to "where is it in your body?"
}

// Something runs and another feeling or request is heard: a request is followed, a feeling is offered, once; one that belongs to what runs is
// more of the same.
void hear_while_running(Stage& stage, const Script& script, const Script& running) {
  const Intent intent = stage.reading.intent;
  if (understanding::kind(intent) != Kind::feeling || is_acute(stage, running)) {
    put_aside(stage);
    return start(stage, script);
  }
  const bool belongs = std::ranges::any_of(running.intents, [&](Intent other) { return told_as_one(intent, other); });
  if (belongs || !stage.talk.pending.empty()) return hear_unfit(stage);  // pending: what was offered and not taken
  offer_switch(stage, script);
}

bool hear_intent(Stage& stage) {
  const Intent intent = stage.reading.intent;
  const Kind kind = understanding::kind(intent);
  if (kind == Kind::none) return false;
  const Script* script = stage.library.script_of(intent);
  if (script != nullptr && script->id != stage.talk.at.script) script = &fitting_script(stage, *script);
  if (gives_way(running_script(stage))) stage.talk.not_understood = 0;
  if (kind == Kind::courtesy) return hear_courtesy(stage);
  if (intent == Intent::stop) {
    stop(stage);
    return true;
  }
  if (kind == Kind::feeling && see_loop(stage)) return true;
  if (script == nullptr) {
    interpose(stage, "feeling_heard");
  } else if (was_led(stage.talk, script->id) && stage.talk.at.empty() && listen_on(stage)) {
    return true;
  } else if (gives_way(running_script(stage))) {
    put_aside(stage);
    keep_second_topic(stage, *script);
    start(stage, *script);
  } else if (stage.talk.at.script == script->id) {
    hear_unfit(stage);
  } else {
    hear_while_running(stage, *script, *running_script(stage));
  }
  return true;
}

// Where a thing of their own world is asked for ("who is kind to you?"), words of places, people and sentences are answers. An alarm is none.
bool breaks_out_of_set_up(Intent intent, Own asked) {
  if (intent == Intent::panic || intent == Intent::stop || intent == Intent::breathing || intent == Intent::help) return true;
  constexpr std::array alarms{Intent::rejection_fear, Intent::protest_urge, Intent::conflict, Intent::anger, Intent::shutdown};
  return asked != Own::believed && std::ranges::find(alarms, intent) != alarms.end();
}

// A free question takes what people say, unless it is a request, or an alarm that the running script is not about. Where nothing of
// theirs is asked for ("five things that you see"), every feeling is one.
bool breaks_out(const Stage& stage) {
  const Intent intent = stage.reading.intent;
  const Step* asked = stage.library.find(stage.talk.asking);
  if (asked != nullptr && asked->ask.tells && !stage.reading.flags.empty()) return true;
  if (asked != nullptr && asked->ask.tells) return breaks_out_of_set_up(intent, *asked->ask.tells);
  const Script* script = stage.library.script_of(intent);
  if (script != nullptr && script->id == stage.talk.at.script) return false;
  const Step* open = stage.library.find(stage.talk.asking);
  const bool only_names = open != nullptr && open->ask.keep.empty();
  const Kind kind = understanding::kind(intent);
  return kind == Kind::request || intent == Intent::panic || (only_names && kind == Kind::feeling);
}

// An author's few words inside a long message that tells of something else are no answer to the question.
bool tells_more(const Stage& stage) {
  constexpr std::size_t short_answer = 6;
  const Kind kind = understanding::kind(stage.reading.intent);
  const Script* script = stage.library.script_of(stage.reading.intent);
  const bool elsewhere = script != nullptr && script->id != stage.talk.at.script;
  return stage.text.tokens.size() > short_answer && elsewhere && (kind == Kind::feeling || kind == Kind::request);
}

// Leads to a script by its name. What ran is offered again afterwards.
void lead_to(Stage& stage, const Script& script) {
  if (stage.talk.at.script != script.id) put_aside(stage);
  if (!begin_time_out_told(stage, script)) start(stage, script);
}

bool told_any(const Stage& stage, std::initializer_list<Flag> flags) {
  return std::ranges::any_of(flags, [&](Flag flag) { return stage.reading.flags.has(flag); });
}

// Disclosures that belong to people: whatever feeling is told beside them, a kind template never answers (safety.md, "Also routed").
bool lead_to_people(Stage& stage) {
  if (!told_any(stage, {Flag::psychosis, Flag::sexual_violence, Flag::eating_disorder})) return false;
  const Place strange{"panic", "strange"};
  if (!stage.reading.flags.has(Flag::psychosis) || stage.library.find(strange) == nullptr) {
    say_common(stage, "person");
  } else if (stage.talk.at == strange) {
    hear_unfit(stage);
  } else {
    put_aside(stage);
    show(stage, strange);
  }
  return true;
}

// Facts told with nothing else.
void hear_flags(Stage& stage) { say_common(stage, told_any(stage, {Flag::drugs, Flag::intrusive}) ? "person" : "flag_noted"); }

void offer_pick_up(Stage& stage) { interpose(stage, "pick_up"); }

void hear_what_is_left(Stage& stage) {
  const Place& asking = stage.talk.asking;
  const bool plain = stage.hears(Word::ok) || stage.hears(Word::yes) || stage.hears(Word::no);
  if (asking.empty() && plain) return say_common(stage, "ok");
  hear_unfit(stage);
}

// Who leaves is not asked any more, whatever was asked.
bool hear_goodbye(Stage& stage) {
  const Script* goodbye = stage.library.script_of(Intent::thanks);
  if (!stage.hears(Word::bye) || goodbye == nullptr) return false;
  put_aside(stage);
  start(stage, *goodbye);
  return true;
}

void arrive(Stage& stage, const Town& town) {
  set_place(stage, town);
  offer_move(stage);
}

}  // namespace

void hear_message(Stage& stage, bool returns) {
  // A question about a reminder was the last thing asked: "2" answers it, and not what an exercise asked before.
  if ((stage.talk.draft || schedule::is_calendar(stage.event.text)) && hear_reminder(stage)) return;
  if (hear_time_out(stage) || answer_fired_by_number(stage)) return;
  Fitting fitting = fit(stage);
  if (fitting.fit == Fit::none) fitting = fit_running(stage);
  const Script* named = stage.library.script_asked_for(stage.phrases);
  if (is_command(stage.event.text) && named != nullptr) return lead_to(stage, *named);
  if (fitting.fit == Fit::exact) return take(stage, fitting);
  if (!stage.event.group && hear_private_check_in(stage)) return;
  if (hear_reminder(stage)) return;
  if (do_word(stage)) return;
  if (const Town* town = place_told(stage, stage.talk.asking == Place{"common", "which_country"})) return arrive(stage, *town);
  if (hear_own(stage)) return;
  if (fitting.fit == Fit::words && !tells_more(stage)) return take(stage, fitting);
  if (do_soft_word(stage)) return;
  // "Sad" to "which word comes nearest?" is the answer, and not the script of that name.
  if (named != nullptr && !(fitting.fit == Fit::free && is_of(*named, Kind::feeling))) return lead_to(stage, *named);
  if (lead_to_people(stage)) return;
  if (hear_goodbye(stage) || hear_short(stage)) return;
  const Script* running = running_script(stage);
  const bool exercise = running != nullptr && running->card;
  const bool thanks = exercise && fitting.answer == nullptr && understanding::kind(stage.reading.intent) == Kind::courtesy;
  if (fitting.fit == Fit::free && !thanks && !breaks_out(stage)) return take(stage, fitting);
  if (returns && understanding::kind(stage.reading.intent) == Kind::courtesy) return offer_pick_up(stage);
  if (hear_intent(stage)) return;
  if (leave_forbidden(stage)) return;
  if (!stage.reading.flags.empty()) return hear_flags(stage);
  if (const auto language = foreign_language(stage.language, stage.text)) return say_foreign(stage, *language);
  if (returns) return offer_pick_up(stage);
  hear_what_is_left(stage);
}

}  // namespace nurturer::dialogue
