#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "engine/text/mask.hpp"
#include "reading.hpp"

using namespace nurturer::text;
using namespace nurturer::text::test;

namespace {

Lexicon masks() {
  return lexicon_of("i wanna tonight now commit myself me die him not so the you shot kill u r",
                    "suicide kill killing die kms unalive overdose cut");
}

}  // namespace

TEST_CASE("masked words have a second reading") {
  const Lexicon lexicon = masks();
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"su1cide", "[suicide]=suicide"},
      {"5uic1d3", "[suicide]=suicide"},
      {"$uicide", "[suicide]=suicide"},
      {"s*icide", "[suicide]=suicide"},
      {"s**cide", "[suicide]=suicide"},
      {"su*****", "[suicide]=suicide"},
      {"su***", "[suicide]=suicide"},
      {"su#cide now", "[suicide]=suicide now"},
      {"su_cide", "[suicide]=suicide"},
      {"su!cide!", "[suicide]=suicide"},
      {"k!ll", "[kill]=kill"},
      {"k1lling", "[killing]=killing"},
      {"k|ll me", "[kill]=kill me"},
      {"k!ll-myself", "[kill]=kill myself"},
      {"K!LL me.", "[kill]=kill me"},
      {"d*e", "[die]=die"},
      {"un-alive", "[unalive]=unalive"},
      {"un4live", "[unalive]=unalive"},
      {"over-dose", "[overdose]=overdose"},
      {"s.u.i.c.i.d.e", "suicide"},
      {"s-u-i-c-i-d-e now", "[suicide]=suicide now"},
      {"s*u*i*c*i*d*e", "[suicide]=suicide"},
      {"k.m.s", "kms"},
      {"k-m-s", "[kms]=kms"},
      {"k m s", "[k m s]=kms"},
      {"i wanna K M S tonight", "i wanna [k m s]=kms tonight"},
      {"i k m s", "i [k m s]=kms"},
      {"u r k m s i a", "u r [k m s]=kms i [a]"},
      {"s u i c i d e", "[s u i c i d e]=suicide"},
  };
  for (const auto& [message, read_as] : cases) {
    INFO(message);
    const Text text = read(message, lexicon);
    CHECK(words(text, lexicon) == read_as);
    CHECK(broken_promise(message, text, lexicon).empty());
  }
}

TEST_CASE("what is not masked stays what it is") {
  const Lexicon lexicon = masks();
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"suiside", "[suiside]"},  // plain letters are no mask
      {"sh*t", "[sh] [t]"},      // no maskable word
      {"s***", "[s]"},           // one letter tells nothing
      {"k***", "[k]"},
      {"f**k", "[f] [k]"},
      {"**die**", "die"},  // bold
      {"*kill* me", "kill me"},
      {"kill** me", "kill me"},  // not "killing"
      {"die!!! now", "die. now"},
      {"kill.me", "kill. me"},
      {"c.t", "[c]. [t]"},  // sooner an abbreviation
      {"kill_me", "kill me"},
      {"d13", "[d13]"},  // a room
      {"c4t", "[c4t]"},
      {"k m", "[k] [m]"},
      {"x y z", "[x] [y] [z]"},
      {"k, m, s", "[k], [m], [s]"},
      {"k m s t", "[k] [m] [s] [t]"},  // "t" is no word: the row spells something else
      {"x k m s", "[x] [k] [m] [s]"},
      {"1 2 3", "[1] [2] [3]"},
      {"me+you", "me you"},
      {"not/so", "not so"},
      {"@kill", "mention:"},
  };
  for (const auto& [message, read_as] : cases) {
    INFO(message);
    CHECK(words(message, lexicon) == read_as);
  }
}

TEST_CASE("each digit and mark stands for the letters that it looks like") {
  const Lexicon lexicon = lexicon_of("", "oilzeastgb xxabcdef");
  CHECK(unmask("oilzeastgb", lexicon) == lexicon.find("oilzeastgb").id);
  for (const char* chunk :
       {"0ilzeastgb", "o1lzeastgb", "oi1zeastgb", "oil2eastgb", "oilz3astgb", "oilze4stgb", "oilzea5tgb", "oilzeas7gb", "oilzeast6b",
        "oilzeast9b", "oilzeastg8", "oilzeastg6", "o!lzeastgb", "oi|zeastgb", "oilzea$tgb", "oilzeas+gb", "oilze@stgb", "oi#zeastgb"}) {
    INFO(chunk);
    CHECK(unmask(chunk, lexicon) == lexicon.find("oilzeastgb").id);
  }
  for (const char* chunk :
       {"1ilzeastgb", "o0lzeastgb", "oi0zeastgb", "oil3eastgb", "oilz4astgb", "oilze5stgb", "oilzea7tgb", "oilzeas9gb", "oilzeas6gb",
        "oilzeast8b", "oilzeastg9", "o$lzeastgb", "oilzea!tgb", "oil$eastgb", "oilze+stgb", "oilzeastgb1", "0ilzeastg"}) {
    INFO(chunk);
    CHECK(unmask(chunk, lexicon) == unknown_word);
  }
}

TEST_CASE("without maskable words nothing is unmasked") {
  const Lexicon lexicon = lexicon_of("kill kms");
  CHECK(words("k!ll", lexicon) == "[k]. [ll]");
  CHECK(words("k m s", lexicon) == "[k] [m] [s]");
  CHECK(unmask("k1ll", lexicon) == unknown_word);
}

TEST_CASE("spelled words keep their place in the message") {
  const Lexicon lexicon = masks();
  const std::string message = "so, k m s. k m s now";
  const Text text = read(message, lexicon);
  CHECK(words(text, lexicon) == "so, [k m s]=kms. [k m s]=kms now");
  CHECK(spans(message, text) == "so|k m s|k m s|now");
}

TEST_CASE("letters that stand for words can spell, too") {
  Lexicon lexicon = masks();
  lexicon.expand("u", {"you"});
  lexicon.expand("s", {"so", "the"});
  CHECK(words("s u i c i d e me", lexicon) == "[so the you i c i d e]=suicide me");
  CHECK(words("i u r", lexicon) == "i you r");
}
