#include "engine/understanding/search.hpp"

#include <algorithm>

namespace nurturer::understanding {
namespace {

std::uint64_t bit_of(text::WordId word) noexcept { return 1ULL << (static_cast<std::uint32_t>(word) % 64U); }

}  // namespace

bool Search::verify(const Matcher::Posting& posting, std::size_t token, Hit& hit) {
  pattern_ = &matcher_.patterns_[static_cast<std::size_t>(posting.pattern)];
  places_ = matcher_.places_.data() + pattern_->places;
  anchor_token_ = token;
  Range anchor{token, token + 1};
  if (posting.sequence != Matcher::no_sequence) {
    const Matcher::Sequence& sequence = matcher_.sequences_[posting.sequence];
    if (!sequence_back(sequence, posting.offset, token, anchor.begin)) return false;
    if (!sequence_from(sequence, posting.offset, token, anchor.end)) return false;
  }
  for (std::size_t i = 0; i < pattern_->count; ++i) ranges_[i] = {};
  ranges_[pattern_->anchor] = anchor;
  steps_ = 0;
  if (!left(pattern_->anchor, anchor.begin)) return false;
  steps_ = 0;
  if (!right(pattern_->anchor, anchor.end)) return false;
  hit.pattern = posting.pattern;
  report(hit);
  return true;
}

/// Can the places before `place`, which begins at `begin`, be filled?
bool Search::left(std::size_t place, std::size_t begin) {
  if (has_failed(place, begin)) return false;
  unsigned window = 0;
  for (std::size_t next = place;; --next) {
    if (next == 0) {  // all others were filled or left out
      if (!pattern_->at_start || only_emoji(0, begin)) return true;
      break;
    }
    window += places_[next].gap;
    if (left_neighbour(next - 1, begin, window)) return true;
    if (!places_[next - 1].optional) break;
  }
  remember_failure(place, begin);
  return false;
}

bool Search::left_neighbour(std::size_t place, std::size_t begin, unsigned window) {
  for (std::size_t at = begin; at > 0 && !cut_before(at); --at) {
    const bool filled = fill_ending(place, at, [&](std::size_t from) {
      ranges_[place] = {from, at};
      return left(place, from);
    });
    if (filled) return true;
    if (is_emoji(at - 1)) continue;
    if (window == 0) break;
    --window;
  }
  ranges_[place] = {};
  return false;
}

bool Search::right(std::size_t place, std::size_t end) {
  if (has_failed(place, end)) return false;
  unsigned window = 0;
  for (std::size_t next = place + 1;; ++next) {
    if (next == pattern_->count) {
      if (!pattern_->at_end || only_emoji(end, size_)) return true;
      break;
    }
    window += places_[next].gap;
    if (right_neighbour(next, end, window)) return true;
    if (!places_[next].optional) break;
  }
  remember_failure(place, end);
  return false;
}

bool Search::right_neighbour(std::size_t place, std::size_t end, unsigned window) {
  for (std::size_t at = end; at < size_ && !cut_before(at); ++at) {
    const bool filled = fill_beginning(place, at, [&](std::size_t to) {
      ranges_[place] = {at, to};
      return right(place, to);
    });
    if (filled) return true;
    if (is_emoji(at)) continue;
    if (window == 0) break;
    --window;
  }
  ranges_[place] = {};
  return false;
}

/// Calls `next` with the first token of every filling of `place` that ends before `end`, until it says yes.
template <class Next>
bool Search::fill_ending(std::size_t place, std::size_t end, const Next& next) {
  const Matcher::Set& set = matcher_.sets_[places_[place].set];
  const text::Token& token = tokens_[end - 1];
  if ((holds(set, token.id) || holds(set, token.variant)) && next(end - 1)) return true;
  for (const text::WordId word : {token.id, token.variant}) {
    if ((set.last_mask & bit_of(word)) == 0 || word == text::unknown_word) continue;
    const auto last_word = [this](std::uint32_t sequence) {
      const Matcher::Sequence& words = matcher_.sequences_[sequence];
      return matcher_.words_[words.begin + words.size - 1];
    };
    const auto first = matcher_.by_last_.begin() + set.sequences_begin;
    auto found = std::lower_bound(first, first + set.sequences_count, word,
                                  [&](std::uint32_t sequence, text::WordId wanted) { return last_word(sequence) < wanted; });
    for (; found != first + set.sequences_count && last_word(*found) == word; ++found) {
      const Matcher::Sequence& sequence = matcher_.sequences_[*found];
      std::size_t begin = 0;
      if (sequence_back(sequence, sequence.size - 1, end - 1, begin) && next(begin)) return true;
    }
  }
  return false;
}

template <class Next>
bool Search::fill_beginning(std::size_t place, std::size_t begin, const Next& next) {
  const Matcher::Set& set = matcher_.sets_[places_[place].set];
  const text::Token& token = tokens_[begin];
  if ((holds(set, token.id) || holds(set, token.variant)) && next(begin + 1)) return true;
  for (const text::WordId word : {token.id, token.variant}) {
    if ((set.first_mask & bit_of(word)) == 0 || word == text::unknown_word) continue;
    const auto first_word = [this](std::uint32_t sequence) { return matcher_.words_[matcher_.sequences_[sequence].begin]; };
    const auto first = matcher_.by_first_.begin() + set.sequences_begin;
    auto found = std::lower_bound(first, first + set.sequences_count, word,
                                  [&](std::uint32_t sequence, text::WordId wanted) { return first_word(sequence) < wanted; });
    for (; found != first + set.sequences_count && first_word(*found) == word; ++found) {
      std::size_t end = 0;
      if (sequence_from(matcher_.sequences_[*found], 0, begin, end) && next(end)) return true;
    }
  }
  return false;
}

// Emoji between the words of a sequence do not part them.
bool Search::sequence_from(const Matcher::Sequence& sequence, std::uint32_t offset, std::size_t token, std::size_t& end) const {
  end = token + 1;
  for (std::uint32_t i = offset + 1; i < sequence.size; ++i) {
    while (end < size_ && !cut_before(end) && !is(end, matcher_.words_[sequence.begin + i]) && is_emoji(end)) ++end;
    if (end >= size_ || cut_before(end) || !is(end, matcher_.words_[sequence.begin + i])) return false;
    ++end;
  }
  return true;
}

bool Search::sequence_back(const Matcher::Sequence& sequence, std::uint32_t offset, std::size_t token, std::size_t& begin) const {
  begin = token;
  for (std::uint32_t i = offset; i > 0; --i) {
    const text::WordId word = matcher_.words_[sequence.begin + i - 1];
    while (begin > 0 && !cut_before(begin) && !is(begin - 1, word) && is_emoji(begin - 1)) --begin;
    if (begin == 0 || cut_before(begin) || !is(begin - 1, word)) return false;
    --begin;
  }
  return true;
}

bool Search::holds(const Matcher::Set& set, text::WordId word) const {
  if ((set.singles_mask & bit_of(word)) == 0) return false;
  const text::WordId* first = matcher_.words_.data() + set.singles_begin;
  if (set.singles_count <= 8) return std::find(first, first + set.singles_count, word) != first + set.singles_count;
  return std::binary_search(first, first + set.singles_count, word);
}

bool Search::only_emoji(std::size_t begin, std::size_t end) const {
  for (std::size_t token = begin; token < end; ++token) {
    if (!is_emoji(token)) return false;
  }
  return true;
}

bool Search::has_failed(std::size_t place, std::size_t at) {
  const std::size_t distance = at > anchor_token_ ? at - anchor_token_ : anchor_token_ - at;
  if (distance >= farthest) return true;
  ++steps_;
  if (steps_ < steps_before_memory) return false;
  if (steps_ == steps_before_memory) {
    for (auto& row : failed_) row.fill(0);
  }
  return (failed_[place][distance / 64] >> (distance % 64) & 1U) != 0;
}

void Search::remember_failure(std::size_t place, std::size_t at) {
  if (steps_ < steps_before_memory) return;
  const std::size_t distance = at > anchor_token_ ? at - anchor_token_ : anchor_token_ - at;
  failed_[place][distance / 64] |= 1ULL << (distance % 64);
}

void Search::report(Hit& hit) const {
  std::size_t first = size_;
  std::size_t last = 0;
  for (std::size_t i = 0; i < pattern_->count; ++i) {
    if (ranges_[i].begin == ranges_[i].end) continue;
    first = std::min(first, ranges_[i].begin);
    last = std::max(last, ranges_[i].end - 1);
  }
  hit.first = static_cast<std::uint16_t>(first);
  hit.last = static_cast<std::uint16_t>(last);
  hit.taken = 0;
  for (std::size_t i = 0; i < pattern_->count; ++i) {
    for (std::size_t token = ranges_[i].begin; token < ranges_[i].end && token - first < 32; ++token) hit.taken |= 1U << (token - first);
  }
}

namespace {

std::uint64_t words_in_sentence(const text::Text& text, std::size_t token) noexcept {
  std::uint64_t bits = 0;
  do {
    bits |= bit_of(text.tokens[token].id) | bit_of(text.tokens[token].variant);
    ++token;
  } while (token < text.tokens.size() && text.tokens[token].before != text::Break::sentence);
  return bits;
}

}  // namespace

void Matcher::keep(const Hit& hit, bool first, Scratch::Seen& seen, std::vector<Hit>& hits) {
  seen.count = first ? 1 : seen.count + 1;
  if (seen.count <= most_hits) {
    seen.last_hit = static_cast<std::uint32_t>(hits.size());
    hits.push_back(hit);
  } else {
    hits[seen.last_hit] = hit;
  }
}

void Matcher::find(const text::Text& text, Scratch& scratch, std::vector<Hit>& hits) const {
  const std::size_t tokens = text.tokens.size();
  if (scratch.seen.size() < patterns_.size() || scratch.epoch > 0xFFFF'0000U - tokens) {
    scratch.seen.assign(patterns_.size(), {});
    scratch.epoch = 0;
  }
  const std::uint32_t before = scratch.epoch;
  const std::size_t words = postings_begin_.empty() ? 0 : postings_begin_.size() - 1;
  Search search(*this, text);
  Hit hit;
  std::uint64_t sentence = 0;
  for (std::size_t token = 0; token < tokens; ++token) {
    if (token == 0 || text.tokens[token].before == text::Break::sentence) sentence = words_in_sentence(text, token);
    const std::uint32_t epoch = ++scratch.epoch;
    for (const text::WordId word : {text.tokens[token].id, text.tokens[token].variant}) {
      if (static_cast<std::size_t>(word) >= words) continue;
      const Posting* const end = postings_.data() + postings_begin_[static_cast<std::size_t>(word) + 1];
      for (const Posting* posting = postings_.data() + postings_begin_[static_cast<std::size_t>(word)]; posting != end; ++posting) {
        if ((posting->also & sentence) == 0) continue;
        const auto pattern = static_cast<std::size_t>(posting->pattern);
        Scratch::Seen& seen = scratch.seen[pattern];
        const bool enough = seen.epoch == epoch || (seen.epoch > before && patterns_[pattern].once);
        if (enough || !search.verify(*posting, token, hit)) continue;
        keep(hit, seen.epoch <= before, seen, hits);
        seen.epoch = epoch;
      }
    }
  }
}

}  // namespace nurturer::understanding
