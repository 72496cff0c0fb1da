#pragma once
// A timer's bytes: the channel in the first line, what the timer is behind it. A reminder is a JSON object; what begins otherwise is the room
// that gets a line after a crisis answered in private. Another kind of timer is another "kind" of object.

#include <optional>
#include <string>

#include "engine/schedule/reminder.hpp"
#include "store/store.hpp"

namespace nurturer::app {

/// `discreet`: it comes without its words. Of the person, and kept with each of their reminders, so that one that comes needs no other row.
[[nodiscard]] store::Timer write_reminder(const std::string& channel_name, const store::PersonId& person,
                                          const schedule::Reminder& reminder, bool discreet);

struct KeptReminder {
  schedule::Reminder reminder;
  std::optional<bool> discreet;  // empty: written by a version that kept it with the person alone
};
/// Empty: the timer is no reminder, or cannot be read.
[[nodiscard]] std::optional<KeptReminder> read_reminder(const store::Timer& timer);

/// True if the timer is one that belongs to a person: it has a kind.
[[nodiscard]] bool has_kind(const store::Timer& timer) noexcept;

}  // namespace nurturer::app
