// Hostile and endless messages: read in bounded time and memory, and the ends of a long one are never lost.
#include <catch2/catch.hpp>

#include <ctime>
#include <string>
#include <vector>

#include "reading.hpp"

using namespace nurturer::text;
using namespace nurturer::text::test;

namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string message;
  while (message.size() < bytes) message += piece;
  return message;
}

Lexicon chat() {
  return lexicon_of("i you so not can want to die help a k m s", "suicide kms kill",
                    {{"idk", "i do not know"}, {"x", "a b c d e f g h i j"}});
}

}  // namespace

TEST_CASE("up to 64 KiB a message is read whole") {
  const Lexicon lexicon = chat();
  std::string message = repeated("so ", longest_read);
  message.resize(longest_read - 4);
  message += " die";
  const Text text = read(message, lexicon);
  CHECK_FALSE(text.truncated);
  CHECK(lexicon.word(text.tokens.back().id) == "die");
  CHECK(text.tokens.back().span.end == message.size());
}

TEST_CASE("of a longer one both ends are read") {
  const Lexicon lexicon = chat();
  const std::string message = "i want to die. " + repeated("so ", 1'000'000) + " help";
  const Text text = read(message, lexicon);
  CHECK(text.truncated);
  CHECK(lexicon.word(text.tokens[3].id) == "die");
  CHECK(lexicon.word(text.tokens.back().id) == "help");
  CHECK(text.tokens.back().span.end == message.size());
  CHECK(broken_promise(message, text, lexicon).empty());
  CHECK(text.tokens.size() < longest_read / 3 + 10);
}

TEST_CASE("a long message is cut between characters") {
  const Lexicon lexicon = lexicon_of("a");
  for (std::size_t shift = 0; shift < 4; ++shift) {
    const std::string message = std::string(shift, '.') + repeated("𝐚𝐛", 3 * longest_read);
    const Text text = read(message, lexicon);
    REQUIRE(text.tokens.size() == 2);
    CHECK(text.tokens[1].before == Break::sentence);
    CHECK(text.letters == text.folded.size() - 1);  // no half letter on either side
    CHECK(broken_promise(message, text, lexicon).empty());
  }
}

TEST_CASE("hostile messages are read in time") {
  const Lexicon lexicon = chat();
  const std::vector<std::string> messages = {
      repeated("😭", 40'000),
      repeated("😭🥺", 60'000),
      repeated("can't ", longest_read),
      repeated("a?", longest_read),
      repeated("? ", longest_read),
      "so" + repeated("? ", longest_read - 2),
      repeated("`", longest_read),
      repeated("` ", longest_read),
      repeated("``` ", longest_read),
      repeated("\"", longest_read),
      repeated("\" a\"", longest_read),
      repeated("'a ", longest_read),
      repeated("k m s, ", longest_read),
      repeated("k!ll ", longest_read),
      repeated("k!", longest_read),
      repeated("*", longest_read),
      repeated("a*", longest_read),
      repeated("a.", longest_read),
      repeated("aaa", longest_read),
      repeated("aaabbbcccddd", longest_read),
      repeated("'", longest_read),
      repeated("x ", longest_read),
      repeated("idk ", longest_read),
      repeated("<", longest_read),
      repeated("<@1", longest_read),
      repeated("http://a ", longest_read),
      repeated("@a ", longest_read),
      repeated("@", longest_read),
      repeated("> ", longest_read),
      repeated("1,", longest_read),
      repeated("\u0336", longest_read),
      repeated("к", longest_read),
      repeated("k\u0456ll ", longest_read),
      repeated("\xFF", longest_read),
      repeated("\n", longest_read),
      repeated(":(", longest_read),
      repeated("a-", longest_read),
      repeated("\u200B", longest_read),
      std::string(longest_read, 'q'),
      std::string(1'000'000, 'q'),
      std::string(longest_read, '\0'),
  };
  for (const std::string& message : messages) {
    INFO("begins with " << message.substr(0, 8));
    const std::clock_t start = std::clock();
    const Text text = read(message, lexicon);
    CHECK(std::clock() - start < 10 * CLOCKS_PER_SEC);  // some milliseconds, but sanitizers are slow
    CHECK(broken_promise(message, text, lexicon).empty());
  }
}
