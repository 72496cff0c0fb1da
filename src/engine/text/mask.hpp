#pragma once
// Words that are written so that a filter does not see them: "su1cide", "k!ll", "s*icide", "su*****", "k.m.s", "k m s".
// Only words that the lexicon calls maskable are looked for, and never behind a word of plain letters.

#include <string_view>

#include "engine/text/lexicon.hpp"
#include "engine/text/text.hpp"

namespace nurturer::text {

/// Longest piece that is tried, in bytes.
inline constexpr std::size_t longest_mask = 24;

/// True for the marks that stand for a letter or between letters of a masked word.
[[nodiscard]] bool is_mask_mark(char byte) noexcept;

/// The maskable word that `chunk` (ASCII, lower case, with digits or marks in it) stands for, or `unknown_word`.
[[nodiscard]] WordId unmask(std::string_view chunk, const Lexicon& lexicon) noexcept;

/// Reads letters that stand alone in a row ("k m s") as one token, if they spell a maskable word.
void join_spelled(std::string_view message, const Lexicon& lexicon, Text& text);

}  // namespace nurturer::text
