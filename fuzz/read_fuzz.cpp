// Any bytes are read: no crash, no endless work, spans that lie in the message and on characters.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <unicode/utf8.h>

#include "engine/text/text.hpp"
#include "tests/engine/text/reading.hpp"

using namespace nurturer::text;

namespace {

Lexicon make_lexicon() {
  Lexicon lexicon = test::lexicon_of("i you not can want to die help so a is 's am 3 am pm 😭 ❤", "suicide kill kms unalive",
                                     {{"idk", "i do not know"}, {"rn", "right now"}, {"u", "you"}, {"can't", "can not"}});
  lexicon.add_name("nurturer");
  lexicon.add_name("@companion");
  return lexicon;
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    UChar32 code = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(bytes.data()), at, bytes.size(), code);
    if (code < 0) return false;
  }
  return true;
}

bool same(const Text& one, const Text& two) {
  if (one.folded != two.folded || one.tokens.size() != two.tokens.size()) return false;
  for (std::size_t i = 0; i < one.tokens.size(); ++i) {
    const Token& a = one.tokens[i];
    const Token& b = two.tokens[i];
    if (a.id != b.id || a.variant != b.variant || !(a.span == b.span) || a.before != b.before || a.quoted != b.quoted) return false;
  }
  return true;
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Lexicon lexicon = make_lexicon();
  static Text used;  // memory that other messages used before
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  read(message, lexicon, used);
  const std::string broken = test::broken_promise(message, used, lexicon);
  require(broken.empty(), broken.c_str());
  require(is_utf8(used.folded), "the folded text is no UTF-8");
  require(used.capitals <= used.letters, "more capitals than letters");
  Text fresh;
  read(message, lexicon, fresh);
  require(same(used, fresh), "used memory changes what is read");
  const std::string folded = fold(message);
  require(is_utf8(folded), "the fold is no UTF-8");
  return 0;
}
