#pragma once
// The language in which cues are written: patterns over words, not bytes.
//
//   he (left|dumped) me        words and choices of words; a choice may hold several words: (let go|left)
//   {partner} ... leave~       {list} is a shared word list; "..." up to 4 other words; "...9" up to 9
//   please? stop               word?, {list}?, (a|b)? may be missing
//   leave~                     every form of the verb or noun: leave, leaves, left, leaving
//   ^ hi $                     ^ only at the start of the message, $ only at its end
//
// Marks between words do not matter, but no pattern reaches across the end of a sentence. Words are read as in a message
// ("can't" is can not, on both sides), so either spelling may be written.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace nurturer::understanding {

/// One place in a pattern: any of `phrases`, or any entry of any of `lists`.
struct Element {
  std::vector<std::string> phrases;  // as written, each one or more words, a trailing ~ kept
  std::vector<std::string> lists;
  bool optional = false;
  std::uint8_t gap = 0;  // how many other words may stand before it; 0: it follows at once
};

struct Pattern {
  std::string written;
  std::vector<Element> elements;  // 1 to longest_pattern
  bool at_start = false;
  bool at_end = false;
};

inline constexpr std::size_t longest_pattern = 12;
inline constexpr std::uint8_t default_gap = 4;
inline constexpr std::uint8_t widest_gap = 20;

struct PatternFault {
  std::string fragment;  // the author's own words
  std::string problem;
  std::string remedy;
};

[[nodiscard]] tl::expected<Pattern, PatternFault> parse_pattern(std::string_view written);

}  // namespace nurturer::understanding
