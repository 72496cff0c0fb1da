#pragma once
// Quiet hours: nothing that nobody named a time for comes in them. A reminder with a stated time is never held back.

#include "engine/schedule/zone.hpp"

namespace nurturer::schedule {

/// Times of day; from 22:00 to 8:00 over midnight. The same twice: none.
struct QuietHours {
  std::chrono::minutes from{22 * 60};
  std::chrono::minutes to{8 * 60};
};

/// The moment, or the end of the quiet hours that it lies in.
[[nodiscard]] Time out_of_quiet(Time moment, const std::string& zone, const QuietHours& quiet);

}  // namespace nurturer::schedule
