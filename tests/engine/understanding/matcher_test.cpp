#include <catch2/catch.hpp>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include "engine/understanding/matcher.hpp"
#include "engine/understanding/pattern.hpp"
#include "tests/engine/text/reading.hpp"

using namespace nurturer;
using namespace nurturer::understanding;

namespace {

/// A matcher of one pattern, and what it finds.
class One {
 public:
  explicit One(const std::string& pattern, const WordLists& lists = {}) {
    const auto parsed = parse_pattern(pattern);
    REQUIRE(parsed.has_value());
    matcher_.add(*parsed, lexicon_, lists);
    matcher_.seal([](text::WordId) { return 0.0; });
  }

  std::vector<Hit> hits(std::string_view message) {
    text::read(message, lexicon_, text_);
    std::vector<Hit> found;
    matcher_.find(text_, scratch_, found);
    return found;
  }

  /// The words that each hit takes, with ".." for those it does not; hits parted by "|".
  std::string find(std::string_view message) {
    std::string line;
    for (const Hit& hit : hits(message)) {
      if (!line.empty()) line += "|";
      for (std::size_t token = hit.first; token <= hit.last; ++token) {
        if (token > hit.first) line += " ";
        line += hit.takes(token) ? std::string(text::test::folded(text_, text_.tokens[token])) : "..";
      }
    }
    return line;
  }

 private:
  text::Lexicon lexicon_;
  Matcher matcher_;
  Matcher::Scratch scratch_;
  text::Text text_;
};

std::string repeated(std::string_view piece, std::size_t count) {
  std::string message;
  while (count-- > 0) message += piece;
  return message;
}

}  // namespace

TEST_CASE("words follow each other") {
  One pattern("he left me");
  CHECK(pattern.find("so he left me again") == "he left me");
  CHECK(pattern.find("he never left me").empty());
  CHECK(pattern.find("he left").empty());
  CHECK(pattern.find("left me he").empty());
  CHECK(pattern.find("he left me. he left me") == "he left me|he left me");
}

TEST_CASE("marks do not part words, but the end of a sentence does") {
  One pattern("he left me");
  CHECK(pattern.find("he, left... me") == "he left me");
  CHECK(pattern.find("he\nleft\nme") == "he left me");
  CHECK(pattern.find("he left. me").empty());
  CHECK(pattern.find("he? left me").empty());
}

TEST_CASE("emoji part nothing and are found themselves") {
  One pattern("he left me");
  CHECK(pattern.find("he 😭 left 🥺😭 me") == "he .. left .. .. me");
  CHECK(One("(he left|x) me").find("he 😭 left me") == "he 😭 left me");
  CHECK(One("left 💔").find("he left 😭💔") == "left .. 💔");
  CHECK(One("💔 $").find("he left 💔") == "💔");
}

TEST_CASE("gaps are as wide as written") {
  One four("he ... me");
  CHECK(four.find("he me") == "he me");
  CHECK(four.find("he a b c d me") == "he .. .. .. .. me");
  CHECK(four.find("he a b c d e me").empty());
  CHECK(four.find("he a. me").empty());
  One two("he ...2 me");
  CHECK(two.find("he a b me") == "he .. .. me");
  CHECK(two.find("he a b c me").empty());
  CHECK(four.find("he he me me") == "he .. me|he me");  // one for each anchor ("he"), the nearest
}

TEST_CASE("the start and the end of a message") {
  CHECK(One("^ hi").find("hi there") == "hi");
  CHECK(One("^ hi").find("oh hi").empty());
  CHECK(One("^ hi").find("😭 hi") == "hi");
  CHECK(One("hi $").find("oh hi!") == "hi");
  CHECK(One("hi $").find("hi 😭 💔") == "hi");
  CHECK(One("hi $").find("hi there").empty());
  CHECK(One("^hi$").find("hi") == "hi");
  CHECK(One("^hi$").find("hi hi").empty());
  CHECK(One("^ please? stop $").find("please stop") == "please stop");
  CHECK(One("^ please? stop $").find("stop") == "stop");
  CHECK(One("^ please? stop $").find("now please stop").empty());
  CHECK(One("^ stop please? $").find("stop please now").empty());
}

TEST_CASE("places that may be missing") {
  One pattern("he (really)? left me?");
  CHECK(pattern.find("he left") == "he left");
  CHECK(pattern.find("he really left me") == "he really left me");
  CHECK(pattern.find("he just left me").empty());
  One gap("he ... really? left");
  CHECK(gap.find("he has left") == "he .. left");
  CHECK(gap.find("he has really left") == "he .. really left");
  One two("a b? c? d");
  CHECK(two.find("a d") == "a d");
  CHECK(two.find("a b d") == "a b d");
  CHECK(two.find("a c d") == "a c d");
  CHECK(two.find("a c b d").empty());
}

TEST_CASE("choices of words and of lists") {
  text::Lexicon lexicon;
  One pattern("(he|she) (left|let go of|is over) me");
  CHECK(pattern.find("she let go of me") == "she let go of me");
  CHECK(pattern.find("he left me") == "he left me");
  CHECK(pattern.find("he let go me").empty());
  CHECK(pattern.find("let go of she left me") == "she left me");
}

