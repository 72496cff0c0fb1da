#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "reading.hpp"

using namespace nurturer::text;
using namespace nurturer::text::test;

namespace {

Lexicon named() {
  Lexicon lexicon =
      lexicon_of("hey hi i am sad help my is a thanks thank you good night set up change voice ok companion nurturer love who me so 😭");
  lexicon.add_name("@companion");
  lexicon.add_name("nurturer");
  return lexicon;
}

}  // namespace

TEST_CASE("the companion's name carries no meaning where it is addressed") {
  const Lexicon lexicon = named();
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"@companion help", "help"},
      {"help @companion i am sad", "help i am sad"},
      {"help, @Companion", "help"},
      {"@nurturer help", "help"},
      {"hey nurturer", "hey"},
      {"hey nurturer, i am sad", "hey, i am sad"},
      {"Hey NURTURER! help", "hey. help"},
      {"nurturer i am sad", "i am sad"},
      {"nurturer, help", "help"},
      {"i am sad, nurturer", "i am sad"},
      {"i am sad 😭, nurturer 😭", "i am sad emoji:😭, emoji:😭"},
      {"thanks nurturer", "thanks"},
      {"thank you nurturer", "thank you"},
      {"good night nurturer!", "good night"},
      // elsewhere it is a word
      {"nurturer", "nurturer"},
      {"my nurturer is a voice", "my nurturer is a voice"},
      {"set up my nurturer", "set up my nurturer"},
      {"who is you nurturer", "who is you nurturer"},
      {"change nurturer", "change nurturer"},
      // the other name is one only as a mention
      {"companion help", "companion help"},
      {"hey companion", "hey companion"},
      {"@companions help", "mention: help"},
  };
  for (const auto& [message, read_as] : cases) {
    INFO(message);
    CHECK(words(message, lexicon) == read_as);
  }
}

TEST_CASE("the first word behind a name begins the message") {
  const Lexicon lexicon = named();
  for (const char* message : {"nurturer, help", "@companion help", "@companion, help", "nurturer\nhelp"}) {
    INFO(message);
    const Text text = read(message, lexicon);
    REQUIRE(text.tokens.size() == 1);
    CHECK(text.tokens[0].before == Break::sentence);
    CHECK(spans(message, text) == "help");
  }
}

TEST_CASE("phrases of rules keep the name") {
  const Lexicon lexicon = named();
  Text text;
  read_phrase("nurturer voice", lexicon, text);
  CHECK(words(text, lexicon) == "nurturer voice");
}
