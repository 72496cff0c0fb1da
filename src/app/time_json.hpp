#pragma once
// A moment in what is stored: milliseconds since 1970.

#include <nlohmann/json.hpp>

#include "engine/schedule/zone.hpp"

namespace nurturer::app {

[[nodiscard]] inline std::int64_t of_time(schedule::Time time) { return time.time_since_epoch().count(); }
[[nodiscard]] inline schedule::Time to_time(const nlohmann::json& value) {
  return schedule::Time{std::chrono::milliseconds{value.get<std::int64_t>()}};
}

}  // namespace nurturer::app
