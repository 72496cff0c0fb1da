#include "engine/understanding/matcher.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <optional>
#include <tuple>

#include "engine/text/character.hpp"

namespace nurturer::understanding {
namespace {

// About the twenty commonest words of chat.
constexpr double too_common = 0.005;

std::uint64_t bit_of(text::WordId word) noexcept { return 1ULL << (static_cast<std::uint32_t>(word) % 64U); }

// Equal sets of alternatives, and no others, give equal bytes.
std::string key_of(const std::vector<WordSequence>& alternatives) {
  std::string key;
  for (const WordSequence& words : alternatives) {
    const auto size = static_cast<std::uint32_t>(words.size());
    key.append(reinterpret_cast<const char*>(&size), sizeof(size));
    key.append(reinterpret_cast<const char*>(words.data()), words.size() * sizeof(text::WordId));
  }
  return key;
}

}  // namespace

/// How much a place would cost as an anchor; less is better.
struct Matcher::Cost {
  double common = 0;
  std::uint32_t alternatives = 0;
  std::uint32_t shortest = 0;
  friend bool operator<(const Cost& one, const Cost& two) {
    return std::tuple(one.common, one.alternatives, two.shortest) < std::tuple(two.common, two.alternatives, one.shortest);
  }
};

PatternId Matcher::add(const Pattern& pattern, text::Lexicon& lexicon, const WordLists& lists) {
  assert(pattern.elements.size() <= longest_pattern);
  Compiled compiled;
  compiled.places = static_cast<std::uint32_t>(places_.size());
  compiled.count = static_cast<std::uint8_t>(pattern.elements.size());
  compiled.at_start = pattern.at_start;
  compiled.at_end = pattern.at_end;
  for (const Element& element : pattern.elements) places_.push_back({set_of(element, lexicon, lists), element.gap, element.optional});
  patterns_.push_back(compiled);
  return PatternId{static_cast<std::uint32_t>(patterns_.size() - 1)};
}

std::uint32_t Matcher::set_of(const Element& element, text::Lexicon& lexicon, const WordLists& lists) {
  const bool only_list = element.phrases.empty() && element.lists.size() == 1;
  if (only_list) {
    const auto known = list_sets_.find(element.lists.front());
    if (known != list_sets_.end()) return known->second;
  }
  std::vector<WordSequence> alternatives;
  for (const std::string& phrase : element.phrases) {
    WordSequence words = words_of(phrase, lexicon);
    if (!words.empty()) alternatives.push_back(std::move(words));
  }
  for (const std::string& name : element.lists) {
    const std::vector<WordSequence>& list = lists.at(name);
    alternatives.insert(alternatives.end(), list.begin(), list.end());
  }
  std::sort(alternatives.begin(), alternatives.end());
  alternatives.erase(std::unique(alternatives.begin(), alternatives.end()), alternatives.end());
  const std::uint32_t set = set_of(alternatives, lexicon);
  if (only_list) list_sets_.emplace(element.lists.front(), set);
  return set;
}

// As a message would be read; new words enter the lexicon. Most are single words that it knows.
WordSequence Matcher::words_of(const std::string& phrase, text::Lexicon& lexicon) {
  const text::Lexicon::Entry entry = lexicon.find(phrase);
  if (entry.known() && entry.expansion_count == 0 && std::all_of(phrase.begin(), phrase.end(), text::is_ascii_letter)) return {entry.id};
  text::read_phrase(phrase, lexicon, memory_);
  WordSequence words;
  words.reserve(memory_.tokens.size());
  for (const text::Token& token : memory_.tokens) {
    const std::string_view word = std::string_view(memory_.folded).substr(token.folded.begin, token.folded.end - token.folded.begin);
    words.push_back(token.id != text::unknown_word ? token.id : lexicon.intern(word));
  }
  return words;
}

std::uint32_t Matcher::set_of(const std::vector<WordSequence>& alternatives, const text::Lexicon& lexicon) {
  const auto [known, is_new] = known_sets_.emplace(key_of(alternatives), static_cast<std::uint32_t>(sets_.size()));
  if (!is_new) return known->second;
  Set set;
  set.shortest = no_sequence;
  set.singles_begin = static_cast<std::uint32_t>(words_.size());
  for (const WordSequence& words : alternatives) {
    for (const text::WordId word : words) set.shortest = std::min(set.shortest, static_cast<std::uint32_t>(lexicon.word(word).size()));
    if (words.size() != 1) continue;
    words_.push_back(words.front());
    set.singles_mask |= bit_of(words.front());
    ++set.singles_count;
  }
  set.sequences_begin = static_cast<std::uint32_t>(by_first_.size());
  for (const WordSequence& words : alternatives) {
    if (words.size() < 2) continue;
    by_first_.push_back(static_cast<std::uint32_t>(sequences_.size()));
    by_last_.push_back(static_cast<std::uint32_t>(sequences_.size()));
    sequences_.push_back({static_cast<std::uint32_t>(words_.size()), static_cast<std::uint32_t>(words.size())});
    words_.insert(words_.end(), words.begin(), words.end());
    set.first_mask |= bit_of(words.front());
    set.last_mask |= bit_of(words.back());
    ++set.sequences_count;
  }
  const auto last_word = [this](std::uint32_t sequence) { return words_[sequences_[sequence].begin + sequences_[sequence].size - 1]; };
  std::sort(by_last_.begin() + set.sequences_begin, by_last_.end(),
            [&](std::uint32_t one, std::uint32_t two) { return last_word(one) < last_word(two); });
  sets_.push_back(set);
  return known->second;
}

std::uint32_t Matcher::rarest_word(const Sequence& sequence, const Commonness& commonness) const {
  std::uint32_t rarest = 0;
  for (std::uint32_t i = 1; i < sequence.size; ++i) {
    if (commonness(words_[sequence.begin + i]) < commonness(words_[sequence.begin + rarest])) rarest = i;
  }
  return rarest;
}

Matcher::Cost Matcher::cost_of(const Set& set, const Commonness& commonness) const {
  Cost cost;
  cost.alternatives = set.singles_count + set.sequences_count;
  cost.shortest = set.shortest;
  for (std::uint32_t i = 0; i < set.singles_count; ++i) cost.common += commonness(words_[set.singles_begin + i]);
  for (std::uint32_t i = 0; i < set.sequences_count; ++i) {
    const Sequence& sequence = sequences_[by_first_[set.sequences_begin + i]];
    cost.common += commonness(words_[sequence.begin + rarest_word(sequence, commonness)]);
  }
  return cost;
}

void Matcher::seal(const Commonness& commonness) {
  known_sets_ = {};
  list_sets_ = {};
  memory_ = {};
  std::vector<Cost> costs;
  costs.reserve(sets_.size());
  for (const Set& set : sets_) costs.push_back(cost_of(set, commonness));
  std::vector<std::pair<text::WordId, Posting>> postings;
  for (std::size_t id = 0; id < patterns_.size(); ++id) {
    Compiled& pattern = patterns_[id];
    const Place* places = places_.data() + pattern.places;
    std::optional<std::uint8_t> anchor;
    for (std::uint8_t i = 0; i < pattern.count; ++i) {
      if (!places[i].optional && (!anchor || costs[places[i].set] < costs[places[*anchor].set])) anchor = i;
    }
    assert(anchor);
    pattern.anchor = *anchor;
    const Set& set = sets_[places[*anchor].set];
    pattern.common = costs[places[*anchor].set].common >= too_common;
    const PatternId pattern_id{static_cast<std::uint32_t>(id)};
    const std::uint64_t also = also_needed(pattern);
    for (std::uint32_t i = 0; i < set.singles_count; ++i)
      postings.push_back({words_[set.singles_begin + i], {pattern_id, no_sequence, 0, also}});
    for (std::uint32_t i = 0; i < set.sequences_count; ++i) {
      const std::uint32_t sequence = by_first_[set.sequences_begin + i];
      const std::uint32_t offset = rarest_word(sequences_[sequence], commonness);
      postings.push_back({words_[sequences_[sequence].begin + offset], {pattern_id, sequence, offset, also}});
    }
  }
  index(postings);
}

// Of the places that may not be missing the one with the fewest words, apart from the anchor.
std::uint64_t Matcher::also_needed(const Compiled& pattern) const {
  std::uint64_t fewest = ~std::uint64_t{0};
  for (std::uint8_t i = 0; i < pattern.count; ++i) {
    const Place& place = places_[pattern.places + i];
    const std::uint64_t words = sets_[place.set].singles_mask | sets_[place.set].first_mask;
    if (i != pattern.anchor && !place.optional && std::popcount(words) < std::popcount(fewest)) fewest = words;
  }
  return fewest;
}

void Matcher::index(const std::vector<std::pair<text::WordId, Posting>>& postings) {
  std::size_t words = 0;
  for (const auto& [word, posting] : postings) words = std::max(words, static_cast<std::size_t>(word) + 1);
  postings_begin_.assign(words + 1, 0);
  for (const auto& [word, posting] : postings) ++postings_begin_[static_cast<std::size_t>(word) + 1];
  for (std::size_t i = 1; i < postings_begin_.size(); ++i) postings_begin_[i] += postings_begin_[i - 1];
  postings_.resize(postings.size());
  std::vector<std::uint32_t> next(postings_begin_);
  for (const auto& [word, posting] : postings) postings_[next[static_cast<std::size_t>(word)]++] = posting;
}

bool Matcher::anchored_on_common_word(PatternId id) const noexcept { return patterns_[static_cast<std::size_t>(id)].common; }

}  // namespace nurturer::understanding
