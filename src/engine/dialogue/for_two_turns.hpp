#pragma once
// The order of turns, for for_two.cpp alone: what follows a step, and how long it may take.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "engine/dialogue/room.hpp"

namespace nurturer::dialogue {

/// Where a step leads when `by` ("next", "again", "more", "skip") is pressed; `swaps`: the other one's turn begins. Empty step: it is over.
struct TurnAfter {
  std::string_view step;
  bool swaps = false;
};
[[nodiscard]] std::optional<TurnAfter> turn_after(const ForTwo& two, std::string_view by);

[[nodiscard]] std::string_view first_turn(ForTwo::What what) noexcept;
[[nodiscard]] std::chrono::seconds turn_lasts(std::string_view step) noexcept;

/// After the time of a turn nobody pressed for so long: then the companion keeps the turns no more.
inline constexpr std::chrono::minutes lapses_after{15};

}  // namespace nurturer::dialogue
