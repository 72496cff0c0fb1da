#pragma once
// What holds for every text that people see: how long it may be, which slots it may have.

#include <string>
#include <string_view>
#include <vector>

#include "content/reader.hpp"

namespace nurturer::content {

// In code points.
inline constexpr std::size_t longest_text = 300;
inline constexpr std::size_t longest_fixed_text = 700;  // safety.*, and steps with `fixed`
inline constexpr std::size_t longest_label = 40;
inline constexpr std::size_t longest_brief = 60;
inline constexpr std::size_t longest_about = 160;

/// Tells a text that is too long. `what` completes "... has 312 characters": "this text".
void check_length(const Words& text, std::size_t most, std::string_view what, Mistakes& mistakes);

/// Tells slots that nobody fills, and those that may stay empty and have no replacement. `kept` are the script's own.
void check_slots(const Words& text, const std::vector<std::string>& kept, Mistakes& mistakes);

/// Tells a step of which every text speaks of something that not everybody has told: for the others nothing would be left to say.
void check_for_everybody(const std::vector<Words>& variants, Mistakes& mistakes);

/// A slot of the person's own world: "call_me", "safe_place" ("name" is another word for call_me).
[[nodiscard]] bool is_own_slot(std::string_view name);

/// Slots that the program fills.
[[nodiscard]] const Names& slots_of_program();

}  // namespace nurturer::content
