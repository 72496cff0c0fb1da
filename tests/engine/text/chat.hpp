#pragma once
// The words of an ordinary chat, and messages beside how they are read.

#include <catch2/catch.hpp>

#include <vector>

#include "reading.hpp"

namespace nurturer::text::test {

struct Case {
  const char* message;
  const char* read;
};

inline Lexicon chat() {
  return lexicon_of(
      "i you me my he she it is are am was not do did can could should will shall would had have has the a and to in of so no help die "
      "want kill "
      "myself breathe tired sad cafe boyfriend 's hello self harm am pm dr smith 3 3.5 10:30 15 yo mother café naïve weiß leaving im 😭 ❤ "
      "🥺",
      "suicide kill killing die kms unalive",
      {{"rn", "right now"},
       {"idk", "i do not know"},
       {"cant", "can not"},
       {"wanna", "want to"},
       {"he's", "he is"},
       {"y'all", "you all"},
       {"b4", "before"}});
}

inline void check(const std::vector<Case>& cases) {
  const Lexicon lexicon = chat();
  for (const Case& one : cases) {
    INFO("message: " << one.message);
    const Text text = read(one.message, lexicon);
    CHECK(words(text, lexicon) == one.read);
    CHECK(broken_promise(one.message, text, lexicon).empty());
  }
}

}  // namespace nurturer::text::test
