#pragma once
// The breath as a bar that grows and shrinks in one line. Pure: the terminal draws it, the test counts its places.

#include <cstddef>
#include <string>
#include <string_view>

namespace nurturer::console {

enum class Breath { in, hold, out };

/// What a paced line asks for: "In, 2, 3, 4" -> in, "And out, 2, 3" -> out; hold when it says neither.
[[nodiscard]] Breath breath_of(std::string_view line);

/// The bar when `part` (0 to 1) of the line's time has gone by: in fills it, out empties it, hold keeps a point that wanders. Never wider than
/// `columns`, whatever the window is just now.
[[nodiscard]] std::string pacer(Breath breath, double part, std::size_t columns);

}  // namespace nurturer::console
