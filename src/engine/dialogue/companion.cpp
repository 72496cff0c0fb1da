#include "engine/dialogue/companion.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/foreign.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/safety.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/dialogue/words.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Kind;

void say_not_understood(Stage& stage) {
  constexpr std::array<std::string_view, 3> steps{"not_understood_1", "not_understood_2", "not_understood_3"};
  const auto time = static_cast<std::size_t>(std::clamp(stage.talk.not_understood, 0, 2));
  ++stage.talk.not_understood;
  interpose(stage, steps[time]);
}

// "/breathing", "!back": a name or a word behind a mark. The mark itself is no token, so only the text shows it.
bool is_command(const std::string& text) { return text.size() > 1 && (text.front() == '/' || text.front() == '!'); }

const Script* script_by_name(const Stage& stage) {
  for (const PhraseId phrase : stage.phrases) {
    if (const Script* script = stage.library.script_named_by(phrase)) return script;
  }
  return nullptr;
}

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

bool hear_courtesy(Stage& stage) {
  const Script* script = stage.library.script_of(stage.reading.intent);
  if (script == nullptr) return false;
  if (stage.talk.at.empty()) {
    start(stage, *script);
  } else {
    say(stage, {script->id, script->steps.front().id}, script->steps.front(), false);
  }
  return true;
}

// A flag alone ("it's my heart", "i'm driving") while something runs that must not be led with it.
bool leave_forbidden(Stage& stage) {
  const Script* running = stage.library.find_script(stage.talk.at.script);
  if (running == nullptr || permitted(stage, *running) == running) return false;
  start(stage, *running);
  return true;
}

void ask_again(Stage& stage) {
  const Step* open = stage.library.find(stage.talk.asking);
  if (open == nullptr) return say_not_understood(stage);
  say_common(stage, open->ask.kind == Ask::Kind::rating ? "again_rating" : "again_choices");
}

bool hear_intent(Stage& stage) {
  const Intent intent = stage.reading.intent;
  const Kind kind = understanding::kind(intent);
  if (kind == Kind::none) return false;
  stage.talk.not_understood = 0;
  if (kind == Kind::courtesy) return hear_courtesy(stage);
  if (intent == Intent::stop) {
    stop(stage);
    return true;
  }
  const Script* script = stage.library.script_of(intent);
  if (script == nullptr) {
    interpose(stage, "feeling_heard");
  } else if (stage.talk.at.empty()) {
    start(stage, *script);
  } else if (stage.talk.at.script == script->id) {
    ask_again(stage);
  } else {
    hear_while_running(stage, *script);
  }
  return true;
}

// A free question takes what people say, unless it is a request, or an alarm that the running script is not about.
bool breaks_out(const Stage& stage) {
  const Intent intent = stage.reading.intent;
  const Script* script = stage.library.script_of(intent);
  if (script != nullptr && script->id == stage.talk.at.script) return false;
  return understanding::kind(intent) == Kind::request || intent == Intent::panic;
}

void hear_message(Stage& stage) {
  const Fitting fitting = fit(stage);
  if (is_command(stage.event.text)) {
    if (const Script* script = script_by_name(stage)) return start(stage, *script);
  }
  if (fitting.fit == Fit::exact) return take(stage, fitting);
  if (do_word(stage)) return;
  if (const Town* town = place_told(stage, stage.talk.asking == Place{"common", "which_country"})) {
    return set_place(stage, *town);
  }
  if (fitting.fit == Fit::words) return take(stage, fitting);
  if (do_soft_word(stage)) return;
  if (const Script* script = script_by_name(stage)) return start(stage, *script);
  if (fitting.fit == Fit::free && !breaks_out(stage)) return take(stage, fitting);
  if (hear_intent(stage)) return;
  if (leave_forbidden(stage)) return;
  if (!stage.reading.flags.empty()) return say_common(stage, "flag_noted");
  if (const auto language = foreign_language(stage.language, stage.text)) return say_foreign(stage, *language);
  const bool plain = stage.hears(Word::ok) || stage.hears(Word::yes) || stage.hears(Word::no);
  if (plain && stage.talk.asking.empty()) return say_common(stage, "ok");
  if (!stage.talk.asking.empty() && stage.talk.asking == stage.talk.at) return ask_again(stage);
  say_not_understood(stage);
}

