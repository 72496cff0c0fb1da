#include "engine/dialogue/reminders.hpp"

#include <algorithm>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/reminder_fired.hpp"
#include "engine/dialogue/reminder_pick.hpp"
#include "engine/dialogue/reminder_set.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/dialogue/slots.hpp"
#include "engine/schedule/calendar.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using schedule::Reminder;

void drop(Stage& stage, const std::string& id) {
  std::erase_if(stage.person.reminders, [&](const Reminder& r) { return r.id == id || r.snooze_of == id; });
}

// Puts what a change made of a reminder in its place; nothing is left of one that is over.
void put(Stage& stage, const std::string& id, std::optional<Reminder> after) {
  if (!after) return drop(stage, id);
  if (Reminder* reminder = find_reminder(stage, id)) *reminder = std::move(*after);
}

void change(Stage& stage, const std::string& id) {
  ReminderDraft draft;
  draft.changes = id;
  if (const Reminder* reminder = find_reminder(stage, id)) draft.all = reminder->all;
  const Split split = split_change(stage.event.text);
  draft.when = schedule::find(split.time, true);
  draft.when.event.clear();
  const bool told = !draft.when.empty();
  stage.talk.draft = draft;
  if (told) return proceed(stage);
  stage.talk.draft->asked = ReminderDraft::Asked::time;
  say_reminder(stage, "ask_new_time", {{"text", called(stage, *find_reminder(stage, id))}}, {}, true);
}

// Of one that has not come yet: this one time later, the series as it was.
void put_off(Stage& stage, const std::string& id) {
  const Reminder reminder = *find_reminder(stage, id);
  const auto length = snooze_length(stage.event.text);
  const auto to = schedule::find(split_change(stage.event.text).time, true);
  Time at = reminder.due + length.value_or(std::chrono::minutes{10});
  if (!length && !to.clocks.empty()) {
    schedule::Here there = here(stage);
    there.zone = reminder.when.zone;
    const auto settled = schedule::settle(to, there);
    if (settled.question == schedule::Question::none) at = settled.when.moment;
  }
  before_change(stage);
  Reminder later = schedule::snoozed(reminder, new_reminder_id(stage), at);
  put(stage, id, schedule::skipped(reminder));
  if (find_reminder(stage, id) == nullptr) later.snooze_of.clear();
  stage.person.reminders.push_back(later);
  stage.talk.last_set = later.id;
  say_reminder(stage, "put_off",
               {{"text", called(stage, later)},
                {"when", when_text(later.when)},
                {"relative", schedule::relative_text(later.due, stage.moment.now, later.when.zone)}});
}

void do_with_one(Stage& stage, ReminderVerb verb, const std::string& id) {
  const Reminder reminder = *find_reminder(stage, id);
  const std::string text = called(stage, reminder);
  if (verb == ReminderVerb::change) return change(stage, id);
  if (verb == ReminderVerb::snooze) return put_off(stage, id);
  before_change(stage);
  switch (verb) {
    case ReminderVerb::cancel:
      drop(stage, id);
      return say_reminder(stage, "cancelled", {{"text", text}, {"when", schedule::text_of(reminder.when)}});
    case ReminderVerb::pause: put(stage, id, schedule::paused(reminder)); return say_reminder(stage, "paused", {{"text", text}});
    case ReminderVerb::resume: put(stage, id, schedule::resumed(reminder, stage.moment.now)); break;
    case ReminderVerb::skip: put(stage, id, schedule::skipped(reminder)); break;
    case ReminderVerb::snooze:
    case ReminderVerb::change: break;
  }
  const Reminder* after = find_reminder(stage, id);
  const std::string when = after == nullptr ? "" : schedule::moment_text(after->due, after->when.zone) + " (" + after->when.zone + ")";
  if (after == nullptr) return say_reminder(stage, "cancelled", {{"text", text}, {"when", schedule::text_of(reminder.when)}});
  say_reminder(stage, verb == ReminderVerb::skip ? "skipped" : "resumed", {{"text", text}, {"when", when}});
}

