#pragma once
// Cuts a message into words and marks in one pass, and finds what is not the sender's own speech: code, links, quotes.

#include <array>
#include <cstddef>
#include <string_view>

#include "engine/text/character.hpp"
#include "engine/text/lexicon.hpp"
#include "engine/text/mask.hpp"
#include "engine/text/text.hpp"
#include "engine/text/writer.hpp"

namespace nurturer::text {

class Scanner {
 public:
  Scanner(std::string_view message, const Lexicon& lexicon, Text& text, Writer::Author author)
      : bytes_(message), lexicon_(lexicon), text_(text), writer_(lexicon, text, author) {}

  /// Reads [begin, end), both at character borders. May be called again for a later part of the message.
  void scan(std::size_t begin, std::size_t end);
  [[nodiscard]] const Writer& writer() const noexcept { return writer_; }

 private:
  struct Quote {
    bool open = false;
    char32_t mark = 0;
    std::size_t token = 0;
  };

  /// A piece that may be a masked word.
  struct Chunk {
    std::array<char, longest_mask> bytes{};
    std::size_t size = 0;
    std::size_t plain = 0;
    [[nodiscard]] std::string_view whole() const noexcept { return {bytes.data(), size}; }
  };

  void step();
  // scanner.cpp: marks
  void newline();
  void stops();
  void clause();
  void hyphen();
  void double_quote(const Character& mark);
  void apostrophe(const Character& mark);
  void greater();
  void symbol(const Character& mark);
  void end_quoted_line();
  // scan_word.cpp
  void word();
  std::size_t gather(Shape& shape);
  void take_ascii_letters(Shape& shape);
  bool take_letter(const Character& letter, Shape& shape);
  bool take_joint(const Character& mark, Shape& shape);
  bool dotted(std::size_t from, std::size_t begin, Shape shape);
  bool masked(std::size_t from, std::size_t begin, const Shape& shape);
  [[nodiscard]] Chunk chunk_from(std::size_t begin) const;
  [[nodiscard]] WordId meaning_of(Chunk& chunk) const;
  bool link(std::size_t from, std::size_t begin);
  // scan_special.cpp
  void backtick();
  void mention();
  void less();
  bool emoticon();
  void emoji(const Character& first);
  void flag(const Character& first);
  void whole(TokenKind kind, std::size_t end, std::string_view shown);

  [[nodiscard]] Character here() const noexcept { return at_ < end_ ? character_at(bytes_, at_) : Character{}; }
  [[nodiscard]] Character there(std::size_t at) const noexcept { return at < end_ ? character_at(bytes_, at) : Character{}; }
  [[nodiscard]] char byte(std::size_t at) const noexcept { return at < end_ ? bytes_[at] : '\0'; }
  [[nodiscard]] Character before() const noexcept { return at_ > begin_ ? character_before(bytes_, at_) : Character{Class::space}; }
  [[nodiscard]] bool at_line_start() const noexcept;
  [[nodiscard]] bool starts_with(std::string_view words) const noexcept { return bytes_.substr(at_, end_ - at_).starts_with(words); }

  std::string_view bytes_;
  const Lexicon& lexicon_;
  Text& text_;
  Writer writer_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t line_begin_ = 0;
  Quote double_;
  Quote single_;
  bool line_quoted_ = false;
  std::size_t line_token_ = 0;
  // Places before which no closing backticks are found: without them a row of backticks would be searched again and again.
  std::size_t no_backtick_until_ = 0;
  bool no_fence_ = false;
};

[[nodiscard]] constexpr bool is_word_class(Class type) noexcept { return type == Class::letter || type == Class::digit; }
[[nodiscard]] constexpr bool is_gap_class(Class type) noexcept {
  return type == Class::space || type == Class::newline || type == Class::broken;
}

}  // namespace nurturer::text
