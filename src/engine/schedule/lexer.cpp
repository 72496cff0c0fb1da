#include "engine/schedule/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace nurturer::schedule {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
// Letters beyond ASCII are letters: none of them stands in our words, so they only keep words whole.
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U; }
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr std::array<std::string_view, 30> number_words{
    "zero",   "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
    "ten",    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty", "thirty", "forty",  "fifty",    "sixty",    "seventy", "eighty",  "ninety",    "fourty",   "twelfe"};
constexpr std::array<int, 30> number_values{0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14,
                                            15, 16, 17, 18, 19, 20, 30, 40, 50, 60, 70, 80, 90, 40, 12};

int value_of(std::string_view word) noexcept {
  const auto found = std::ranges::find(number_words, word);
  return found == number_words.end() ? -1 : number_values[static_cast<std::size_t>(found - number_words.begin())];
}

// Typographic marks become the plain ones that they stand for: what is typed on a phone is read as what is typed at a desk.
struct Mark {
  std::string_view bytes;
  char plain;
};
constexpr std::array<Mark, 8> marks{{{"\xE2\x80\x99", '\''},
                                     {"\xE2\x80\x98", '\''},
                                     {"\xC2\xA0", ' '},
                                     {"\xE2\x80\xAF", ' '},
                                     {"\xE2\x80\x93", '-'},
                                     {"\xE2\x80\x94", '-'},
                                     {"\xE2\x80\xA6", '.'},
                                     {"\xE2\x80\x8B", ' '}}};

struct Letter {
  char c = 0;
  std::uint32_t begin = 0, end = 0;
};

std::vector<Letter> plain(std::string_view text) {
  std::vector<Letter> letters;
  letters.reserve(text.size());
  for (std::uint32_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    const auto mark = std::ranges::find_if(marks, [&](const Mark& m) { return rest.starts_with(m.bytes); });
    const auto size = mark == marks.end() ? 1U : static_cast<std::uint32_t>(mark->bytes.size());
    letters.push_back({mark == marks.end() ? lower(text[i]) : mark->plain, i, i + size});
    i += size;
  }
  return letters;
}

int parse_digits(const std::string& word) {
  int value = -1;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc{} && end == word.data() + word.size() ? value : -1;
}

const Piece nothing{};

}  // namespace

std::vector<Piece> lex(std::string_view text) {
  const std::vector<Letter> letters = plain(text);
  std::vector<Piece> pieces;
  const auto inside_word = [&](std::size_t i) {
    if (is_letter(letters[i].c)) return true;
    return letters[i].c == '\'' && i + 1 < letters.size() && is_letter(letters[i + 1].c);  // o'clock, don't
  };
  for (std::size_t i = 0; i < letters.size();) {
    const char c = letters[i].c;
    std::size_t end = i + 1;
    Piece piece;
    if (is_digit(c)) {
      while (end < letters.size() && is_digit(letters[end].c)) ++end;
      piece.digits = true;
    } else if (is_letter(c)) {
      while (end < letters.size() && inside_word(end)) ++end;
    } else if (static_cast<unsigned char>(c) <= ' ') {
      i = end;
      continue;
    } else {
      piece.mark = true;
    }
    for (std::size_t k = i; k < end; ++k) piece.word += letters[k].c;
    piece.begin = letters[i].begin;
    piece.end = letters[end - 1].end;
    piece.glued = !pieces.empty() && pieces.back().end == piece.begin;
    piece.number = piece.digits ? parse_digits(piece.word) : value_of(piece.word);
    pieces.push_back(std::move(piece));
    i = end;
  }
  return pieces;
}

const Piece& Reader::peek(std::size_t ahead) const noexcept { return at_ + ahead < pieces_->size() ? (*pieces_)[at_ + ahead] : nothing; }

const Piece& Reader::before() const noexcept { return at_ > 0 && at_ <= pieces_->size() ? (*pieces_)[at_ - 1] : nothing; }

std::size_t Reader::length_of(std::string_view words) const noexcept {
  while (!words.empty()) {
    const std::size_t bar = std::min(words.find('|'), words.size());
    std::string_view phrase = words.substr(0, bar);
    words.remove_prefix(std::min(bar + 1, words.size()));
    std::size_t count = 0;
    bool fits = !phrase.empty();
    while (fits && !phrase.empty()) {
      const std::size_t space = std::min(phrase.find(' '), phrase.size());
      fits = is(phrase.substr(0, space), count);
      ++count;
      phrase.remove_prefix(std::min(space + 1, phrase.size()));
    }
    if (fits) return count;
  }
  return 0;
}

bool Reader::sees(std::string_view words) const noexcept { return length_of(words) > 0; }

bool Reader::take(std::string_view words) noexcept {
  const std::size_t length = length_of(words);
  at_ += length;
  return length > 0;
}

int Reader::take_number() noexcept {
  const Piece& first = peek();
  if (first.number < 0) return -1;
  if (first.digits) {
    ++at_;
    return first.number;
  }
  const bool tens = first.number >= 20 && first.number % 10 == 0;
  const std::size_t dash = is("-", 1) ? 1 : 0;
  const Piece& second = peek(1 + dash);
  if (tens && !second.digits && second.number >= 1 && second.number <= 9) {
    at_ += 2 + dash;
    return first.number + second.number;
  }
  ++at_;
  return first.number;
}

bool stands_anywhere(const std::vector<Piece>& pieces, std::string_view words) noexcept {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (Reader(pieces, i).sees(words)) return true;
  }
  return false;
}

}  // namespace nurturer::schedule