// After hours of silence a new talk begins: what ran is offered, flags and used variants of the old talk are gone.
void begin_talk(Stage& stage) {
  Talk& talk = stage.talk;
  const Time now = stage.moment.now;
  if (talk.open() && now - talk.last_heard < talk_lasts) {
    talk.last_heard = now;
    return;
  }
  Talk fresh;
  fresh.started = fresh.last_heard = now;
  fresh.crisis = talk.crisis;
  fresh.crisis_unresolved = talk.crisis_unresolved;
  if (is_safety(talk.at.script)) {
    fresh.at = talk.at;
    fresh.asking = talk.asking;
    fresh.set_aside = talk.set_aside;
  } else {
    fresh.set_aside = talk.at.empty() ? talk.set_aside : talk.at;
  }
  if (talk.open() && stage.person.setup != Consent::yes) stage.person = {};
  talk = std::move(fresh);
}

bool offer_pick_up(Stage& stage, bool fresh) {
  if (!fresh || stage.talk.set_aside.empty()) return false;
  const Kind kind = understanding::kind(stage.reading.intent);
  if (kind != Kind::courtesy && kind != Kind::none) return false;
  interpose(stage, "pick_up");
  return true;
}

void disclose(Stage& stage) {
  const auto first = std::ranges::find_if(stage.effects, [](const Effect& e) { return std::holds_alternative<Say>(e); });
  const bool leaves = std::ranges::any_of(stage.effects, [](const Effect& e) { return std::holds_alternative<Exit>(e); });
  if (first == stage.effects.end() || leaves) return;
  if (stage.talk.disclosed != Time{} && stage.moment.now - stage.talk.disclosed < disclosure_every) return;
  const Step* step = stage.library.find({"common", "disclosure"});
  if (step == nullptr) return;
  stage.talk.disclosed = stage.moment.now;
  const std::string text = step->say.front();
  if (stage.in_crisis()) {
    // Help comes first: what I am stands below it.
    auto& last = std::get<Say>(*std::find_if(stage.effects.rbegin(), stage.effects.rend(), [](const Effect& e) { return std::holds_alternative<Say>(e); }));
    last.text += "\n\n" + text;
  } else if (stage.messages < longest_answer) {
    stage.effects.insert(first, Say{text, {}, std::chrono::seconds{0}, std::get<Say>(*first).place, stage.private_});
  } else {
    auto& line = std::get<Say>(*first);
    line.text = text + "\n\n" + line.text;
  }
}

Say* first_line(Stage& stage) {
  const auto first = std::ranges::find_if(stage.effects, [](const Effect& e) { return std::holds_alternative<Say>(e); });
  return first == stage.effects.end() ? nullptr : &std::get<Say>(*first);
}

// An answer after an outage says so before all else, within its first message: an answer has no room for a fourth.
void excuse_lateness(Stage& stage) {
  const Step* step = stage.library.find({"common", "was_not_reachable"});
  Say* line = first_line(stage);
  if (stage.event.late && step != nullptr && line != nullptr) line->text = step->say.front() + "\n\n" + line->text;
}

void say_what_holds(Stage& stage) {
  if (stage.text.truncated && stage.messages < longest_answer) say_common(stage, "too_long");
  if (stage.around.store_broken && !stage.talk.told_not_kept && stage.messages < longest_answer) {
    stage.talk.told_not_kept = true;
    say_common(stage, "not_kept");
  }
}

