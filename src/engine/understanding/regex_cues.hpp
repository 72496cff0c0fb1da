#pragma once
// The few rules that patterns over words cannot say, as RE2 over the folded text.
//
// A message pays for one pass over its letters: an expression is tried only if the words that it cannot do without stand there
// (FilteredRE2). What is tried is tried with a single RE2, which has a way to finish when memory is short: RE2::Set and the
// filter's own search would call that "no".

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/diagnostic.hpp"
#include "engine/text/text.hpp"

namespace re2 {
class FilteredRE2;
}

namespace nurturer::understanding {

class RegexCues {
 public:
  /// A find: tokens [first, last] of the text.
  struct Find {
    std::uint32_t cue = 0;
    std::size_t first = 0;
    std::size_t last = 0;
  };

  RegexCues();
  RegexCues(RegexCues&&) noexcept;
  RegexCues& operator=(RegexCues&&) noexcept;
  ~RegexCues();

  /// While rules are compiled. A fault becomes a diagnostic.
  void add(std::uint32_t cue, const std::string& regex, const Source& source, Diagnostics& diagnostics);
  void seal();

  /// Appends at most 16 finds for each expression.
  void find(const text::Text& text, std::vector<Find>& finds) const;

  [[nodiscard]] std::size_t size() const noexcept { return cues_.size(); }

 private:
  using Trigram = std::uint32_t;
  static constexpr std::size_t bits = 4096;

  void atoms_in(const std::string& folded, std::vector<int>& atoms) const;
  void search(int regex, const text::Text& text, std::vector<Find>& finds) const;
  [[nodiscard]] static std::size_t bit_of(Trigram trigram) noexcept { return (trigram * 0x9E37'79B1U) >> 20U; }

  std::unique_ptr<re2::FilteredRE2> filter_;
  std::vector<std::uint32_t> cues_;  // by expression
  std::vector<std::string> atoms_;
  std::vector<std::pair<Trigram, int>> by_trigram_;  // the first letters of each atom, sorted
  std::array<std::uint64_t, bits / 64> begins_{};    // a bit for each of these trigrams
  std::vector<int> unfiltered_;                      // expressions that no atom speaks for
};

}  // namespace nurturer::understanding