void do_with_all(Stage& stage, ReminderVerb verb, const std::vector<std::string>& ids) {
  before_change(stage);
  for (const std::string& id : ids) {
    const Reminder* reminder = find_reminder(stage, id);
    if (reminder == nullptr) continue;
    switch (verb) {
      case ReminderVerb::pause: put(stage, id, schedule::paused(*reminder)); break;
      case ReminderVerb::resume: put(stage, id, schedule::resumed(*reminder, stage.moment.now)); break;
      case ReminderVerb::skip: put(stage, id, schedule::skipped(*reminder)); break;
      default: drop(stage, id);
    }
  }
  const std::string_view step = verb == ReminderVerb::pause    ? "paused_all"
                                : verb == ReminderVerb::resume ? "resumed_all"
                                : verb == ReminderVerb::skip   ? "skipped_all"
                                                               : "cancelled_all";
  say_reminder(stage, step, {{"count", std::to_string(ids.size())}});
}

bool meant_all(const Stage& stage, const std::vector<std::string>& ids) {
  const auto list = schedule::listed(stage.person.reminders);
  const std::string said = " " + text::fold(stage.event.text) + " ";
  const bool all = said.find(" all ") != std::string::npos || said.find("everything") != std::string::npos ||
                   said.find("reminders") != std::string::npos || said.find("nudges") != std::string::npos ||
                   said.find("alarms") != std::string::npos || said.find(" them ") != std::string::npos;
  return all && ids.size() == list.size();
}

void ask_which(Stage& stage, ReminderVerb verb, const std::vector<std::string>& ids) {
  constexpr std::size_t most = 6;
  constexpr std::size_t longest_label = 40;
  ReminderDraft draft;
  draft.asked = ReminderDraft::Asked::which;
  draft.request = std::string(name(verb));
  Choices choices;
  for (const std::string& id : ids) {
    if (draft.ids.size() == most) break;
    const Reminder& reminder = *find_reminder(stage, id);
    std::string label = schedule::clock_text(reminder.next) + " " + called(stage, reminder);
    while (characters(label) > longest_label) label.pop_back();
    while (!label.empty() && (static_cast<unsigned char>(label.back()) & 0xC0U) == 0x80U && characters(label) == longest_label)
      label.pop_back();
    draft.ids.push_back(id);
    choices.emplace_back("reminder.which." + std::to_string(draft.ids.size()), label);
  }
  stage.talk.draft = draft;
  say_reminder(stage, "ask_which", {}, choices, true);
}

void cancel(Stage& stage) {
  stage.private_ = stage.private_ || stage.event.group;
  const ReminderVerb verb = reminder_verb(stage.event.text);
  if (verb == ReminderVerb::snooze && snooze_last(stage)) return;
  const auto ids = reminders_meant(stage, verb);
  if (ids.empty()) return say_reminder(stage, "none", {});
  // "No reminders between ten and eight" is about hours, and not a word to take any away.
  const bool of_hours = verb == ReminderVerb::cancel && (" " + text::fold(stage.event.text) + " ").find(" between ") != std::string::npos;
  if (of_hours) return ask_which(stage, verb, ids);
  if (ids.size() > 1 && meant_all(stage, ids) && verb != ReminderVerb::change && verb != ReminderVerb::snooze)
    return do_with_all(stage, verb, ids);
  if (ids.size() > 1) return ask_which(stage, verb, ids);
  do_with_one(stage, verb, ids.front());
}

// "Which one?" is answered by number, label, time or words.
bool answer_which(Stage& stage) {
  if (!stage.talk.draft || stage.talk.draft->asked != ReminderDraft::Asked::which) return false;
  if (stage.reading.intent == Intent::reminder_list) {  // asks what there is: no word of it picks one
    stage.talk.draft.reset();
    return false;
  }
  const ReminderDraft draft = *stage.talk.draft;
  const ReminderVerb verb = verb_named(draft.request);
  std::vector<std::string> ids;
  const auto number = number_said(stage);
  if (number && *number >= 1 && static_cast<std::size_t>(*number) <= draft.ids.size())
    ids = {draft.ids[static_cast<std::size_t>(*number - 1)]};
  else
    ids = reminders_meant(stage, ReminderVerb::cancel);
  if (ids.size() != 1 && !(meant_all(stage, ids) && !ids.empty())) return false;
  stage.talk.draft.reset();
  stage.private_ = stage.private_ || stage.event.group;
  if (ids.size() == 1)
    do_with_one(stage, verb, ids.front());
  else
    do_with_all(stage, verb, ids);
  return true;
}

