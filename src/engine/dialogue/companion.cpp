#include "engine/dialogue/companion.hpp"

#include <algorithm>
#include <utility>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/checkin.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/fitting.hpp"
#include "engine/dialogue/for_two.hpp"
#include "engine/dialogue/frame.hpp"
#include "engine/dialogue/hearing.hpp"
#include "engine/dialogue/one_phone.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/dialogue/reminders.hpp"
#include "engine/dialogue/renewal.hpp"
#include "engine/dialogue/room_speech.hpp"
#include "engine/dialogue/safety.hpp"
#include "engine/dialogue/slots.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Flag;

// Chest and heart come before every exercise, once a talk (safety.md, "Panic or heart").
bool check_heart(Stage& stage) {
  const Place check{"panic", "heart_check"};
  const bool told = stage.reading.flags.has(Flag::heart) || stage.reading.flags.has(Flag::first_attack);
  if (!told || stage.talk.heart_checked || stage.library.find(check) == nullptr) return false;
  stage.talk.heart_checked = true;
  if (stage.talk.at == check) return false;
  leave_script(stage.talk);
  show(stage, check);
  return true;
}

// In a room a choice that is not open for somebody may well have been offered to somebody else.
bool was_offered(const Stage& stage) {
  const auto offers = [&](const auto& used) { return stage.event.press.starts_with(used.first + "."); };
  return !stage.event.group || std::ranges::any_of(stage.talk.used, offers);
}

bool press_in_room(Stage& stage) {
  if (stage.room == nullptr || !stage.event.group) return false;
  stage.undisclosed = true;
  if (press_check_in(stage) || press_for_two(stage)) return true;
  stage.undisclosed = false;
  return false;
}

void hear_press(Stage& stage) {
  const Place question = stage.talk.asking;
  if (!stage.talk.crisis && press_reminder(stage, stage.event.press)) return;
  if (press_in_room(stage)) return;
  // One's own check-in may be answered long after it came: it is known by its id.
  if (stage.event.press.starts_with("checkin.mine.")) stage.talk.asking = {checkin_script, "open_private"};
  if (stage.event.press.starts_with("time_out.over.") && stage.talk.at.empty())
    stage.talk.at = stage.talk.asking = {time_out_script, "over"};
  if (!press(stage, stage.event.press)) return refuse_press(stage, was_offered(stage));
  settle_concern(stage, question);
}

// In a group, without being spoken to: only the very answer to the question that this person was asked there.
void hear_unaddressed(Stage& stage) {
  const Fitting fitting = fit(stage);
  if (fitting.fit == Fit::exact) take(stage, fitting);
}

// What belongs to the room: its check-ins, and what two are led through there.
bool hear_room(Stage& stage, bool overheard) {
  if (stage.room == nullptr) return false;
  if (!stage.event.group) return stage.hears(Word::stop) && stop_for_two(stage);
  stage.undisclosed = true;
  if (overheard) return overhear_check_in(stage) || overhear_stop(stage) || answer_who(stage);
  if (hear_for_two(stage) || hear_check_in(stage)) return true;
  stage.undisclosed = false;
  return false;
}

void hear(Stage& stage, bool fresh) {
  if (stage.event.kind == Event::Kind::unreadable) {
    if (!std::exchange(stage.talk.told_text_only, true)) say_common(stage, "text_only");
    return;
  }
  if (stage.event.kind == Event::Kind::press) return hear_press(stage);
  const bool overheard = stage.event.group && !stage.event.addressed;
  const bool unclear = stage.reading.level == Level::concern;
  if (overheard && unclear) return;  // what others read along is acted on only when it is clear
  if (stage.reading.level >= Level::crisis) leave_for_crisis(stage);
  if (stage.reading.level != Level::none) return answer_crisis(stage);
  if (stage.talk.crisis) return go_on_in_crisis(stage);
  if (hear_room(stage, overheard)) return;
  if (overheard) return hear_unaddressed(stage);
  tell_flags(stage, stage.reading.flags, {});
  note_state(stage);
  if (check_heart(stage)) return;
  hear_message(stage, fresh && !stage.talk.set_aside.empty());
}

// A word that works in every state, or a script by its name or its phrases. The words of an alarm ask for nothing: they tell how it is.
bool is_asked_for(const Library& library, const std::vector<PhraseId>& said) {
  for (std::size_t word = 0; word < word_count; ++word) {
    const auto& phrase = library.words[word];
    if (static_cast<Word>(word) != Word::alarm && phrase && std::ranges::binary_search(said, *phrase)) return true;
  }
  return library.script_asked_for(said) != nullptr;
}

