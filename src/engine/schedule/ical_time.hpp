#pragma once
// What the two users of libical (rules, calendars) share: its times as times on the wall and back, and its memory with an owner.

#include <libical/ical.h>

#include <memory>
#include <string>

#include "engine/schedule/zone.hpp"

namespace nurturer::schedule {

struct IcalFree {
  void operator()(icalcomponent* component) const noexcept { icalcomponent_free(component); }
  void operator()(icalrecur_iterator* iterator) const noexcept { icalrecur_iterator_free(iterator); }
  void operator()(char* text) const noexcept { icalmemory_free_buffer(text); }
};
template <class Type>
using IcalOwned = std::unique_ptr<Type, IcalFree>;

/// The text that a function ending in `_r` hands out; empty for none.
inline std::string ical_text(char* text) {
  const IcalOwned<char> owned(text);
  return owned == nullptr ? std::string{} : std::string{owned.get()};
}

/// Without a zone: such a time is one on the wall.
inline icaltimetype ical_time(Wall wall) {
  const auto day = std::chrono::floor<date::days>(wall);
  const date::year_month_day date{day};
  const date::hh_mm_ss clock{wall - day};
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(date.year());
  time.month = static_cast<int>(static_cast<unsigned>(date.month()));
  time.day = static_cast<int>(static_cast<unsigned>(date.day()));
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  time.second = static_cast<int>(clock.seconds().count());
  return time;
}

inline date::year_month_day date_of_ical(const icaltimetype& time) {
  return {date::year{time.year}, date::month{static_cast<unsigned>(time.month)}, date::day{static_cast<unsigned>(time.day)}};
}

/// Of a time whose date exists.
inline Wall wall_of_ical(const icaltimetype& time) {
  return date::local_days{date_of_ical(time)} + std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
         std::chrono::seconds{time.second};
}

}  // namespace nurturer::schedule
