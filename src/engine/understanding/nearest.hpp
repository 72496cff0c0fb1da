#pragma once
// "Did you mean ...?": the nearest of the names that exist.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nurturer::understanding {

/// How many letters must be changed, added, left out or swapped with their neighbour.
[[nodiscard]] std::size_t edit_distance(std::string_view one, std::string_view two);

/// The nearest of `names`, if it is near enough to be meant (a third of its letters, at most 3); else empty.
[[nodiscard]] std::string nearest(std::string_view name, const std::vector<std::string>& names);

}  // namespace nurturer::understanding
