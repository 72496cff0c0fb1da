#pragma once
// What a character is to the reader: its class, found by a table for ASCII and by ICU for the rest.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nurturer::text {

enum class Class : std::uint8_t {
  letter,  // also marks that combine with letters
  digit,
  space,
  newline,
  stop,  // . !
  question,
  clause,  // , ; : ( ) [ ] { } and dashes that stand alone
  hyphen,
  apostrophe,
  backtick,
  quote,       // "
  quote_open,  // an opening mark; of single ones the apostrophe
  quote_close,
  at,
  less,
  greater,
  symbol,  // holds words apart, means nothing
  emoji,
  skin_tone,
  region,     // half of a flag
  invisible,  // vanishes, also inside words
  broken,     // no character: invalid UTF-8, NUL, control characters
};

struct Character {
  Class type = Class::broken;
  char ascii = 0;           // what it stands for, if that is an ASCII character ("ａ", "！", "’")
  std::uint8_t length = 1;  // bytes in UTF-8
  char32_t code = 0;
};

namespace detail {
constexpr Class ascii_class(unsigned char byte) noexcept {
  if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) return Class::letter;
  if (byte >= '0' && byte <= '9') return Class::digit;
  switch (byte) {
    case ' ':
    case '\t':
    case '\v':
    case '\f': return Class::space;
    case '\n':
    case '\r': return Class::newline;
    case '.':
    case '!': return Class::stop;
    case '?': return Class::question;
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
    case '[':
    case ']':
    case '{':
    case '}': return Class::clause;
    case '-': return Class::hyphen;
    case '\'': return Class::apostrophe;
    case '`': return Class::backtick;
    case '"': return Class::quote;
    case '@': return Class::at;
    case '<': return Class::less;
    case '>': return Class::greater;
    default: return byte > ' ' && byte < 0x7F ? Class::symbol : Class::broken;
  }
}
constexpr std::array<Class, 128> make_ascii_classes() noexcept {
  std::array<Class, 128> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = ascii_class(static_cast<unsigned char>(i));
  return table;
}
inline constexpr std::array<Class, 128> ascii_classes = make_ascii_classes();
}  // namespace detail

/// The character at `at`, which is before the end. Anything that is no UTF-8 is `broken` and one byte long.
[[nodiscard]] Character wide_character_at(std::string_view bytes, std::size_t at) noexcept;
[[nodiscard]] inline Character character_at(std::string_view bytes, std::size_t at) noexcept {
  const auto byte = static_cast<unsigned char>(bytes[at]);
  if (byte >= 0x80) return wide_character_at(bytes, at);
  return {detail::ascii_classes[byte], static_cast<char>(byte), 1, byte};
}
/// The character that ends before `at`; `broken` at the start.
[[nodiscard]] Character character_before(std::string_view bytes, std::size_t at) noexcept;
/// Combines with the letter before it.
[[nodiscard]] bool is_mark(char32_t code) noexcept;
[[nodiscard]] bool is_capital(char32_t code) noexcept;
/// `at`, or the next place behind it at which a character begins.
[[nodiscard]] std::size_t border_from(std::string_view bytes, std::size_t at) noexcept;

[[nodiscard]] constexpr bool is_ascii_letter(char byte) noexcept {
  return static_cast<unsigned char>((static_cast<unsigned char>(byte) | 0x20U) - 'a') < 26;
}
[[nodiscard]] constexpr bool is_ascii_digit(char byte) noexcept { return byte >= '0' && byte <= '9'; }
[[nodiscard]] constexpr char ascii_lower(char byte) noexcept { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte; }

}  // namespace nurturer::text