TEST_CASE("words of a pattern are read as in a message") {
  CHECK(One("can't breathe").find("i can not breathe") == "can not breathe");
  CHECK(One("can not breathe").find("I CAN’T breathe") == "can not breathe");
  CHECK(One("self-harm").find("self harm") == "self harm");
  CHECK(One("Café").find("CAFE\u0301") == "café");
  CHECK(One("my mother's").find("my mother's house") == "my mother 's");
}

TEST_CASE("a second reading fills a place as the first does") {
  text::Lexicon lexicon;
  lexicon.add_maskable("suicide");
  Matcher matcher;
  matcher.add(*parse_pattern("think of suicide"), lexicon, {});
  matcher.add(*parse_pattern("(commit suicide|x) now"), lexicon, {});
  matcher.seal([&](text::WordId word) { return lexicon.word(word) == "suicide" ? 0.0 : 0.1; });
  text::Text text;
  text::read("think of su1cide. commit s*icide now", lexicon, text);
  std::vector<Hit> hits;
  Matcher::Scratch scratch;
  matcher.find(text, scratch, hits);
  CHECK(hits.size() == 2);
}

TEST_CASE("one scratch serves many searches, and hits are appended") {
  One pattern("he left");
  CHECK(pattern.find("he left") == "he left");
  CHECK(pattern.find("nothing").empty());
  CHECK(pattern.find("he left he left") == "he left|he left");
}

TEST_CASE("of endless hits the first ones and the last are kept") {
  One pattern("i die");
  const std::vector<Hit> hits = pattern.hits(repeated("i die ", 500));
  REQUIRE(hits.size() == Matcher::most_hits);
  CHECK(hits.front().first == 0);
  CHECK(hits[1].first == 2);
  CHECK(hits.back().first == 998);
  CHECK(pattern.hits("i die i die").size() == 2);  // counted anew in each message
}

TEST_CASE("of some patterns one hit is enough") {
  text::Lexicon lexicon;
  Matcher matcher;
  const PatternId once = matcher.add(*parse_pattern("i die"), lexicon, {});
  matcher.add(*parse_pattern("i die"), lexicon, {});
  matcher.find_once(once);
  matcher.seal([](text::WordId) { return 0.0; });
  Matcher::Scratch scratch;
  for (int i = 0; i < 2; ++i) {
    std::vector<Hit> hits;
    matcher.find(text::test::read("i live. i die. i die", lexicon), scratch, hits);
    CHECK(std::count_if(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.pattern == once; }) == 1);
    CHECK(hits.size() == 3);
  }
}

TEST_CASE("common words are no anchors if there is another") {
  text::Lexicon lexicon;
  Matcher matcher;
  const PatternId only_common = matcher.add(*parse_pattern("i am"), lexicon, {});
  const PatternId mixed = matcher.add(*parse_pattern("i am sad"), lexicon, {});
  matcher.seal([&](text::WordId word) { return lexicon.word(word) == "sad" ? 0.0 : 0.04; });
  CHECK(matcher.anchored_on_common_word(only_common));
  CHECK_FALSE(matcher.anchored_on_common_word(mixed));
  CHECK(matcher.size() == 2);
}

TEST_CASE("hostile messages are searched in time") {
  const std::vector<std::string> patterns = {"a ...20 a ...20 a ...20 a ...20 a ...20 a ...20 b",
                                             "a ... a ... a ... a ... a ... b",
                                             "a a a a a a a a a a a b",
                                             "(a|a a|a a a) ... (a|a a|a a a) ... (a|a a|a a a) ... (a|a a|a a a) ... b",
                                             "b ...20 a ...20 a ...20 a ...20 a ...20 a ...20 a $",
                                             "a? ... a? ... a? ... a? ... b ... a? ... c"};
  for (const std::string& written : patterns) {
    for (const char* piece : {"a ", "a a x ", "b a ", "a 😭 ", "can't a "}) {
      INFO(written << " in " << piece << "...");
      One pattern(written);
      const std::clock_t start = std::clock();
      const std::size_t bytes = written.find("20") == std::string::npos ? 65'000 : 4'000;  // gaps of 20 in a row are the author's own fault
      pattern.hits(repeated(piece, bytes / std::string_view(piece).size()));
      CHECK(std::clock() - start < 10 * CLOCKS_PER_SEC);  // some milliseconds, but sanitizers are slow
    }
  }
}

TEST_CASE("what takes many steps is still found") {
  One pattern("a ...20 a ...20 a ...20 a ...20 a ...20 c b");
  const std::string row = repeated("a ", 90);
  CHECK(pattern.hits(row + "b").empty());
  CHECK_FALSE(pattern.hits(row + "c b").empty());
  One optional("a? ...9 a ...9 a? ...9 a ...9 a ...9 c ... b");
  CHECK(optional.hits(row + "x b").empty());
  CHECK_FALSE(optional.hits(row + "x x c b").empty());
}
