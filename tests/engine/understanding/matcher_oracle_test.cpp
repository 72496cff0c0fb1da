// The matcher against RE2: thousands of made-up patterns on made-up texts, every answer compared.
//
// Each token of a text is one letter for RE2: a word 'a'..'h', an emoji 'E' or 'F', 'A' a word that is read as 'a' or as 'b', and
// '.' the end of a sentence. A pattern becomes an expression by its definition, not by the matcher's way of finding it.
#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "engine/understanding/matcher.hpp"
#include "engine/understanding/pattern.hpp"

using namespace nurturer;
using namespace nurturer::understanding;

namespace {

using Dice = std::mt19937;
int roll(Dice& dice, int sides) { return static_cast<int>(dice() % static_cast<unsigned>(sides)); }

const std::string emoji_between = "[EF]*";
const std::string emoji = "🥺";  // what 'F' stands for
std::string word_of(char letter) { return letter == 'A' ? "a" : letter == 'F' ? emoji : std::string(1, letter); }

struct Made {
  std::string pattern;
  std::string expression;    // of all tokens from the first to the last
  std::string whole;         // the same, with what may stand before and behind
  std::string without_gaps;  // of the tokens that fill places
};

std::string letter_class(char letter) {
  if (letter == 'a' || letter == 'b') return std::string("[") + letter + "A]";
  return std::string(1, letter);
}

class Maker {
 public:
  Maker() {
    lists_["x"] = {"a", "c d", "e"};
    lists_["y"] = {"b", "b c", "a b c", "F", "g"};
  }

  [[nodiscard]] const std::map<std::string, std::vector<std::string>>& lists() const { return lists_; }

  Made pattern(Dice& dice) {
    const bool at_start = roll(dice, 8) == 0;
    const bool at_end = roll(dice, 8) == 0;
    const std::vector<Place> places = made_places(dice);
    Made made;
    for (const Place& place : places) {
      if (place.gap > 0) made.pattern += place.gap == 4 ? "... " : "..." + std::to_string(place.gap) + " ";
      made.pattern += place.written + (place.optional ? "? " : " ");
    }
    if (at_start) made.pattern = "^ " + made.pattern;
    if (at_end) made.pattern += "$";
    std::vector<std::string> with_gaps, without_gaps;
    for (unsigned choice = 0; choice < (1U << places.size()); ++choice) add_choice(places, choice, with_gaps, without_gaps);
    made.expression = either(with_gaps);
    made.without_gaps = either(without_gaps);
    made.whole = (at_start ? "^[EF.]*" : "") + made.expression + (at_end ? "[EF.]*$" : "");
    return made;
  }

 private:
  struct Place {
    std::string written;
    std::string expression;
    bool optional = false;
    int gap = 0;
  };

  std::vector<Place> made_places(Dice& dice) {
    std::vector<Place> places(static_cast<std::size_t>(1 + roll(dice, 5)));
    const auto sure = static_cast<std::size_t>(roll(dice, static_cast<int>(places.size())));  // this one may not be missing
    for (std::size_t i = 0; i < places.size(); ++i) {
      std::tie(places[i].written, places[i].expression) = place(dice);
      places[i].optional = i != sure && roll(dice, 4) == 0;
      if (i > 0 && roll(dice, 3) == 0) places[i].gap = roll(dice, 2) == 0 ? 4 : 1 + roll(dice, 7);
    }
    return places;
  }

  /// The expression for one choice of which places are filled, unless one is missing that may not.
  static void add_choice(const std::vector<Place>& places, unsigned choice, std::vector<std::string>& with_gaps,
                         std::vector<std::string>& without_gaps) {
    std::string wide, bare;
    int gap = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
      gap += places[i].gap;
      if ((choice >> i & 1U) == 0) {
        if (!places[i].optional) return;
        continue;
      }
      if (!bare.empty())
        wide.append(emoji_between).append("(?:[a-hA]").append(emoji_between).append("){0,").append(std::to_string(gap)).append("}");
      wide += places[i].expression;
      bare += places[i].expression;
      gap = 0;
    }
    with_gaps.push_back(wide);
    without_gaps.push_back(bare);
  }

  static std::string either(const std::vector<std::string>& expressions) {
    std::string all;
    for (const std::string& one : expressions) all += (all.empty() ? "(?:" : "|") + one;
    return all + ")";
  }

  static std::string sequence(std::string_view phrase) {
    std::string expression;
    for (const char letter : phrase) {
      if (letter == ' ') continue;
      if (!expression.empty()) expression += emoji_between;
      expression += letter_class(letter);
    }
    return expression;
  }

  static std::string phrase(Dice& dice, int longest) {
    std::string words;
    for (int i = 1 + roll(dice, longest); i > 0; --i) words += std::string(words.empty() ? "" : " ") + "abcdefgh"[roll(dice, 8)];
    return words;
  }

  std::pair<std::string, std::string> place(Dice& dice) {
    switch (roll(dice, 5)) {
      case 0: return list(roll(dice, 2) == 0 ? "x" : "y");
      case 1: {
        std::string written;
        std::vector<std::string> expressions;
        for (int choices = 1 + roll(dice, 4); choices > 0; --choices) {
          const std::string words = phrase(dice, 3);
          written += (written.empty() ? "(" : "|") + words;
          expressions.push_back(sequence(words));
        }
        if (roll(dice, 4) == 0) {
          written += "|{x}";
          expressions.push_back(list("x").second);
        }
        return {written + ")", either(expressions)};
      }
      case 2:
        if (roll(dice, 4) == 0) return {emoji, "F"};
        [[fallthrough]];
      default: {
        const std::string word = phrase(dice, 1);
        return {word, letter_class(word[0])};
      }
    }
  }

