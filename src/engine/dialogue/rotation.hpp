#pragma once
// A rotation without repeats: every line once, in an order of its own, before any comes again.

#include <cstddef>
#include <cstdint>

namespace nurturer::dialogue {

/// Which of `count` lines comes as the `turn`-th, from 0. Each round of `count` turns has an order of its own, and none begins with what the one
/// before ended with. `count` > 0.
[[nodiscard]] std::size_t line_of_turn(std::uint64_t seed, std::size_t turn, std::size_t count);

/// A well mixed number of another one.
[[nodiscard]] std::uint64_t mixed(std::uint64_t number) noexcept;

}  // namespace nurturer::dialogue