// Leanings alone are a guess. Where a question is open, an answer to it is likelier than a new feeling ("ok holding my arm"); what tells a
// flag is about that; and where the guess is a poor one, asking is kinder.
bool is_poor_guess(const Talk& talk, const Library& library, const understanding::Reading& reading, std::size_t words,
                   const std::vector<PhraseId>& said) {
  if (!reading.guessed || reading.level > Level::concern) return false;
  const bool asked = !talk.asking.empty() || !talk.at.empty() || talk.crisis;
  constexpr std::size_t many_words = 12;
  if (words < many_words && is_asked_for(library, said)) return true;
  if (reading.level == Level::concern) {
    constexpr std::size_t few_words = 10;
    constexpr float nearly_certain = 0.9F;
    return asked && (words < few_words || reading.confidence < nearly_certain);
  }
  constexpr float sure_enough = 0.6F;
  return asked || !reading.flags.empty() || reading.confidence < sure_enough || library.script_of(reading.intent) == nullptr;
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

bool Companion::asks_for_lines(const Memory& memory) const {
  const auto& word = library_.words[static_cast<std::size_t>(Word::sos)];
  return word && std::ranges::binary_search(library_.phrases.find(memory.text), *word);
}

Turn Companion::respond(const Talk& talk, const Person& person, const Event& event, const understanding::Reading& reading,
                        const Surroundings& around, Moment moment, Memory& memory, const Room* room) const {
  std::vector<PhraseId> said;
  if (event.kind == Event::Kind::message) said = library_.phrases.find(memory.text);
  understanding::Reading heard = reading;
  if (is_poor_guess(talk, library_, reading, memory.text.tokens.size(), said)) {
    heard.intent = understanding::Intent::none;
    heard.level = Level::none;
  }
  Stage stage{language_, library_, around, event, heard, memory.text, std::move(said), moment, moment.dice, talk, person, {}, 0, false};
  std::optional<Room> here;
  if (room != nullptr) here = *room;
  if (here) stage.room = &*here;
  let_crisis_expire(stage.talk, moment.now);
  const Time before = stage.talk.last_heard;
  if (before != Time{}) stage.away = std::chrono::floor<std::chrono::days>(moment.now - before);
  begin_talk(stage.talk, stage.person, moment.now);
  stage.person.quiet = false;  // they write: that ends "quiet"
  const bool fresh = stage.talk.started == moment.now && before != Time{};
  if (fresh && !is_worth_going_on(stage, stage.talk.set_aside))
    stage.talk.set_aside = {};  // a greeting that was left is not taken up again
  hear(stage, fresh);
  tell_missed(stage);
  frame(stage);
  return Turn{std::move(stage.talk), std::move(stage.person), std::move(stage.effects), std::move(heard), stage.traceless, std::move(here)};
}

Say Companion::remind(Talk* talk, const schedule::Reminder& reminder, const schedule::Firing& firing, bool discreet, Moment moment) const {
  static const Surroundings around;
  const Stage stage = without_message(language_, library_, around, moment);
  if (reminder.script == time_out_script) return call_back(stage, talk, reminder);
  const std::string at = schedule::clock_text(schedule::wall_of(firing.at, reminder.when.zone));
  const std::string when = schedule::moment_text(firing.at, reminder.when.zone);
  const bool hidden = discreet && !reminder.all && !reminder.text.empty();
  const bool late = firing.how == schedule::Firing::How::say_late;
  const std::string step = std::string(reminder.all            ? "fired_room"
                                       : hidden                ? "fired_discreet"
                                       : reminder.text.empty() ? "fired_bare"
                                                               : "fired");
  Say say{reminder_words(stage, step, {{"text", reminder.text}, {"when", at}}),
          {},
          std::chrono::seconds{0},
          {reminders_script, "fired"},
          !reminder.all};
  const bool check_in = reminder.script == checkin_script && !hidden;
  if (check_in) {
    say.text = private_line(stage, reminder);
    say.place = {checkin_script, "open_private"};
    if (const Step* asks = library_.find(say.place)) {
      for (const Choice& choice : asks->ask.choices) say.choices.emplace_back(choice.id, choice.label);
    }
  }
  if (late && !check_in) say.text += "\n" + reminder_words(stage, "late", {{"when", when}});
  if (!reminder.all && !check_in) say.choices = reminder_choices(library_, hidden ? "fired_discreet" : "fired", reminder);
  const bool idle =
      talk != nullptr && talk->at.empty() && !talk->crisis && (talk->asking.empty() || talk->asking.script == reminders_script);
  if (talk != nullptr && !reminder.all) talk->reminded = reminder.id;
  if (idle && !reminder.all) talk->asking = check_in ? say.place : Place{reminders_script, "fired"};
  return say;
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

std::string Companion::common_line(std::string_view name, const Surroundings& around) const {
  const Step* step = library_.find({"common", std::string(name)});
  if (step == nullptr) return {};
  const Stage stage = without_message(language_, library_, around, {});
  return fill(stage, step->say.front(), true);
}

}  // namespace nurturer::dialogue