  std::pair<std::string, std::string> list(const std::string& name) {
    std::vector<std::string> expressions;
    for (const std::string& entry : lists_[name]) expressions.push_back(sequence(entry));
    return {"{" + name + "}", either(expressions)};
  }

  std::map<std::string, std::vector<std::string>> lists_;
};

std::string made_text(Dice& dice) {
  std::string letters;
  for (int i = roll(dice, 24); i >= 0; --i) letters += "abcdefghaabbcAEF."[roll(dice, 17)];
  return letters;
}

text::Text text_of(const std::string& letters, const text::Lexicon& lexicon) {
  text::Text text;
  bool cut = true;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] == '.') {
      cut = true;
      continue;
    }
    text::Token token;
    const auto at = static_cast<std::uint32_t>(i);
    token.span = token.folded = {at, at + 1};
    token.id = lexicon.find(word_of(letters[i])).id;
    if (letters[i] == 'A') token.variant = lexicon.find("b").id;
    if (letters[i] == 'E' || letters[i] == 'F') token.kind = text::TokenKind::emoji;
    if (letters[i] == 'E') token.id = text::unknown_word;
    token.before = cut ? text::Break::sentence : text::Break::none;
    cut = false;
    text.tokens.push_back(token);
  }
  text.folded = letters;
  return text;
}

WordLists lists_of(const Maker& maker, text::Lexicon& lexicon) {
  WordLists lists;
  for (const auto& [name, entries] : maker.lists()) {
    for (const std::string& entry : entries) {
      WordSequence words;
      for (const char letter : entry) {
        if (letter != ' ') words.push_back(lexicon.intern(word_of(letter)));
      }
      lists[name].push_back(words);
    }
  }
  return lists;
}

double commonness_of(text::WordId word) {
  return static_cast<std::uint32_t>(word) % 3 == 0 ? 0.1 : 0.001 * static_cast<std::uint32_t>(word);
}

/// Fifty patterns, compiled both ways.
struct Round {
  Round(Maker& maker, Dice& dice) {
    const WordLists lists = lists_of(maker, lexicon);
    for (int i = 0; i < 50; ++i) {
      patterns.push_back(maker.pattern(dice));
      const auto parsed = parse_pattern(patterns.back().pattern);
      INFO(patterns.back().pattern);
      REQUIRE(parsed.has_value());
      matcher.add(*parsed, lexicon, lists);
      whole.push_back(std::make_unique<RE2>(patterns.back().whole));
      REQUIRE(whole.back()->ok());
    }
    matcher.seal(commonness_of);
  }

  text::Lexicon lexicon;
  Matcher matcher;
  Matcher::Scratch scratch;
  std::vector<Made> patterns;
  std::vector<std::unique_ptr<RE2>> whole;
};

/// Empty if the hit is one by the pattern's definition.
std::string wrong_in(const Hit& hit, const Made& made, const text::Text& text) {
  const std::uint32_t begin = text.tokens[hit.first].span.begin;
  const std::string range = text.folded.substr(begin, text.tokens[hit.last].span.end - begin);
  std::string taken;
  for (std::size_t token = hit.first; token <= hit.last; ++token) {
    if (hit.takes(token)) taken += text.folded[text.tokens[token].span.begin];
  }
  if (!RE2::FullMatch(range, made.expression)) return "no such find: " + range;
  if (!RE2::FullMatch(taken, made.without_gaps)) return "these words do not fill its places: " + taken;
  return {};
}

/// Which patterns were found; hits are checked one by one.
std::vector<bool> matched_in(Round& round, const text::Text& text) {
  std::vector<bool> matched(round.patterns.size());
  std::vector<Hit> hits;
  round.matcher.find(text, round.scratch, hits);
  for (const Hit& hit : hits) {
    const auto pattern = static_cast<std::size_t>(hit.pattern);
    matched[pattern] = true;
    const std::string wrong = wrong_in(hit, round.patterns[pattern], text);
    if (!wrong.empty()) FAIL("pattern " << round.patterns[pattern].pattern << "  text " << text.folded << "  " << wrong);
  }
  return matched;
}

}  // namespace

TEST_CASE("the matcher finds what RE2 finds, and nothing else") {
  Dice dice(20'260'131);
  Maker maker;
  std::size_t compared = 0;
  std::size_t found = 0;
  for (int i = 0; i < 60; ++i) {
    Round round(maker, dice);
    for (int j = 0; j < 60; ++j) {
      const text::Text text = text_of(made_text(dice), round.lexicon);
      const std::vector<bool> matched = matched_in(round, text);
      for (std::size_t pattern = 0; pattern < matched.size(); ++pattern, ++compared) {
        const bool wanted = RE2::PartialMatch(text.folded, *round.whole[pattern]);
        found += wanted ? 1 : 0;
        if (matched[pattern] == wanted) continue;
        FAIL((wanted ? "missed" : "made up") << ": pattern " << round.patterns[pattern].pattern << "  text " << text.folded);
      }
    }
  }
  CHECK(compared == 180'000);
  CHECK(found > 20'000);  // the comparison is about something
}
