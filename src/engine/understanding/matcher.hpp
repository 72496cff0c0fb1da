#pragma once
// Finds all patterns in a message at once: an inverted index from words to the patterns whose rarest place they fill.
//
// Why not regular expressions: docs/decisions/0001. Cost grows with the words of a message that are rare in some pattern, hardly with
// the number of patterns. All memory is laid out by seal(); find() allocates only when its scratch has to grow.
// After seal() the object never changes: any number of threads may search, each with a Scratch of its own.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/text/lexicon.hpp"
#include "engine/text/text.hpp"
#include "engine/understanding/pattern.hpp"

namespace nurturer::understanding {

enum class PatternId : std::uint32_t {};

/// Word lists ready for matching: each entry is one or more words, expanded as in a message.
using WordSequence = std::vector<text::WordId>;
using WordLists = std::unordered_map<std::string, std::vector<WordSequence>>;

struct Hit {
  PatternId pattern{};
  std::uint16_t first = 0;  // tokens [first, last]
  std::uint16_t last = 0;
  std::uint32_t taken = 0;  // bit i: token first + i fills a place (the others stand in gaps); tokens beyond 31 count as taken
  [[nodiscard]] bool takes(std::size_t token) const noexcept {
    return token >= first && token <= last && (token - first > 31 || ((taken >> (token - first)) & 1U) != 0);
  }
};

class Matcher {
 public:
  /// Memory of one search, used again by the next.
  struct Scratch {
    std::vector<std::uint32_t> seen;  // epoch at which a pattern was last found at a token
    std::uint32_t epoch = 0;
  };

  /// How common a word is in chat, 0 = never seen; decides which place of a pattern is indexed.
  using Commonness = std::function<double(text::WordId)>;

  /// Adds a pattern. `lists` must hold every list that it names (the caller has checked).
  PatternId add(const Pattern& pattern, text::Lexicon& lexicon, const WordLists& lists);
  void seal(const Commonness& commonness);

  /// Appends every hit, at most one for each pattern and anchor; at most 4,096 in all.
  void find(const text::Text& text, Scratch& scratch, std::vector<Hit>& hits) const;

  [[nodiscard]] std::size_t size() const noexcept { return patterns_.size(); }
  /// True if the pattern can only be anchored on a word so common that it costs every message (lint).
  [[nodiscard]] bool anchored_on_common_word(PatternId id) const noexcept;
};

}  // namespace nurturer::understanding
