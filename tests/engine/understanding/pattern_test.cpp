#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "engine/understanding/pattern.hpp"

using namespace nurturer::understanding;

namespace {

/// The pattern written out again, from what was understood of it.
std::string understood(const Pattern& pattern) {
  std::string line = pattern.at_start ? "^" : "";
  for (const Element& element : pattern.elements) {
    if (!line.empty()) line += " ";
    if (element.gap > 0) line += "..." + std::to_string(element.gap) + " ";
    line += "(";
    for (const std::string& phrase : element.phrases) line += (line.back() == '(' ? "" : "|") + phrase;
    for (const std::string& list : element.lists) line += (line.back() == '(' ? "{" : "|{") + list + "}";
    line += element.optional ? ")?" : ")";
  }
  return line + (pattern.at_end ? " $" : "");
}

}  // namespace

TEST_CASE("what a pattern may hold") {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"he left me", "(he) (left) (me)"},
      {"  he   left  ", "(he) (left)"},
      {"he (left|dumped) me", "(he) (left|dumped) (me)"},
      {"(let go|left)", "(let go|left)"},
      {"( let go | left )", "(let go|left)"},
      {"{partner} ... leave~ me", "({partner}) ...4 (leave~) (me)"},
      {"a ...9 b", "(a) ...9 (b)"},
      {"a …2 b", "(a) ...2 (b)"},
      {"a...b", "(a) ...4 (b)"},
      {"please? stop", "(please)? (stop)"},
      {"{a}? (b|c)? d", "({a})? (b|c)? (d)"},
      {"leave~? me", "(leave~)? (me)"},
      {"(leave~ me|go~)", "(leave~ me|go~)"},
      {"({partner}|he|{friend})", "(he|{partner}|{friend})"},
      {"^ hi $", "^ (hi) $"},
      {"^hi$", "^ (hi) $"},
      {"can't self-harm", "(can't) (self-harm)"},
      {"can’t", "(can’t)"},
      {"💔 ❤️", "(💔) (❤️)"},
      {"naïve 24", "(naïve) (24)"},
      {"a ... 9 b", "(a) ...4 (9) (b)"},
  };
  for (const auto& [written, meant] : cases) {
    INFO(written);
    const auto parsed = parse_pattern(written);
    REQUIRE(parsed.has_value());
    CHECK(understood(*parsed) == meant);
    CHECK(parsed->written == written);
  }
}

TEST_CASE("faults name the author's words and a way out") {
  struct Case {
    const char* written;
    const char* fragment;
    const char* problem;
    const char* remedy;
  };
  const std::vector<Case> cases = {
      {"", "", "empty", "at least one word"},
      {"^ $", "^ $", "empty", "at least one word"},
      {"he (left", "(left", "not closed", "parted by |"},
      {"{partner ... me", "{partner ... me", "not closed", "between { and }"},
      {"{} me", "{}", "no name", "{partner}"},
      {"{my partner} x", "{my partner}", "no name", "{partner}"},
      {"(a|) b", "(a|)", "empty", "\"|\""},
      {"() b", "()", "empty", "\"|\""},
      {"(a|(b|c)) d", "(a|(b|c)", "inside a choice", "side by side"},
      {"(my {partner}|x) y", "my {partner}", "among words", "choice of its own"},
      {"a | b", "a | b", "outside", "(a|b)"},
      {"a) b", "a) b", "closes nothing", "opening mark"},
      {"b a) c", "b a) c", "closes nothing", "opening mark"},
      {"... a", "...", "begins with a gap", "anywhere"},
      {"a ...", "a ...", "ends with a gap", "always follow"},
      {"...", "...", "begins with a gap", "anywhere"},
      {"a ... ... b", "...", "Two gaps", "...8"},
      {"a ...0 b", "...0", "1 to 20", "...9"},
      {"a ...21 b", "...21", "1 to 20", "...9"},
      {"a ...99999999999 b", "...99999999999", "1 to 20", "...9"},
      {"a .. b", "a .. b", "three dots", "full stop"},
      {"a. b", "a. b", "three dots", "full stop"},
      {"a, b", ",", "Marks cannot", "do not matter"},
      {"a b!", "!", "Marks cannot", "do not matter"},
      {"a \"b\"", "\"", "Marks cannot", "do not matter"},
      {"a? b?", "a? b?", "may be missing", "at least one"},
      {"(text|call)ed me", "(text|call)ed", "without a space", "(text~|call~)"},
      {"a{list}", "a{list}", "without a space", "space between"},
      {"{list}s", "{list}s", "without a space", "space between"},
      {"a?~ b", "a?~", "behind a single word", "leave~?"},
      {"a~~ b", "a~~", "behind a single word", "leave~?"},
      {"{a}~ b", "{a}~", "behind a single word", "leave~?"},
      {"~ a", "~ a", "end of a word", "right behind"},
      {"? a", "? a", "end of a word", "right behind"},
      {"(a? b|c) d", "a? b", "end of a word", "right behind"},
      {"lea~ve", "lea~ve", "without a space", "space between"},
      {"(lea~ve me|c) d", "lea~ve me", "end of a word", "right behind"},
      {"a ^ b", "^", "behind the start", "first"},
      {"a $ b", "$", "before the end", "last"},
      {"(^ a|b)", "^ a", "inside a choice", "first"},
      {"a .* b", "a .* b", "three dots", "full stop"},
      {"a * b", "*", "means nothing", "regex ="},
      {"[ab] c", "[", "means nothing", "regex ="},
      {"a\\b", "\\", "means nothing", "regex ="},
      {"- a", "-", "no letter", "Write a word"},
      {"a b c d e f g h i j k l m", "a b c d e f g h i j k l m", "more than 12", "two cues"},
      {"a \xFF b", "\xFF", "means nothing", "regex ="},
  };
  for (const Case& one : cases) {
    INFO(one.written);
    const auto parsed = parse_pattern(one.written);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().fragment == one.fragment);
    CHECK_THAT(parsed.error().problem, Catch::Contains(one.problem));
    CHECK_THAT(parsed.error().remedy, Catch::Contains(one.remedy));
  }
}

TEST_CASE("twelve places are not too many") { CHECK(parse_pattern("a b c d e f g h i j k l").has_value()); }
