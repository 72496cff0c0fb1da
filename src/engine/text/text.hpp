#pragma once
// A message as the rules see it: tokens with ids, breaks between them, and spans back to what the person typed.
//
// read() accepts any bytes: invalid UTF-8 and NUL become breaks between words, invisible characters and direction marks
// vanish, letters are folded (ICU, NFKC_Casefold), stretched words are squeezed ("sooo"), short forms are expanded by the lexicon
// ("can't" -> can not), masked words are unmasked ("su1cide"), and what is not the sender's own speech (code, links)
// becomes a single token without words. Quotes stay tokens, marked.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/lexicon.hpp"

namespace nurturer::text {

/// Half-open range of bytes. In `Token::span` it counts in the message as given.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

enum class TokenKind : std::uint8_t { word, number, emoji, mention, link, code };

/// What stands between a token and the one before it. Ordered: a later value holds apart more.
enum class Break : std::uint8_t {
  none,      // a space
  clause,    // , ; : - ... ( )
  line,      // a line break without a full stop
  sentence,  // . ! ? or the start of the message
};

struct Token {
  WordId id = unknown_word;       // of the word as read (after expansion, squeezing)
  WordId variant = unknown_word;  // a second reading: unmasked, corrected; matched like `id`
  Span span;                      // in the message; words of one expansion share it
  Span folded;                    // in Text::folded
  TokenKind kind = TokenKind::word;
  Break before = Break::none;
  bool quoted = false;     // between quotation marks, or in a line that begins with '>'
  bool question = false;   // in a sentence that ends in '?'
  bool shouted = false;    // two or more letters, all of them capitals
  bool stretched = false;  // letters were squeezed
};

struct Text {
  std::vector<Token> tokens;
  std::string folded;      // for RE2 rules: folded words and marks, one space between words
  bool truncated = false;  // over 64 KiB: the middle was left out
  std::uint32_t letters = 0;
  std::uint32_t capitals = 0;

  void clear();
};

/// Longest message that is read whole, in bytes; of a longer one the first and the last half of it are.
inline constexpr std::size_t longest_read = 65'536;

/// Reads `utf8` into `into`, whose memory is used again. Never fails; linear in the length of the message.
void read(std::string_view utf8, const Lexicon& lexicon, Text& into);

/// The same for the phrases of rules: the companion's name stays, wherever it stands, and a new word is no slip for a known one.
void read_phrase(std::string_view utf8, const Lexicon& lexicon, Text& into);

/// Folds one word or phrase as read() does, without expansions: for lists and patterns.
[[nodiscard]] std::string fold(std::string_view utf8);

}  // namespace nurturer::text
