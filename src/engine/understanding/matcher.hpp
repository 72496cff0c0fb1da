#pragma once
// Finds all patterns in a message at once: an inverted index from words to the patterns whose rarest place they fill.
//
// Why not regular expressions: docs/decisions/0001. Cost grows with the words of a message that are rare in some pattern, hardly with
// the number of patterns. All memory is laid out by seal(); find() allocates only when its scratch has to grow.
// After seal() the object never changes: any number of threads may search, each with a Scratch of its own.

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
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
    struct Seen {
      std::uint32_t epoch = 0;     // of the token at which the pattern was last found
      std::uint32_t count = 0;     // of its hits in this message
      std::uint32_t last_hit = 0;  // where its last hit lies
    };
    std::vector<Seen> seen;  // by pattern
    std::uint32_t epoch = 0;
  };

  /// How common a word is in chat, 0 = never seen; decides which place of a pattern is indexed.
  using Commonness = std::function<double(text::WordId)>;

  /// Adds a pattern. `lists` must hold every list that it names and no phrase may end in ~ (Language::add_pattern sees to both).
  PatternId add(const Pattern& pattern, text::Lexicon& lexicon, const WordLists& lists);
  /// Whether it stands in a message is all that matters of this pattern: one hit is enough. Before seal().
  void find_once(PatternId pattern) noexcept { patterns_[static_cast<std::size_t>(pattern)].once = true; }
  void seal(const Commonness& commonness);

  /// Appends every hit, at most one for each pattern and anchor. Of more than `most_hits` of one pattern the first ones and the
  /// very last are kept: a long message cannot push out what it says at its end.
  void find(const text::Text& text, Scratch& scratch, std::vector<Hit>& hits) const;
  static constexpr std::uint32_t most_hits = 64;

  [[nodiscard]] std::size_t size() const noexcept { return patterns_.size(); }
  /// True if the pattern can only be anchored on a word so common that it costs every message (lint).
  [[nodiscard]] bool anchored_on_common_word(PatternId id) const noexcept;

 private:
  friend class Search;

  /// A run of words that stands for one place.
  struct Sequence {
    std::uint32_t begin = 0;  // in words_
    std::uint32_t size = 0;
  };
  /// What may fill a place. Equal sets are kept once: most places name one of a few word lists.
  struct Set {
    std::uint32_t singles_begin = 0, singles_count = 0;      // in words_, sorted
    std::uint32_t sequences_begin = 0, sequences_count = 0;  // in by_first_ and by_last_, sorted by their first and last word
    std::uint64_t singles_mask = 0;                          // bit id % 64 of all words: most questions end here
    std::uint64_t first_mask = 0, last_mask = 0;
    std::uint32_t shortest = 0;  // letters of the shortest word
  };
  struct Place {
    std::uint32_t set = 0;
    std::uint8_t gap = 0;
    bool optional = false;
  };
  struct Compiled {
    std::uint32_t places = 0;  // in places_
    std::uint8_t count = 0;
    std::uint8_t anchor = 0;
    bool at_start = false;
    bool at_end = false;
    bool common = false;
    bool once = false;
  };
  struct Posting {
    PatternId pattern{};
    std::uint32_t sequence = 0;  // or no_sequence: the word alone fills the place
    std::uint32_t offset = 0;    // of the word in the sequence
    std::uint64_t also = 0;      // bits of the words of another place: without one of them in the sentence there is nothing to verify
  };
  static constexpr std::uint32_t no_sequence = 0xFFFF'FFFFU;
  struct Cost;

  std::uint32_t set_of(const Element& element, text::Lexicon& lexicon, const WordLists& lists);
  std::uint32_t set_of(const std::vector<WordSequence>& alternatives, const text::Lexicon& lexicon);
  WordSequence words_of(const std::string& phrase, text::Lexicon& lexicon);
  [[nodiscard]] Cost cost_of(const Set& set, const Commonness& commonness) const;
  [[nodiscard]] std::uint32_t rarest_word(const Sequence& sequence, const Commonness& commonness) const;
  static void keep(const Hit& hit, bool first, Scratch::Seen& seen, std::vector<Hit>& hits);
  [[nodiscard]] std::uint64_t also_needed(const Compiled& pattern) const;
  void index(const std::vector<std::pair<text::WordId, Posting>>& postings);

  std::vector<text::WordId> words_;
  std::vector<Sequence> sequences_;
  std::vector<std::uint32_t> by_first_, by_last_;  // indices into sequences_
  std::vector<Set> sets_;
  std::vector<Place> places_;
  std::vector<Compiled> patterns_;
  std::vector<std::uint32_t> postings_begin_;  // by word; one more at the end
  std::vector<Posting> postings_;

  // Only until seal():
  std::unordered_map<std::string, std::uint32_t> known_sets_;  // by their words
  std::unordered_map<std::string, std::uint32_t> list_sets_;   // by the name of the list that is all of the set
  text::Text memory_;
};

}  // namespace nurturer::understanding
