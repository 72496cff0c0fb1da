// Patterns and a message, parted by an empty line: what the matcher finds is what a plain search by the definition finds.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding/matcher.hpp"
#include "engine/understanding/pattern.hpp"
#include "tests/engine/text/reading.hpp"

using namespace nurturer;
using namespace nurturer::understanding;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// The slow way: every place at every word.
class Plain {
 public:
  Plain(const Pattern& pattern, const text::Lexicon& lexicon, const text::Text& text) : pattern_(pattern), tokens_(text.tokens) {
    places_.reserve(pattern.elements.size());
    for (const Element& element : pattern.elements) {
      std::vector<WordSequence> phrases;
      phrases.reserve(element.phrases.size());
      for (const std::string& phrase : element.phrases) phrases.push_back(words_of(phrase, lexicon));
      places_.push_back(phrases);
    }
  }

  [[nodiscard]] bool found() const {
    for (std::size_t first = 0; first < places_.size(); ++first) {
      for (std::size_t at = 0; at < tokens_.size(); ++at) {
        if ((!pattern_.at_start || only_emoji(0, at)) && fill(first, at)) return true;
      }
      if (!pattern_.elements[first].optional) return false;
    }
    return false;
  }

 private:
  static WordSequence words_of(const std::string& phrase, const text::Lexicon& lexicon) {
    text::Text text;
    text::read_phrase(phrase, lexicon, text);
    WordSequence words;
    words.reserve(text.tokens.size());
    for (const text::Token& token : text.tokens) words.push_back(token.id);
    return words;
  }

  [[nodiscard]] bool fill(std::size_t place, std::size_t at) const {
    for (const WordSequence& words : places_[place]) {
      if (!words.empty() && sequence(words, 0, place, at)) return true;
    }
    return false;
  }

  [[nodiscard]] bool sequence(const WordSequence& words, std::size_t word, std::size_t place, std::size_t at) const {
    if (at >= tokens_.size()) return false;
    const bool fits = tokens_[at].id == words[word] || tokens_[at].variant == words[word];
    if (fits && word + 1 == words.size()) return rest(place, at + 1);
    if (fits && goes_on(at + 1) && sequence(words, word + 1, place, at + 1)) return true;
    return word > 0 && !fits && is_emoji(at) && goes_on(at + 1) && sequence(words, word, place, at + 1);
  }

  [[nodiscard]] bool rest(std::size_t place, std::size_t end) const {
    unsigned window = 0;
    for (std::size_t next = place + 1;; ++next) {
      if (next == places_.size()) return !pattern_.at_end || only_emoji(end, tokens_.size());
      window += pattern_.elements[next].gap;
      unsigned words = 0;
      for (std::size_t at = end; words <= window && goes_on(at); ++at) {
        if (fill(next, at)) return true;
        if (!is_emoji(at)) ++words;
      }
      if (!pattern_.elements[next].optional) return false;
    }
  }

  [[nodiscard]] bool goes_on(std::size_t at) const { return at < tokens_.size() && tokens_[at].before != text::Break::sentence; }
  [[nodiscard]] bool is_emoji(std::size_t at) const { return tokens_[at].kind == text::TokenKind::emoji; }
  [[nodiscard]] bool only_emoji(std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end; ++at) {
      if (!is_emoji(at)) return false;
    }
    return true;
  }

  const Pattern& pattern_;
  const std::vector<text::Token>& tokens_;
  std::vector<std::vector<WordSequence>> places_;
};

void check(const Hit& hit, const text::Text& text) {
  require(hit.first <= hit.last && hit.last < text.tokens.size(), "hit outside of the message");
  require(hit.takes(hit.first) && hit.takes(hit.last), "its ends are not taken");
  for (std::size_t token = std::size_t{hit.first} + 1; token <= hit.last; ++token) {
    require(text.tokens[token].before != text::Break::sentence, "it reaches across a sentence");
  }
}

/// The slow way is only for patterns and messages that it can do.
bool is_small(const Pattern& pattern, const text::Text& text) { return pattern.elements.size() <= 6 && text.tokens.size() <= 24; }

struct Input {
  std::vector<Pattern> patterns;
  std::string_view message;
};

Input parse(std::string_view all) {
  Input input;
  while (!all.empty()) {
    const std::size_t end = std::min(all.find('\n'), all.size());
    const std::string_view line = all.substr(0, end);
    all.remove_prefix(std::min(end + 1, all.size()));
    if (line.empty()) break;
    auto pattern = parse_pattern(line);
    if (!pattern) {
      require(!pattern.error().problem.empty() && !pattern.error().remedy.empty(), "a fault without a word");
      continue;
    }
    bool lists = false;
    for (const Element& element : pattern->elements) lists = lists || !element.lists.empty();
    if (!lists && input.patterns.size() < 32) input.patterns.push_back(*std::move(pattern));
  }
  input.message = all;
  return input;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Input input = parse({reinterpret_cast<const char*>(data), size});
  text::Lexicon lexicon = text::test::lexicon_of("i not can", "kms", {{"idk", "i do not know"}});
  Matcher matcher;
  for (const Pattern& pattern : input.patterns) matcher.add(pattern, lexicon, {});
  matcher.seal([](text::WordId word) { return static_cast<std::uint32_t>(word) % 2 == 0 ? 0.01 : 0.0; });
  text::Text text;
  text::read(input.message, lexicon, text);
  Matcher::Scratch scratch;
  std::vector<Hit> hits;
  matcher.find(text, scratch, hits);
  std::vector<std::uint32_t> counts(input.patterns.size());
  for (const Hit& hit : hits) {
    check(hit, text);
    ++counts[static_cast<std::size_t>(hit.pattern)];
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    require(counts[i] <= Matcher::most_hits, "too many hits");
    if (is_small(input.patterns[i], text))
      require((counts[i] > 0) == Plain(input.patterns[i], lexicon, text).found(), "the plain search disagrees");
  }
  return 0;
}
