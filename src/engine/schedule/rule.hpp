#pragma once
// Recurrence (RFC 5545, RRULE) over wall time: which times on the wall a rule names. Zones come after it (zone.hpp).

#include <optional>
#include <string>

#include "engine/schedule/zone.hpp"

namespace nurturer::schedule {

/// True if the rule can be read, repeats at most every quarter of an hour, and names a time after `start` within ten years.
[[nodiscard]] bool rule_good(const std::string& rule, Wall start);

/// The first occurrence at or after `from`; without a rule `start` is the only one. Empty: the series is over.
[[nodiscard]] std::optional<Wall> occurrence(const std::string& rule, Wall start, Wall from);

}  // namespace nurturer::schedule
