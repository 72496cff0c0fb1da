#include "engine/text/character.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace nurturer::text {
namespace {

// Marks that readers type for an apostrophe; some are letters to Unicode.
bool is_apostrophe(char32_t code) noexcept {
  return code == 0x2019 || code == 0x2018 || code == 0x02BC || code == 0x00B4 || code == 0x2032 || code == 0x02B9 || code == 0x201B;
}

Class class_of_punctuation(char32_t code) noexcept {
  switch (code) {
    case 0x2026:
    case 0x00B7:
    case 0x2022:
    case 0x3001:
    case 0x060C: return Class::clause;
    case 0x3002:
    case 0xFF61:
    case 0x06D4:
    case 0x0964:
    case 0x0965:
    case 0x203C: return Class::stop;
    case 0x061F:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x203D: return Class::question;
    default: return Class::symbol;
  }
}

// Letters in a ring or a box are symbols to Unicode; NFKC folds them to plain ones.
bool is_enclosed(char32_t code) noexcept {
  return (code >= 0x2460 && code <= 0x24FF) || (code >= 0x1F100 && code <= 0x1F12B) || (code >= 0x1F130 && code <= 0x1F149);
}

bool is_pictograph(char32_t code) noexcept { return u_hasBinaryProperty(static_cast<UChar32>(code), UCHAR_EXTENDED_PICTOGRAPHIC) != 0; }

Class class_of_quote(char32_t code) noexcept {
  switch (code) {
    case 0x201C:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x300C:
    case 0x300E: return Class::quote_open;
    case 0x201D:
    case 0x00BB:
    case 0x300D:
    case 0x300F: return Class::quote_close;
    default: return Class::symbol;
  }
}

Class class_by_category(char32_t code) noexcept {
  switch (u_charType(static_cast<UChar32>(code))) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER: return Class::letter;
    case U_ENCLOSING_MARK: return Class::invisible;  // the box of a keycap
    case U_DECIMAL_DIGIT_NUMBER: return Class::digit;
    case U_SPACE_SEPARATOR: return Class::space;
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR: return Class::newline;
    case U_DASH_PUNCTUATION: return code == 0x2010 || code == 0x2011 ? Class::hyphen : Class::clause;
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION: {
      const Class quote = class_of_quote(code);
      return quote == Class::symbol ? Class::clause : quote;
    }
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION: return class_of_quote(code);
    case U_OTHER_PUNCTUATION: return class_of_punctuation(code);
    case U_CONTROL_CHAR:
    case U_UNASSIGNED:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE: return Class::broken;
    default: return Class::symbol;
  }
}

Class class_of(char32_t code) noexcept {
  if (code == 0x0085) return Class::newline;
  if (u_hasBinaryProperty(static_cast<UChar32>(code), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) return Class::invisible;
  if (code >= 0x1F3FB && code <= 0x1F3FF) return Class::skin_tone;
  if (code >= 0x1F1E6 && code <= 0x1F1FF) return Class::region;
  if (is_enclosed(code)) return Class::letter;
  if (code == 0x203C || code == 0x2049) return class_of_punctuation(code);
  if (is_pictograph(code)) return Class::emoji;
  return class_by_category(code);
}

}  // namespace

Character wide_character_at(std::string_view bytes, std::size_t at) noexcept {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  UChar32 code = 0;
  std::size_t next = at;
  U8_NEXT(data, next, bytes.size(), code);
  if (code < 0) return {};
  Character found{Class::symbol, 0, static_cast<std::uint8_t>(next - at), static_cast<char32_t>(code)};
  if (is_apostrophe(found.code)) {
    found.type = Class::apostrophe;
    found.ascii = '\'';
  } else if (found.code >= 0xFF01 && found.code <= 0xFF5E) {  // fullwidth ASCII
    found.ascii = static_cast<char>(found.code - 0xFEE0);
    found.type = detail::ascii_classes[static_cast<unsigned char>(found.ascii)];
  } else {
    found.type = class_of(found.code);
  }
  return found;
}

Character character_before(std::string_view bytes, std::size_t at) noexcept {
  if (at == 0) return {};
  std::size_t begin = at - 1;
  for (int back = 0; back < 3 && begin > 0 && (static_cast<unsigned char>(bytes[begin]) & 0xC0U) == 0x80U; ++back) --begin;
  const Character found = character_at(bytes, begin);
  return begin + found.length == at ? found : Character{};
}

bool is_mark(char32_t code) noexcept { return (U_GET_GC_MASK(static_cast<UChar32>(code)) & U_GC_M_MASK) != 0; }

bool is_capital(char32_t code) noexcept { return u_isupper(static_cast<UChar32>(code)) != 0; }

std::size_t border_from(std::string_view bytes, std::size_t at) noexcept {
  std::size_t border = at;
  while (border < bytes.size() && border < at + 4 && (static_cast<unsigned char>(bytes[border]) & 0xC0U) == 0x80U) ++border;
  return border < at + 4 ? border : at;  // no UTF-8: any place is as good
}

}  // namespace nurturer::text
