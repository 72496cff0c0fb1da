#pragma once
// A stored rule taken apart into what a person would say, and put together again.

#include <optional>

#include "engine/schedule/phrase.hpp"

namespace nurturer::schedule {

struct RuleParts {
  Repeat repeat;
  std::vector<Clock> clocks;
  int hours_from = -1, hours_to = -1;  // "every 90 minutes" between these hours
  std::optional<Wall> until;           // end of the last day
  int count = 0;
};

/// Empty: a rule that our grammar has no words for (an imported one).
[[nodiscard]] std::optional<RuleParts> parts_of(const std::string& rule, Wall start);
[[nodiscard]] std::string rule_of(const RuleParts& parts);

}  // namespace nurturer::schedule
