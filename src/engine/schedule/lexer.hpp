#pragma once
// A message as the grammar of time sees it: small words, whole numbers and marks, each with its place in the message.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nurturer::schedule {

struct Piece {
  std::string word;         // in small letters; a number's digits; one mark
  int number = -1;          // of digits or of a number word
  std::uint32_t begin = 0;  // bytes of the message
  std::uint32_t end = 0;
  bool digits = false;
  bool mark = false;
  bool glued = false;  // nothing stands between it and the one before
};

/// Any bytes; linear. What stands between two pieces is space.
[[nodiscard]] std::vector<Piece> lex(std::string_view text);

/// Pieces from a place on, with the questions that a grammar asks.
class Reader {
 public:
  explicit Reader(const std::vector<Piece>& pieces, std::size_t at = 0) : pieces_(&pieces), at_(at) {}

  [[nodiscard]] std::size_t at() const noexcept { return at_; }
  void go_to(std::size_t at) noexcept { at_ = at; }
  void skip(std::size_t count = 1) noexcept { at_ += count; }
  [[nodiscard]] bool ended() const noexcept { return at_ >= pieces_->size(); }
  /// The piece `ahead` of here; one that matches nothing beyond the end.
  [[nodiscard]] const Piece& peek(std::size_t ahead = 0) const noexcept;
  [[nodiscard]] const Piece& before() const noexcept;
  [[nodiscard]] bool is(std::string_view word, std::size_t ahead = 0) const noexcept { return peek(ahead).word == word; }

  /// Takes one of the words, separated by '|'; a word of several is written with spaces: "a|the|day after".
  bool take(std::string_view words) noexcept;
  [[nodiscard]] bool sees(std::string_view words) const noexcept;
  /// Takes a number as digits or words ("9", "twenty five", "twenty-five"); -1: none stands here. What is glued to it ("4ever") the
  /// grammar has to look at.
  int take_number() noexcept;
  /// How many pieces the words take from here on; 0: they do not stand here.
  [[nodiscard]] std::size_t length_of(std::string_view words) const noexcept;

 private:
  const std::vector<Piece>* pieces_;  // outlives the reader
  std::size_t at_;
};

/// True if one of the words, as Reader::take() has them, stands somewhere.
[[nodiscard]] bool stands_anywhere(const std::vector<Piece>& pieces, std::string_view words) noexcept;

}  // namespace nurturer::schedule
