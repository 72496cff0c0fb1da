#pragma once
// Reminders as iCalendar (RFC 5545): for the person's own export, and from a calendar that they paste.

#include <string>
#include <string_view>
#include <vector>

#include "engine/schedule/reminder.hpp"

namespace nurturer::schedule {

/// A VCALENDAR with an event and its alarm for each reminder that waits. Zones are named (TZID of tzdata), not written out.
[[nodiscard]] std::string write_calendar(const std::vector<Reminder>& reminders, Time now);

struct Imported {
  std::string text;
  When when;
};
struct Import {
  std::vector<Imported> reminders;
  std::size_t left = 0;  // past, without a time, too long, too often, or in no zone that is known
};
/// Events and tasks with a time. A time without a zone is one of `here.zone`.
[[nodiscard]] Import read_calendar(std::string_view calendar, const Here& here);

[[nodiscard]] bool is_calendar(std::string_view message);

}  // namespace nurturer::schedule
