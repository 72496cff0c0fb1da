#pragma once
// Checks one candidate of the Matcher: the place that the index found, then its neighbours to the left and to the right.
//
// Both sides are independent once the anchor stands, and what is left of a side depends only on the last place filled and on
// where it ended. Sides that did not work out are remembered after some steps, so the work is bounded by
// places x distance x gap, whatever the text.

#include <array>
#include <cstdint>

#include "engine/understanding/matcher.hpp"

namespace nurturer::understanding {

class Search {
 public:
  Search(const Matcher& matcher, const text::Text& text) : matcher_(matcher), tokens_(text.tokens.data()), size_(text.tokens.size()) {}

  /// Tries `posting`, whose word is read at `token`. On success `hit` is filled.
  bool verify(const Matcher::Posting& posting, std::size_t token, Hit& hit);

 private:
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;  // the last token + 1; equal to begin: the place was left out
  };
  static constexpr std::size_t farthest = 512;  // tokens from the anchor
  static constexpr unsigned steps_before_memory = 48;
  using Failed = std::array<std::array<std::uint64_t, farthest / 64>, longest_pattern>;

  bool left(std::size_t place, std::size_t begin);
  bool right(std::size_t place, std::size_t end);
  bool left_neighbour(std::size_t place, std::size_t begin, unsigned window);
  bool right_neighbour(std::size_t place, std::size_t end, unsigned window);
  template <class Next>
  bool fill_ending(std::size_t place, std::size_t end, const Next& next);
  template <class Next>
  bool fill_beginning(std::size_t place, std::size_t begin, const Next& next);
  [[nodiscard]] bool sequence_from(const Matcher::Sequence& sequence, std::uint32_t offset, std::size_t token, std::size_t& end) const;
  [[nodiscard]] bool sequence_back(const Matcher::Sequence& sequence, std::uint32_t offset, std::size_t token, std::size_t& begin) const;
  [[nodiscard]] bool holds(const Matcher::Set& set, text::WordId word) const;
  [[nodiscard]] bool only_emoji(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool has_failed(std::size_t place, std::size_t at);
  void remember_failure(std::size_t place, std::size_t at);
  void report(Hit& hit) const;

  [[nodiscard]] bool is(std::size_t token, text::WordId word) const { return tokens_[token].id == word || tokens_[token].variant == word; }
  [[nodiscard]] bool is_emoji(std::size_t token) const { return tokens_[token].kind == text::TokenKind::emoji; }
  [[nodiscard]] bool cut_before(std::size_t token) const { return tokens_[token].before == text::Break::sentence; }

  const Matcher& matcher_;
  const text::Token* tokens_;
  std::size_t size_;
  const Matcher::Compiled* pattern_ = nullptr;
  const Matcher::Place* places_ = nullptr;
  std::size_t anchor_token_ = 0;
  unsigned steps_ = 0;
  std::array<Range, longest_pattern> ranges_{};
  Failed failed_;  // only valid once steps_ passed steps_before_memory
};

}  // namespace nurturer::understanding
