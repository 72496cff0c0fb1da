#include "engine/dialogue/reminder_fired.hpp"

#include <algorithm>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/reminder_pick.hpp"
#include "engine/dialogue/reminder_set.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/dialogue/reminders.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/schedule/grammar.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using schedule::Reminder;
constexpr std::chrono::minutes snooze_by{10};

// The one that was said last, within a day.
Reminder* last_said(Stage& stage) {
  Reminder* last = nullptr;
  for (Reminder& reminder : stage.person.reminders) {
    const bool lately = reminder.last != Time{} && stage.moment.now - reminder.last <= schedule::fired_kept;
    if (lately && (last == nullptr || reminder.last > last->last)) last = &reminder;
  }
  return last;
}

void close_question(Stage& stage) {
  if (stage.talk.asking.script == reminders_script) stage.talk.asking = stage.talk.at;
}

void done(Stage& stage, const std::string& id) {
  close_question(stage);
  std::erase_if(stage.person.reminders, [&](const Reminder& r) { return r.id == id && r.state == Reminder::State::fired; });
  say_reminder(stage, "done", {});
}

void snooze(Stage& stage, const std::string& id, std::chrono::seconds length) {
  close_question(stage);
  const Reminder reminder = *find_reminder(stage, id);
  before_change(stage);
  Reminder again = schedule::snoozed(reminder, new_reminder_id(stage), stage.moment.now + length);
  // A single one goes on as its own snooze; a series stays where it is.
  if (reminder.state == Reminder::State::fired) std::erase_if(stage.person.reminders, [&](const Reminder& r) { return r.id == id; });
  stage.person.reminders.push_back(again);
  stage.talk.last_set = again.id;
  say_reminder(stage, "snoozed",
               {{"when", when_text(again.when)}, {"relative", schedule::relative_text(again.due, stage.moment.now, again.when.zone)}});
}

void begin(Stage& stage, const std::string& id) {
  close_question(stage);
  const Reminder reminder = *find_reminder(stage, id);
  const Script* script = stage.library.find_script(reminder.script);
  if (script == nullptr) return done(stage, id);
  std::erase_if(stage.person.reminders, [&](const Reminder& r) { return r.id == id && r.state == Reminder::State::fired; });
  start(stage, *script);
}

void show_words(Stage& stage, const std::string& id) {
  const Reminder& reminder = *find_reminder(stage, id);
  say_reminder(stage, "shown", {{"text", called(stage, reminder)}}, reminder_choices(stage.library, "fired", reminder), true);
}

bool says(const Stage& stage, std::string_view words) {
  const auto pieces = schedule::lex(stage.event.text);
  return schedule::Reader(pieces).length_of(words) > 0 && pieces.size() <= 8;
}

void move(Stage& stage, bool yes) {
  close_question(stage);
  if (!yes) return say_reminder(stage, "not_moved", {});
  const std::string zone = here(stage).zone;
  if (zone.empty()) return;
  before_change(stage);
  std::vector<Reminder> there;
  for (const Reminder& reminder : stage.person.reminders) {
    if (auto moved =
            reminder.state == Reminder::State::waiting ? schedule::moved(reminder, zone, stage.moment.now) : std::optional{reminder})
      there.push_back(*moved);
  }
  stage.person.reminders = std::move(there);
  say_reminder(stage, "moved", {{"zone", zone}});
}

bool press_numbered(Stage& stage, const std::string& choice) {
  if (!choice.starts_with("reminder.option.") && !choice.starts_with("reminder.which.")) return false;
  // As if its number had been typed: the question that is open takes it, and no other.
  const std::string number = choice.substr(choice.rfind('.') + 1);
  if (!stage.talk.draft) return false;
  ReminderDraft& draft = *stage.talk.draft;
  const bool of_option = choice.starts_with("reminder.option.") && draft.asked == ReminderDraft::Asked::option;
  const bool of_which = choice.starts_with("reminder.which.") && draft.asked == ReminderDraft::Asked::which;
  if (!of_option && !of_which) return false;
  Event typed = stage.event;
  typed.kind = Event::Kind::message;
  typed.text = number;
  text::Text read;
  text::read(number, stage.language.lexicon(), read);
  Stage inner{stage.language, stage.library, stage.around, typed, stage.reading,  read,          {}, stage.moment,
              stage.dice,     stage.talk,    stage.person, {},    stage.messages, stage.private_};
  if (!hear_reminder(inner)) return false;
  stage.talk = std::move(inner.talk);
  stage.person = std::move(inner.person);
  stage.messages = inner.messages;
  stage.private_ = inner.private_;
  stage.dice = inner.dice;
  for (Effect& effect : inner.effects) stage.effects.push_back(std::move(effect));
  return true;
}

}  // namespace