// Chest and heart come before every exercise, once a talk (safety.md, "Panic or heart").
bool check_heart(Stage& stage) {
  const Place check{"panic", "heart_check"};
  const bool told = stage.reading.flags.has(understanding::Flag::heart) || stage.reading.flags.has(understanding::Flag::first_attack);
  if (!told || stage.talk.heart_checked || stage.library.find(check) == nullptr) return false;
  stage.talk.heart_checked = true;
  if (stage.talk.at == check) return false;
  leave_script(stage.talk);
  show(stage, check);
  return true;
}

// In a group, without being spoken to: only the very answer to the question that this person was asked there.
void hear_unaddressed(Stage& stage) {
  const Fitting fitting = fit(stage);
  if (fitting.fit == Fit::exact) take(stage, fitting);
}

void hear(Stage& stage, bool fresh) {
  if (stage.event.kind == Event::Kind::unreadable) {
    if (!std::exchange(stage.talk.told_text_only, true)) say_common(stage, "text_only");
    return;
  }
  if (stage.event.kind == Event::Kind::press) {
    const Place question = stage.talk.asking;
    if (!press(stage, stage.event.press)) {
      stage.private_ = true;
      return say_common(stage, "old_press");
    }
    return settle_concern(stage, question);
  }
  if (stage.reading.level != Level::none) return answer_crisis(stage);
  if (stage.talk.crisis) return go_on_in_crisis(stage);
  if (stage.event.group && !stage.event.addressed) return hear_unaddressed(stage);
  tell_flags(stage, stage.reading.flags, {});
  if (check_heart(stage)) return;
  if (!offer_pick_up(stage, fresh)) hear_message(stage);
}

}  // namespace

Companion::Companion(const understanding::Language& language, const understanding::Model& model, const Library& library)
    : language_(language), model_(model), library_(library) {}

void Companion::understand(const Event& event, Memory& memory, understanding::Reading& into) const {
  if (event.kind != Event::Kind::message) {
    memory.text.clear();
    into = {};
    return;
  }
  text::read(event.text, language_.lexicon(), memory.text);
  model_.understand(memory.text, event.group ? understanding::Setting::group : understanding::Setting::dm, memory.scratch, into);
}

Turn Companion::respond(const Talk& talk, const Person& person, const Event& event, const understanding::Reading& reading,
                        const Surroundings& around, Moment moment, Memory& memory) const {
  Stage stage{language_, library_, around, event, reading, memory.text, {}, moment, moment.dice, talk, person, {}, 0, false};
  if (event.kind == Event::Kind::message) stage.phrases = library_.phrases.find(memory.text);
  let_crisis_expire(stage.talk, moment.now);
  const Time before = stage.talk.last_heard;
  begin_talk(stage);
  stage.person.quiet = false;  // they write: that ends "quiet"
  const bool fresh = stage.talk.started == moment.now && before != Time{};
  hear(stage, fresh);
  const bool silent = stage.effects.empty();
  if (!silent) say_what_holds(stage);
  disclose(stage);
  excuse_lateness(stage);
  return Turn{std::move(stage.talk), std::move(stage.person), std::move(stage.effects), reading};
}

Talk Companion::leave(const Talk& talk) {
  Talk left = talk;
  leave_script(left);
  left.set_aside = {};
  left.pending.clear();
  return left;
}

bool Companion::answers_in_private(const Event& event, const understanding::Reading& reading) noexcept {
  if (!event.group || reading.level == Level::none) return false;
  return event.addressed || reading.level >= Level::crisis;
}

std::string Companion::room_line(const Surroundings& around) const {
  const Step* step = library_.find({"common", "room_heavy"});
  if (step == nullptr) return {};
  static const Event nobody;
  static const understanding::Reading nothing;
  static const text::Text empty;
  const Stage stage{language_, library_, around, nobody, nothing, empty, {}, {}, 0, {}, {}, {}, 0, false};
  return fill(stage, step->say.front());
}

}  // namespace nurturer::dialogue
