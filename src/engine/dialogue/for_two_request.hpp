#pragma once
// A request for an exercise of two, taken apart: what, with whom, how long. For for_two.cpp alone.

#include <chrono>
#include <optional>
#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

inline constexpr std::chrono::minutes shortest_time_out{5};
inline constexpr std::chrono::minutes longest_time_out{24 * 60};

/// What is asked for; empty: nothing of it.
[[nodiscard]] std::optional<ForTwo::What> what_asked(const Stage& stage);

/// By its name in the talk; empty: none.
[[nodiscard]] std::optional<ForTwo::What> what_named(std::string_view pending);

/// Whom a message names with an @, as the adapter names them ("ben", "@ben:example.org", "1234" of "<@1234>"); the companion itself is nobody.
[[nodiscard]] std::string person_named(const Stage& stage);

/// When a time-out that lasts so long would end: "20 minutes", "an hour", "back at 20:40". Empty: not told.
[[nodiscard]] std::optional<Time> end_told(const Stage& stage, const std::string& zone);

/// From five minutes to a day.
[[nodiscard]] bool may_last(const Stage& stage, Time end_at);

/// How somebody is called in a room.
[[nodiscard]] std::string shown(const std::string& person);

}  // namespace nurturer::dialogue
