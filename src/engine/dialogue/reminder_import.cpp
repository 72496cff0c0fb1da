#include <algorithm>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/reminder_set.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/schedule/calendar.hpp"

namespace nurturer::dialogue {

void import_reminders(Stage& stage) {
  stage.private_ = stage.private_ || stage.event.group;
  if (stage.around.store_broken) return say_reminder(stage, "not_possible", {});
  const schedule::Import import = schedule::read_calendar(stage.event.text, here(stage));
  const std::size_t room = schedule::most_reminders - std::min(schedule::most_reminders, schedule::listed(stage.person.reminders).size());
  const std::size_t count = std::min(room, import.reminders.size());
  if (count == 0)
    return say_reminder(stage, room == 0 ? "too_many" : "import_nothing", {{"count", std::to_string(schedule::most_reminders)}});
  before_change(stage);
  for (std::size_t i = 0; i < count; ++i) {
    schedule::Reminder reminder = schedule::make_reminder(new_reminder_id(stage), import.reminders[i].text, import.reminders[i].when);
    reminder.room = stage.event.room;
    reminder.group = stage.event.group;
    if (auto ahead = schedule::rescheduled(reminder, stage.moment.now)) stage.person.reminders.push_back(std::move(*ahead));
  }
  say_reminder(stage, "imported", {{"count", std::to_string(count)}, {"kept", " " + reminder_words(stage, "kept_short", {})}});
}

}  // namespace nurturer::dialogue