std::optional<std::chrono::seconds> snooze_length(std::string_view message) {
  const auto pieces = schedule::lex(message);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    schedule::Reader reader(pieces, i);
    const auto length = schedule::length_at(reader);
    if (!length) continue;
    constexpr std::chrono::seconds units[] = {std::chrono::seconds{1}, std::chrono::minutes{1}, std::chrono::hours{1},
                                              std::chrono::hours{24}, std::chrono::hours{24 * 7}};
    if (length->unit > schedule::Length::Unit::week) continue;
    const auto unit = units[static_cast<std::size_t>(length->unit)];
    const auto total = length->halves != 0 ? unit * length->halves / 2 : unit * length->number;
    if (total >= std::chrono::minutes{1} && total <= std::chrono::hours{24 * 31}) return total;
  }
  return std::nullopt;
}

bool snooze_last(Stage& stage) {
  const Reminder* last = last_said(stage);
  if (last == nullptr) return false;
  auto length = snooze_length(stage.event.text);
  if (!length) {
    const auto found = schedule::find(stage.event.text, false);
    schedule::Here there = here(stage);
    there.zone = last->when.zone;
    const auto settled = found.empty() ? schedule::Settled{} : schedule::settle(found, there);
    const bool told = !found.empty() && settled.question == schedule::Question::none;
    length = told ? std::chrono::floor<std::chrono::seconds>(settled.when.moment - stage.moment.now) : std::chrono::seconds{snooze_by};
  }
  snooze(stage, last->id, *length);
  return true;
}

bool answer_fired(Stage& stage) {
  // The word itself is enough for a day, whatever else the message may sound like.
  if (says(stage, "snooze") && snooze_last(stage)) return true;
  const std::string id = stage.talk.reminded;
  const bool asked = stage.talk.asking == Place{reminders_script, "fired"};
  if (id.empty() || find_reminder(stage, id) == nullptr) return false;
  const bool lately = stage.moment.now - find_reminder(stage, id)->last <= std::chrono::hours{3};
  if (!lately) return false;
  if (says(stage,
           "snooze|later|not now|not yet|in a bit|again in|remind me again|give me|ask me again|another|in 5|in 10|in ten|in half|in an"))
    return snooze_last(stage);
  if (says(stage, "done|did it|i did|finished|all done|got it|checked")) {
    done(stage, id);
    return true;
  }
  const bool can_begin = !find_reminder(stage, id)->script.empty();
  if (can_begin && (says(stage, "start|begin|let's go|lets go|go") || (asked && stage.hears(Word::yes)))) {
    begin(stage, id);
    return true;
  }
  if (asked && (stage.hears(Word::ok) || stage.hears(Word::yes))) {
    done(stage, id);
    return true;
  }
  return false;
}

bool answer_fired_by_number(Stage& stage) {
  const Reminder* last = find_reminder(stage, stage.talk.reminded);
  if (stage.talk.asking != Place{reminders_script, "fired"} || last == nullptr) return false;
  const std::string& text = stage.event.text;
  if (text.size() != 1 || text.front() < '1' || text.front() > '9') return false;
  const Choices choices = reminder_choices(stage.library, stage.person.discreet && !last->text.empty() ? "fired_discreet" : "fired", *last);
  const auto place = static_cast<std::size_t>(text.front() - '1');
  return place < choices.size() && press_reminder(stage, choices[place].first);
}

bool press_reminder(Stage& stage, const std::string& choice) {
  if (!choice.starts_with("reminder.")) return false;
  if (choice == "reminder.move.yes" || choice == "reminder.move.no") {
    move(stage, choice.ends_with("yes"));
    return true;
  }
  if (press_numbered(stage, choice)) return true;
  const std::size_t dot = choice.find('.', 9);
  std::string verb = choice.substr(9, dot == std::string::npos ? dot : dot - 9);
  if (const std::size_t more = verb.find("_discreet"); more != std::string::npos) verb.resize(more);
  // Typed by its label the choice has no id behind it: the one that was said last is meant.
  const std::string id = dot == std::string::npos ? stage.talk.reminded : choice.substr(dot + 1);
  if (find_reminder(stage, id) == nullptr) return false;
  stage.private_ = stage.private_ || stage.event.group;
  if (verb == "done")
    done(stage, id);
  else if (verb == "snooze")
    snooze(stage, id, snooze_by);
  else if (verb == "start")
    begin(stage, id);
  else if (verb == "show")
    show_words(stage, id);
  else
    return false;
  return true;
}

void tell_missed(Stage& stage) {
  if (stage.event.group || stage.talk.crisis || stage.messages >= longest_answer || stage.around.store_broken) return;
  std::string list;
  std::size_t count = 0;
  for (const Reminder& reminder : stage.person.reminders) {
    if (reminder.missed == Time{}) continue;
    if (++count > 3) continue;
    list += (list.empty() ? "" : "\n") + schedule::moment_text(reminder.missed, reminder.when.zone) + ": " + called(stage, reminder);
  }
  if (count == 0) return;
  std::erase_if(stage.person.reminders, [](const Reminder& r) { return r.state == Reminder::State::missed; });
  for (Reminder& reminder : stage.person.reminders) reminder.missed = {};
  say_reminder(stage, "missed", {{"list", list}, {"count", std::to_string(count)}});
}

}  // namespace nurturer::dialogue
