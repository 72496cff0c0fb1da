#pragma once
// Which reminder is meant, and what is to be done with it: for the files about reminders alone.

#include <string_view>
#include <vector>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

enum class ReminderVerb : std::uint8_t { cancel, pause, resume, snooze, change, skip };

[[nodiscard]] ReminderVerb reminder_verb(std::string_view message);
[[nodiscard]] std::string_view name(ReminderVerb verb) noexcept;
[[nodiscard]] ReminderVerb verb_named(std::string_view name) noexcept;

/// The person's reminder with this id; null: there is none.
[[nodiscard]] schedule::Reminder* find_reminder(Stage& stage, const std::string& id);

/// The reminders that the message names: by number in the list, time, day, words, "all"; else the one set last. Several: it does not say.
[[nodiscard]] std::vector<std::string> reminders_meant(const Stage& stage, ReminderVerb verb);

/// True if the message begins with what is to be done and names one of the reminders by number, words or time: "cancel the water one".
[[nodiscard]] bool names_reminder(const Stage& stage);

/// "Move the 9pm one to 10": what stands before the new time, and the new time.
struct Split {
  std::string target;
  std::string time;
};
[[nodiscard]] Split split_change(std::string_view message);

}  // namespace nurturer::dialogue
