#include "engine/dialogue/when.hpp"

#include <algorithm>
#include <array>

namespace nurturer::dialogue {
namespace {

constexpr std::array<std::string_view, 4> state_names{"unknown", "alarm", "shutdown", "safe"};
constexpr std::array<std::string_view, 4> part_names{"morning", "day", "evening", "night"};

template <class Named, std::size_t count>
std::optional<Named> named(const std::array<std::string_view, count>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Named>(found - names.begin());
}

}  // namespace

std::string_view name(BodyState state) noexcept { return state_names[static_cast<std::size_t>(state)]; }
std::optional<BodyState> body_state_named(std::string_view name) noexcept { return named<BodyState>(state_names, name); }

std::string_view name(DayPart part) noexcept { return part_names[static_cast<std::size_t>(part)]; }
std::optional<DayPart> day_part_named(std::string_view name) noexcept { return named<DayPart>(part_names, name); }

}  // namespace nurturer::dialogue