bool hear_intent(Stage& stage) {
  switch (stage.reading.intent) {
    case Intent::reminder_set: {
      const auto request = schedule::read_request(stage.event.text);
      set_reminder(stage, request);
      return true;
    }
    case Intent::reminder_list: list_reminders(stage); return true;
    case Intent::reminder_cancel: cancel(stage); return true;
    default: return false;
  }
}

}  // namespace

bool hear_reminder(Stage& stage) {
  if (schedule::is_calendar(stage.event.text)) {
    import_reminders(stage);
    return true;
  }
  if (answer_which(stage) || answer_draft(stage)) return true;
  if (answer_fired(stage)) return true;
  const bool corrected =
      stage.reading.intent != Intent::reminder_set && stage.reading.intent != Intent::reminder_list && correct_last(stage);
  if (!corrected) stage.talk.last_set.clear();
  if (corrected) return true;
  if (hear_zone(stage)) return true;
  if (understanding::kind(stage.reading.intent) != understanding::Kind::feeling && names_reminder(stage)) {
    cancel(stage);
    return true;
  }
  return hear_intent(stage);
}

void list_reminders(Stage& stage) {
  stage.private_ = stage.private_ || stage.event.group;
  const auto list = schedule::listed(stage.person.reminders);
  if (list.empty()) return say_reminder(stage, "none", {});
  // As many lines as messages of an answer can hold; the rest is counted.
  constexpr std::size_t longest_message = 600;
  std::vector<std::string> messages(1);
  std::size_t number = 0;
  for (const Reminder* reminder : list) {
    std::string line = std::to_string(number + 1) + ". ";
    if (reminder->paused) line += reminder_words(stage, "paused_mark", {}) + " ";
    line += reminder->when.rule.empty() ? schedule::moment_text(reminder->when.moment, reminder->when.zone)
                                        : schedule::rule_text(reminder->when);
    line += " (" + reminder->when.zone +
            (reminder->paused ? "" : ", " + schedule::relative_text(reminder->due, stage.moment.now, reminder->when.zone)) + "): ";
    line += called(stage, *reminder);
    if (characters(messages.back()) + characters(line) > longest_message) {
      if (messages.size() + 1 >= static_cast<std::size_t>(longest_answer)) break;
      messages.emplace_back();
    }
    messages.back() += (messages.back().empty() ? "" : "\n") + line;
    ++number;
  }
  for (const std::string& lines : messages)
    say_reminder(stage, &lines == &messages.front() ? "list" : "list_more", {{"list", lines}, {"count", std::to_string(list.size())}});
  if (number < list.size()) say_reminder(stage, "list_rest", {{"count", std::to_string(list.size() - number)}});
}

void offer_move(Stage& stage) {
  const std::string& zone = stage.person.zone.empty() ? stage.event.zone : stage.person.zone;
  if (!schedule::zone_known(zone) || stage.talk.asked_move || stage.messages >= longest_answer) return;
  const bool elsewhere = std::ranges::any_of(stage.person.reminders, [&](const Reminder& r) {
    return r.when.zone != zone && !r.when.elapsed && r.state == Reminder::State::waiting;
  });
  if (!elsewhere) return;
  stage.talk.asked_move = true;
  const Step* step = stage.library.find({reminders_script, "ask_move"});
  Choices choices;
  if (step != nullptr) {
    for (const Choice& choice : step->ask.choices) choices.emplace_back(choice.id, choice.label);
  }
  stage.talk.asking = {reminders_script, "ask_move"};
  say_reminder(stage, "ask_move", {{"zone", zone}}, choices, true);
}

void settle_undone(Person& restored, const Person& before, Time now) {
  std::vector<Reminder> kept;
  for (const Reminder& reminder : restored.reminders) {
    const auto found = std::ranges::find(before.reminders, reminder.id, &Reminder::id);
    if (found != before.reminders.end() && found->last > reminder.last) {
      kept.push_back(*found);
      continue;
    }
    if (reminder.state != Reminder::State::waiting || reminder.due > now) {
      kept.push_back(reminder);
      continue;
    }
    if (auto again = schedule::rescheduled(reminder, now)) kept.push_back(*again);
  }
  restored.reminders = std::move(kept);
}

}  // namespace nurturer::dialogue
