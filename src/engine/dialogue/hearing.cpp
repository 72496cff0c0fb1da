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
#include "engine/dialogue/walk.hpp"
#include "engine/dialogue/words.hpp"
#include "engine/dialogue/worries.hpp"
#include "engine/schedule/calendar.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Flag;
using understanding::Kind;

void say_not_understood(Stage& stage) {
  constexpr std::array<std::string_view, 3> steps{"not_understood_1", "not_understood_2", "not_understood_3"};
  const auto time = static_cast<std::size_t>(std::clamp(stage.talk.not_understood, 0, 2));
  ++stage.talk.not_understood;
  interpose(stage, steps[time]);
}

// "/breathing", "!back": a name or a word behind a mark. The mark itself is no token, so only the text shows it.
bool is_command(const std::string& text) { return text.size() > 1 && (text.front() == '/' || text.front() == '!'); }

void offer_switch(Stage& stage, const Script& script) {
  stage.talk.pending = script.id;
  interpose(stage, "switch_offer");
}

// Something runs and another feeling or request is heard: a request is followed, a feeling is offered.
void hear_while_running(Stage& stage, const Script& script) {
  if (understanding::kind(stage.reading.intent) != Kind::feeling) {
    put_aside(stage);
    return start(stage, script);
  }
  offer_switch(stage, script);
}

const Script* running_script(const Stage& stage) { return stage.library.find_script(stage.talk.at.script); }

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

bool answers_shortly(const Stage& stage) { return stage.hears(Word::ok) || stage.hears(Word::yes) || number_said(stage).has_value(); }

// What fits nothing that is asked. A menu has no question of its own to insist on; an exercise insists twice, then lets go.
void ask_again(Stage& stage) {
  constexpr int patience = 3;
  const Step* open = stage.library.find(stage.talk.asking);
  const Script* running = running_script(stage);
  const bool own_question = stage.talk.asking == stage.talk.at;
  const bool menu = own_question && running != nullptr && is_menu(*running);
  if (open == nullptr || (menu && !answers_shortly(stage))) return say_not_understood(stage);
  if (own_question && running != nullptr && running->card && ++stage.talk.not_understood >= patience) {
    stage.talk.not_understood = 0;
    put_aside(stage);
    return interpose(stage, "stuck");
  }
  say_common(stage, open->ask.kind == Ask::Kind::rating ? "again_rating" : "again_choices");
}

bool hear_intent(Stage& stage) {
  const Intent intent = stage.reading.intent;
  const Kind kind = understanding::kind(intent);
  if (kind == Kind::none) return false;
  const Script* script = stage.library.script_of(intent);
  if (script != nullptr && script->id != stage.talk.at.script) script = &fitting_script(stage, *script);
  if (script == nullptr || script->id != stage.talk.at.script) stage.talk.not_understood = 0;
  if (kind == Kind::courtesy) return hear_courtesy(stage);
  if (intent == Intent::stop) {
    stop(stage);
    return true;
  }
  if (kind == Kind::feeling && see_loop(stage)) return true;
  if (script == nullptr) {
    interpose(stage, "feeling_heard");
  } else if (gives_way(running_script(stage))) {
    put_aside(stage);
    keep_second_topic(stage, *script);
    start(stage, *script);
  } else if (stage.talk.at.script == script->id) {
    ask_again(stage);
  } else {
    hear_while_running(stage, *script);
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
    ask_again(stage);
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
  if (asking.empty()) return plain ? say_common(stage, "ok") : say_not_understood(stage);
  if (asking == stage.talk.at || answers_shortly(stage)) return ask_again(stage);
  say_not_understood(stage);
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
  if (named != nullptr) return lead_to(stage, *named);
  if (lead_to_people(stage)) return;
  if (fitting.fit == Fit::free && !breaks_out(stage)) return take(stage, fitting);
  if (returns && understanding::kind(stage.reading.intent) == Kind::courtesy) return offer_pick_up(stage);
  if (hear_intent(stage)) return;
  if (leave_forbidden(stage)) return;
  if (!stage.reading.flags.empty()) return hear_flags(stage);
  if (const auto language = foreign_language(stage.language, stage.text)) return say_foreign(stage, *language);
  if (returns) return offer_pick_up(stage);
  hear_what_is_left(stage);
}

}  // namespace nurturer::dialogue
