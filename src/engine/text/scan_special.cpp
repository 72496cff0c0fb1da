#include <algorithm>

#include "engine/text/fold.hpp"
#include "engine/text/scanner.hpp"

namespace nurturer::text {
namespace {

constexpr char32_t joiner = 0x200D;

bool is_name_byte(char byte) noexcept {
  return is_ascii_letter(byte) || is_ascii_digit(byte) || byte == '_' || byte == '.' || byte == '-' || byte == ':' || byte == '=' ||
         byte == '+';
}

std::size_t run_length(std::string_view bytes, std::size_t at, std::size_t end, char byte) noexcept {
  std::size_t stop = at;
  while (stop < end && bytes[stop] == byte) ++stop;
  return stop - at;
}

}  // namespace

void Scanner::whole(TokenKind kind, std::size_t end, std::string_view shown) {
  writer_.single(kind, {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)}, shown);
  at_ = end;
}

// ```a block``` may hold lines, `code` may not. Without a partner backticks mean nothing: they must hide no words.
void Scanner::backtick() {
  const std::size_t count = run_length(bytes_, at_, end_, '`');
  const bool fence = count >= 3;
  const std::string_view marks = fence ? "```" : count == 2 ? "``" : "`";
  std::size_t limit = end_;
  if (!fence) limit = std::min(end_, bytes_.find('\n', at_));
  const bool hopeless = fence ? no_fence_ : at_ < no_backtick_until_;
  if (!hopeless) {
    const std::size_t close = bytes_.substr(0, limit).find(marks, at_ + count);
    if (close != std::string_view::npos) return whole(TokenKind::code, close + marks.size(), "<code>");
    if (fence)
      no_fence_ = true;
    else
      no_backtick_until_ = limit;
  }
  at_ += count;
}

void Scanner::mention() {
  const bool inside = is_word_class(before().type);
  const std::size_t mark = here().length;
  std::size_t end = at_ + mark;
  while (end < end_ && (is_name_byte(bytes_[end]) || (static_cast<unsigned char>(bytes_[end]) >= 0x80 && is_word_class(there(end).type)))) {
    end += there(end).length;
  }
  while (end > at_ + mark && std::string_view(".-:=+").find(bytes_[end - 1]) != std::string_view::npos) --end;
  if (inside || end == at_ + mark) {
    at_ += mark;
    return;
  }
  const std::string name = "@" + fold(bytes_.substr(at_ + mark, end - at_ - mark));
  if (lexicon_.is_name(lexicon_.find(name).id)) {
    at_ = end;
    return;
  }
  whole(TokenKind::mention, end, "<mention>");
}

// "<3", "</3", and what chat programs put in angle brackets: <@123>, <#123>, <:name:123>, <a:name:123>.
void Scanner::less() {
  if (starts_with("<3")) return whole(TokenKind::emoji, at_ + 2, "<3");
  if (starts_with("</3")) return whole(TokenKind::emoji, at_ + 3, "</3");
  const std::size_t close = bytes_.substr(0, std::min(end_, at_ + 64)).find('>', at_);
  const char next = byte(at_ + 1);
  if (close != std::string_view::npos && next != '\0') {
    const std::string_view inside = bytes_.substr(at_ + 1, close - at_ - 1);
    const bool named = std::all_of(inside.begin(), inside.end(), [](char letter) {
      return is_name_byte(letter) || letter == '@' || letter == '!' || letter == '&' || letter == '#';
    });
    const bool numbered = named && inside.size() > 2 && is_ascii_digit(inside.back());
    if (numbered && (next == '@' || next == '#')) return whole(TokenKind::mention, close + 1, "<mention>");
    if (numbered && (next == ':' || inside.starts_with("a:"))) return whole(TokenKind::emoji, close + 1, "<emoji>");
  }
  ++at_;
}

// ":(" and its kin; they are read as emoji so that they neither cut a clause nor stand at the end of a message.
bool Scanner::emoticon() {
  const char eyes = byte(at_);
  if (eyes != ':' && eyes != ';' && eyes != '=') return false;
  if (is_word_class(before().type) && eyes == '=') return false;
  std::size_t end = at_ + 1;
  while (end < at_ + 3 && (byte(end) == '\'' || byte(end) == '-' || byte(end) == '^')) ++end;
  const char mouth = byte(end);
  if (mouth == '\0' || std::string_view("()[]DPpOo/\\|3*cCxX<>").find(mouth) == std::string_view::npos) return false;
  while (byte(end) == mouth) ++end;
  if (is_word_class(there(end).type) || (mouth == '/' && end - at_ > 2)) return false;
  const char shown[2] = {eyes, mouth};
  whole(TokenKind::emoji, end, {shown, 2});
  return true;
}

// The first picture is the word; tones, variation selectors, and what a joiner adds belong to it.
void Scanner::emoji(const Character& first) {
  std::size_t end = at_ + first.length;
  for (bool joined = false; end < end_;) {
    const Character next = there(end);
    const bool part = next.type == Class::invisible || next.type == Class::skin_tone;
    if (!part && !(joined && next.type == Class::emoji)) break;
    joined = next.code == joiner;
    end += next.length;
  }
  const std::string_view shown = bytes_.substr(at_, first.length);
  whole(TokenKind::emoji, end, shown);
}

void Scanner::flag(const Character& first) {
  const Character second = there(at_ + first.length);
  const std::size_t length = first.length + (second.type == Class::region ? second.length : 0U);
  const std::string_view shown = bytes_.substr(at_, length);
  whole(TokenKind::emoji, at_ + length, shown);
}

}  // namespace nurturer::text
