#include "engine/text/fold.hpp"

#include <array>
#include <memory>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

namespace nurturer::text {
namespace {

constexpr char32_t first_lookalike = 0x0370;  // Greek and Cyrillic
constexpr char32_t last_lookalike = 0x052F;
using Lookalikes = std::array<char, last_lookalike - first_lookalike + 1>;

char latin_skeleton(const USpoofChecker* checker, UChar32 code) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString letter(code);
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(checker, 0, letter, skeleton, &status);
  if (U_FAILURE(status) != 0 || skeleton.length() != 1) return 0;
  const UChar32 found = u_tolower(skeleton.char32At(0));
  return found >= 'a' && found <= 'z' ? static_cast<char>(found) : '\0';
}

// Small letters such as Cyrillic "k" look like Latin ones only as capitals, so these are asked too.
Lookalikes make_lookalikes() {
  Lookalikes table{};
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker(uspoof_open(&status), &uspoof_close);
  if (U_FAILURE(status) != 0) return table;
  for (char32_t code = first_lookalike; code <= last_lookalike; ++code) {
    const auto letter = static_cast<UChar32>(code);
    if (u_isalpha(letter) == 0) continue;
    char found = latin_skeleton(checker.get(), letter);
    if (found == 0) found = latin_skeleton(checker.get(), u_toupper(letter));
    table[code - first_lookalike] = found;
  }
  return table;
}

char lookalike(char32_t code) {
  static const Lookalikes table = make_lookalikes();
  return code >= first_lookalike && code <= last_lookalike ? table[code - first_lookalike] : '\0';
}

// "ᴋɪʟʟ ᴍᴇ": phonetic letters that serve as a font.
char small_capital(char32_t code) noexcept {
  static constexpr std::u32string_view letters = U"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ\0ʏᴢ";
  const std::size_t at = code == 0 ? std::u32string_view::npos : letters.find(code);
  return at == std::u32string_view::npos ? '\0' : static_cast<char>('a' + at);
}

// One character of the plain word; 0: it has none, -1: it vanishes.
int plain_letter(char32_t code) {
  if (code < 0x80) return static_cast<int>(code);
  const auto type = u_charType(static_cast<UChar32>(code));
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return -1;
  if (const char found = lookalike(code)) return found;
  if (const char found = small_capital(code)) return found;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString parts;
  if (U_FAILURE(status) != 0 || decompose->getDecomposition(static_cast<UChar32>(code), parts) == 0) return 0;
  const UChar32 base = parts.char32At(0);
  if (base < 0x80) return base;
  return lookalike(static_cast<char32_t>(base));
}

bool is_latin(char32_t code) noexcept {
  if (code < 0x80) return is_ascii_letter(static_cast<char>(code));
  return (code >= 0xC0 && code <= 0x24F) || (code >= 0x1E00 && code <= 0x1EFF) || small_capital(code) != 0;
}

}  // namespace

void fold_tail(std::string& text, std::size_t from) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status) != 0) return;
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  const icu::StringPiece tail(text.data() + from, static_cast<std::int32_t>(text.size() - from));
  fold->normalizeUTF8(0, tail, sink, nullptr, status);
  if (U_FAILURE(status) == 0) text.replace(from, std::string::npos, folded);
}

std::string plain_latin(std::string_view folded) {
  std::string plain;
  bool latin = false;
  for (std::size_t at = 0; at < folded.size();) {
    UChar32 code = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(folded.data()), at, folded.size(), code);
    if (code < 0) return {};
    latin = latin || is_latin(static_cast<char32_t>(code));
    const int letter = plain_letter(static_cast<char32_t>(code));
    if (letter == 0) return {};
    if (letter > 0) plain.push_back(static_cast<char>(letter));
  }
  return latin && plain != folded ? plain : std::string{};
}

bool is_stretched(std::string_view word) noexcept {
  for (std::size_t i = 2; i < word.size(); ++i) {
    if (word[i] == word[i - 1] && word[i] == word[i - 2] && is_ascii_letter(word[i])) return true;
  }
  return false;
}

}  // namespace nurturer::text
