#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

#include "engine/text/slip.hpp"
#include "reading.hpp"

using namespace nurturer::text;
using namespace nurturer::text::test;

TEST_CASE("slips have a second reading") {
  Lexicon lexicon = lexicon_of("anxiety breathe killing lonely panic scared tired i quite want the other leaving begin being",
                               "suicide overdose hang", {{"gonna", "going to"}});
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"anxeity", "[anxiety]=anxiety"},
      {"breahte", "[breathe]=breathe"},
      {"tierd", "[tired]=tired"},
      {"kiling", "[killing]=killing"},
      {"lonelyy", "[lonely]=lonely"},
      {"loneely", "[lonely]=lonely"},
      {"pannic", "[panic]=panic"},
      {"SCAERD", "[scared]=scared"},
      {"sucide", "[suicide]=suicide"},
      {"suicidee", "[suicide]=suicide"},
      {"suiicide", "[suicide]=suicide"},
      {"suoicide", "[suicide]=suicide"},
      {"overdos", "[overdose]=overdose"},
      // and these are none
      {"overdone", "[overdone]"},  // a letter changed
      {"sacred", "[sacred]"},      // a word of its own
      {"naxiety", "[naxiety]"},    // the first letter is hardly missed
      {"panics", "[panics]"},
      {"hnag", "[hnag]"},    // too short
      {"gonan", "[gonan]"},  // a short form
      {"leavnig2", "[leavnig2]"},
      {"tired", "tired"},
  };
  for (const auto& [message, read_as] : cases) {
    INFO(message);
    CHECK(words(message, lexicon) == read_as);
  }
}

TEST_CASE("a known word is never a slip") {
  const Lexicon lexicon = lexicon_of("quiet quite");
  CHECK(words("quiet quite", lexicon) == "quiet quite");
  CHECK(slip_of("", lexicon) == unknown_word);
  CHECK(slip_of("queit", lexicon) == lexicon.find("quiet").id);
}
