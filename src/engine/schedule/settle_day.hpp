#pragma once
// For settle() alone: days and hours as said become days and hours on the wall.

#include <optional>
#include <vector>

#include "engine/schedule/phrase.hpp"

namespace nurturer::schedule {

struct OnDay {
  date::local_days day;
  bool fixed = false;  // no other day may be taken when the time is past: today, a date with its year
  bool rolls = false;  // a weekday that is past today means the next
  std::optional<Guess> guess;
};

/// Empty: there is no such day. `Day::Kind::ambiguous` and `past` are asked about before.
[[nodiscard]] std::optional<OnDay> day_of(const Day& day, Wall now);

/// The hour that is meant, where 9 may be 21. `near`: on the day of `now`, so that the hour must still come.
[[nodiscard]] Clock settled(Clock clock, Part part, bool near, Wall now);

/// The time that is taken for a part of the day.
[[nodiscard]] Clock clock_of(Part part) noexcept;

/// Times over the day for "three times a day".
[[nodiscard]] std::vector<Clock> spread(int times);

/// 3/12 by the order of the locale: day first, month first; empty: not known.
[[nodiscard]] std::optional<bool> day_first(const std::string& locale);

}  // namespace nurturer::schedule
