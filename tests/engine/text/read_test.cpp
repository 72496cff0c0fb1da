#include <catch2/catch.hpp>

#include <string>

#include "chat.hpp"
#include "engine/text/text.hpp"

using namespace nurturer::text;
using namespace nurturer::text::test;

TEST_CASE("words are folded and cut") {
  check({
      {"", ""},
      {"   \n\t ", ""},
      {"I want HELP", "i want help"},
      {"i unknown me", "i [unknown] me"},
      {"ＨＥＬＰ ｍｅ", "help me"},
      {"𝐡𝐞𝐥𝐩 𝓶𝓮 𝕚𝕥", "help me it"},
      {"ⓗⓔⓛⓟ", "help"},
      {"CAFÉ cafe\u0301", "café café"},
      {"WEISS weiß", "[weiss] [weiss]"},
      {"na\u00EFve", "naïve"},
      {"self-harm self‐harm self--harm", "self harm self harm self, harm"},
      {"snake_case", "[snake] [case]"},
      {"*help* **me** ~~no~~ ||so||", "help me no so"},
      {"#help", "help"},
  });
}

TEST_CASE("invisible characters vanish inside of words") {
  check({
      {"he\u200Blp", "help"},        // zero width space
      {"h\u00ADelp", "help"},        // soft hyphen
      {"\uFEFFhelp", "help"},        // byte order mark
      {"k\u202Eill\u202C", "kill"},  // direction marks
      {"help\uFE0F me", "help me"},  // variation selector
      {"h\u2060"
       "elp\u2066",
       "help"},  // word joiner, isolate
  });
}

TEST_CASE("what is no character holds words apart and does no harm") {
  check({
      {"help\xFFme", "help me"},
      {"help\xC3", "help"},
      {"\xE2\x80", ""},
      {"help\xF0\x9F\x98me", "help me"},
      {"\xED\xA0\x80help", "help"},
  });
  const Lexicon lexicon = chat();
  CHECK(words(std::string_view("help\0me", 7), lexicon) == "help me");
}

TEST_CASE("apostrophes of every kind are one") {
  for (const char* apostrophe : {"'", "\u2019", "\u2018", "\u02BC", "\u00B4", "`", "\uFF07"}) {
    const Lexicon lexicon = chat();
    const std::string message = std::string("can") + apostrophe + "t";
    INFO(message);
    CHECK(words(message, lexicon) == "can not");
  }
}

TEST_CASE("short forms are read as what they stand for") {
  const Lexicon lexicon =
      lexicon_of("right now i do not know before", "", {{"rn", "right now"}, {"idk", "i do not know"}, {"b4", "before"}});
  CHECK(words("idk rn b4 RN", lexicon) == "i do not know right now before right now");
  const Text text = read("so idk", lexicon);
  REQUIRE(text.tokens.size() == 5);
  for (std::size_t i = 1; i < 5; ++i) CHECK(text.tokens[i].span == Span{3, 6});
}

TEST_CASE("endings are words of their own") {
  check({
      {"can't", "can not"},
      {"cant", "can not"},
      {"won't", "will not"},
      {"shan't", "shall not"},
      {"ain't", "is not"},
      {"didn't", "did not"},
      {"DON'T", "do not"},
      {"i'm", "i am"},
      {"you're", "you are"},
      {"i've", "i have"},
      {"he'll", "he will"},
      {"he's", "he is"},       // as the lexicon says
      {"she's", "she 's=is"},  // a word of its own: it may be hers
      {"my boyfriend's", "my boyfriend 's=is"},
      {"i'd", "i would=had"},
      {"shouldn't've", "should not have"},
      {"mike's", "[mike] 's=is"},
      {"y'all", "you all"},
      {"rock'n'roll", "[rock'n'roll]"},
  });
}

TEST_CASE("stretched letters take the first form that is known") {
  check({
      {"sooo", "so"},
      {"soooooo tireddddd", "so tired"},
      {"heeeelllp", "help"},
      {"nooooo", "no"},
      {"hellllo", "hello"},  // two letters before one
      {"doooon't", "do not"},
      {"caaaant", "can not"},
      {"zzzz", "[zz]"},
      {"1000", "[1000]"},
  });
  const Lexicon lexicon = chat();
  const Text text = read("so sooo", lexicon);
  REQUIRE(text.tokens.size() == 2);
  CHECK_FALSE(text.tokens[0].stretched);
  CHECK(text.tokens[1].stretched);
}

TEST_CASE("shouting") {
  const Lexicon lexicon = chat();
  const auto shouted = [&](const char* message) {
    return words_where(read(message, lexicon), [](const Token& token) { return token.shouted; });
  };
  CHECK(shouted("I HATE it SO Much CAN'T 12 ÄÖ") == "hate so can not äö");
  const Text text = read("Ab CD é", lexicon);
  CHECK(text.letters == 5);
  CHECK(text.capitals == 3);
}

TEST_CASE("other alphabets that look like Latin") {
  check({
      {"k\u0456ll", "[kill]=kill"},                     // Cyrillic i
      {"\u043Aill", "[kill]=kill"},                     // Cyrillic k
      {"d\u03B9e", "[die]=die"},                        // Greek iota
      {"k\u0336i\u0336l\u0336l\u0336", "[kill]=kill"},  // struck through
      {"ᴋɪʟʟ", "[kill]=kill"},
      {"k\u04561l", "[kill]=kill"},
      {"мне", "[мне]"},  // not mixed: Russian
  });
}

TEST_CASE("words that lose their last letter") {
  check({{"leavin", "[leaving]=leaving"}, {"leavin'", "[leaving]=leaving"}, {"cabin", "[cabin]"}});
}

TEST_CASE("spans stand for what was typed") {
  const Lexicon lexicon = chat();
  const std::string message = "  Ça va?  I can’t… ＨＥＬＰ he\u200Blp\u200B 😭😭 so!";
  CHECK(spans(message, read(message, lexicon)) == "Ça|va|I|can’t|can’t|ＨＥＬＰ|he\u200Blp|😭😭|so");
}

TEST_CASE("the folded text is what expressions see") {
  const Lexicon lexicon = chat();
  CHECK(read("I can’t  BREATHE!!! he's, so… (me) 😭", lexicon).folded == "i can not breathe! he is, so, me, 😭");
  CHECK(read("su1cide", lexicon).folded == "suicide");
  CHECK(read("see https://a.b/c `x` @bob", lexicon).folded == "see <link> <code> <mention>");
  const Text text = read("  I, can't. ", lexicon);
  CHECK(words_where(text, [](const Token&) { return true; }) == "i can not");
}

TEST_CASE("fold is how a word is kept") {
  CHECK(fold("  Can’t \t Sleep ") == "can't sleep");
  CHECK(fold("CAFÉ") == "café");
  CHECK(fold("he\u200Blp") == "help");
  CHECK(fold("").empty());
}

TEST_CASE("one memory serves many messages") {
  const Lexicon lexicon = chat();
  Text text;
  read("i want to die. 😭 \"no\"", lexicon, text);
  read("me", lexicon, text);
  CHECK(words(text, lexicon) == "me");
  CHECK(text.folded == "me");
  CHECK(text.letters == 2);
}
