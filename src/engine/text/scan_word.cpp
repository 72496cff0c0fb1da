#include <algorithm>
#include <array>

#include "engine/text/fold.hpp"
#include "engine/text/mask.hpp"
#include "engine/text/scanner.hpp"

namespace nurturer::text {
namespace {

bool is_link_byte(char byte) noexcept {
  return static_cast<unsigned char>(byte) > ' ' && byte != '<' && byte != '>' && byte != '"' && byte != '`';
}

// Marks at the end of a link belong to the sentence around it.
std::size_t link_end(std::string_view bytes, std::size_t at, std::size_t end) noexcept {
  std::size_t stop = at;
  while (stop < end && is_link_byte(bytes[stop])) ++stop;
  while (stop > at && std::string_view(".,!?;:)]}'*_").find(bytes[stop - 1]) != std::string_view::npos) --stop;
  return stop;
}

}  // namespace

void Scanner::word() {
  const std::size_t begin = at_;
  const std::size_t from = writer_.open();
  Shape shape;
  const std::size_t end = gather(shape);
  const char next = byte(at_);
  if (next != '\0' && (next == ':' || next == '.' || next == '@') && link(from, begin)) return;
  if (next == '.' && shape.letters == 1 && dotted(from, begin, shape)) return;
  if (is_mask_mark(next) && at_ == end && shape.letters > 0 && masked(from, begin, shape)) return;
  if (shape.wide) fold_tail(text_.folded, from);
  if (text_.folded.size() == from) return writer_.abandon(from);
  writer_.close(from, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, shape);
}

/// Appends the letters of a word to Text::folded; gives the end of its last one. Invisible characters at the end are passed over.
std::size_t Scanner::gather(Shape& shape) {
  std::size_t end = at_;
  while (at_ < end_) {
    if (is_ascii_letter(bytes_[at_])) {
      take_ascii_letters(shape);
      end = at_;
      continue;
    }
    const Character letter = here();
    if (letter.type == Class::invisible) {
      at_ += letter.length;
      continue;
    }
    if (!take_letter(letter, shape) && !take_joint(letter, shape)) break;
    at_ += letter.length;
    end = at_;
  }
  return end;
}

// Nearly all of chat: taken in one go.
void Scanner::take_ascii_letters(Shape& shape) {
  const std::size_t begin = at_;
  std::uint32_t capitals = 0;
  for (; at_ < end_ && is_ascii_letter(bytes_[at_]); ++at_) capitals += bytes_[at_] <= 'Z' ? 1U : 0U;
  const std::size_t from = text_.folded.size();
  text_.folded.append(bytes_.data() + begin, at_ - begin);
  for (std::size_t i = from; capitals > 0 && i < text_.folded.size(); ++i) text_.folded[i] = ascii_lower(text_.folded[i]);
  shape.letters += static_cast<std::uint32_t>(at_ - begin);
  shape.capitals += capitals;
}

bool Scanner::take_letter(const Character& letter, Shape& shape) {
  if (letter.code < 0x80) {
    if (letter.type != Class::digit) return false;
    shape.digits = true;
    text_.folded.push_back(letter.ascii);
    return true;
  }
  if (!is_word_class(letter.type)) return false;
  if (letter.type == Class::digit)
    shape.digits = true;
  else if (!is_mark(letter.code))
    ++shape.letters;
  if (is_capital(letter.code)) ++shape.capitals;
  shape.wide = true;
  text_.folded.append(bytes_.substr(at_, letter.length));
  return true;
}

// Marks that stand inside a word or a number: don't, 3.5, 1,000, 10:30, 24/7.
bool Scanner::take_joint(const Character& mark, Shape& shape) {
  const bool ticked = mark.type == Class::backtick;
  if (mark.type == Class::apostrophe || ticked) {
    if (shape.letters == 0 || there(at_ + mark.length).type != Class::letter) return false;
    text_.folded.push_back('\'');
    shape.apostrophe = true;
    return true;
  }
  const bool joins = mark.code == '.' || mark.code == ',' || mark.code == ':' || mark.code == '/';
  if (!joins || !shape.digits || shape.letters != 0) return false;
  if (!is_ascii_digit(byte(at_ + 1)) || !is_ascii_digit(bytes_[at_ - 1])) return false;
  text_.folded.push_back(mark.ascii);
  return true;
}

// "a.m.", "k.m.s": one word without its dots. Two letters without a last dot are such a word only if they are well known.
bool Scanner::dotted(std::size_t from, std::size_t begin, Shape shape) {
  std::array<char, longest_mask> letters{};
  std::size_t count = 1;
  letters[0] = bytes_[begin];
  std::size_t end = at_;
  while (count < letters.size() && byte(end) == '.' && is_ascii_letter(byte(end + 1)) && !is_word_class(there(end + 2).type)) {
    letters[count++] = bytes_[end + 1];
    end += 2;
  }
  const bool last_dot = byte(end) == '.' && byte(end + 1) != '.';
  if (count < 2 || !is_ascii_letter(letters[0]) || at_ != begin + 1) return false;
  std::transform(letters.begin(), letters.end(), letters.begin(), ascii_lower);
  const std::string_view word(letters.data(), count);
  if (count == 2 && !last_dot && word != "am" && word != "pm" && word != "eg" && word != "ie") return false;
  shape.letters = static_cast<std::uint32_t>(count);
  shape.capitals = 0;
  text_.folded.replace(from, std::string::npos, word);
  at_ = end + (last_dot ? 1 : 0);
  writer_.close(from, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, shape);
  return true;
}

// The piece from `begin` on, marks included, in lower case; in `plain` how much of it the scanner took for a word.
Scanner::Chunk Scanner::chunk_from(std::size_t begin) const {
  Chunk chunk;
  for (std::size_t at = begin; at < end_; ++at) {
    const char letter = bytes_[at];
    if (!is_ascii_letter(letter) && !is_ascii_digit(letter) && !is_mask_mark(letter)) break;
    if (chunk.size == chunk.bytes.size()) {  // too long to be one word: its first part may be one
      chunk.size = std::min(chunk.whole().find_first_of("-/._|+"), chunk.size);
      break;
    }
    chunk.bytes[chunk.size++] = ascii_lower(letter);
  }
  chunk.plain = at_ - begin;
  return chunk;
}

WordId Scanner::meaning_of(Chunk& chunk) const {
  while (chunk.size > 0 && std::string_view(".!?_-/|+").find(chunk.bytes[chunk.size - 1]) != std::string_view::npos) --chunk.size;
  const std::string_view whole = chunk.whole();
  const std::string_view bare = whole.substr(0, chunk.plain);
  // "die**": a whole word in bold letters hides nothing
  const bool bold = whole.find_first_not_of('*', bare.size()) == std::string_view::npos && (bare == whole || lexicon_.find(bare).known());
  return bold ? unknown_word : unmask(whole, lexicon_);
}

/// Tries the piece from `begin` on as a masked word, first all of it, then up to a mark that often holds words apart.
bool Scanner::masked(std::size_t from, std::size_t begin, const Shape& shape) {
  const char next = byte(at_ + 1);
  const bool goes_on = is_ascii_letter(next) || is_ascii_digit(next) || is_mask_mark(next);
  if (!goes_on || shape.wide || lexicon_.maskable().empty()) return false;
  Chunk chunk = chunk_from(begin);
  WordId meant = meaning_of(chunk);
  const std::size_t cut = chunk.whole().find_first_of("-/._");
  if (meant == unknown_word && cut != std::string_view::npos) {
    chunk.size = cut;
    meant = meaning_of(chunk);
  }
  if (meant == unknown_word) return false;
  writer_.abandon(from);
  at_ = begin + chunk.size;
  Shape seen = shape;
  seen.letters = static_cast<std::uint32_t>(chunk.size);
  writer_.masked({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)}, seen, meant);
  return true;
}

bool Scanner::link(std::size_t from, std::size_t begin) {
  const std::string_view word = std::string_view(text_.folded).substr(from);
  const bool scheme = byte(at_) == ':' && byte(at_ + 1) == '/' && byte(at_ + 2) == '/';
  const bool www = byte(at_) == '.' && word == "www" && is_word_class(there(at_ + 1).type);
  std::size_t end = at_;
  if (scheme || www) {
    end = link_end(bytes_, at_, end_);
  } else if (byte(at_) == '@' && is_ascii_letter(byte(at_ + 1))) {  // a mail address
    end = at_ + 1;
    while (end < end_ && (is_ascii_letter(bytes_[end]) || is_ascii_digit(bytes_[end]) || bytes_[end] == '.' || bytes_[end] == '-')) ++end;
    while (end > at_ && bytes_[end - 1] == '.') --end;
    if (bytes_.substr(at_, end - at_).find('.') == std::string_view::npos) return false;
  }
  if (end == at_) return false;
  writer_.abandon(from);
  at_ = begin;
  whole(TokenKind::link, end, "<link>");
  return true;
}

}  // namespace nurturer::text
