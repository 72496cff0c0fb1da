#pragma once
// Times in words: the grammar of phrase.hpp, written. What is said here, read again, is the same When.

#include <string>

#include "engine/schedule/phrase.hpp"

namespace nurturer::schedule {

/// "09:00"; with seconds where there are any.
[[nodiscard]] std::string clock_text(Wall wall);
/// "Wednesday 25 November 2026"
[[nodiscard]] std::string date_text(Wall wall);
/// "Wednesday 25 November 2026, 09:00"; in the hour that comes twice, the second time, with the zone's abbreviation.
[[nodiscard]] std::string moment_text(Time moment, const std::string& zone);
/// The moment, or for a series "every Monday and Thursday at 08:15 and 20:15, first on ..., until ...".
[[nodiscard]] std::string text_of(const When& when);
/// Without the first day: "every weekday at 08:15".
[[nodiscard]] std::string rule_text(const When& when);
/// "in 20 minutes", "tomorrow", "in 3 weeks"
[[nodiscard]] std::string relative_text(Time moment, Time now, const std::string& zone);

}  // namespace nurturer::schedule
