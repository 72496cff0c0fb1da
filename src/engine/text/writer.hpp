#pragma once
// Turns folded words into tokens: look-up, short forms, endings ("n't", "'s"), stretched letters, second readings.
//
// The scanner appends the letters of a word straight to Text::folded, between open() and close(): an ordinary word is
// copied once. What is rare takes the word out again and writes what it was read as.

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/text/lexicon.hpp"
#include "engine/text/text.hpp"

namespace nurturer::text {

/// What the scanner saw of a word.
struct Shape {
  std::uint32_t letters = 0;
  std::uint32_t capitals = 0;
  bool digits = false;
  bool wide = false;  // not ASCII
  bool apostrophe = false;
};

class Writer {
 public:
  /// Words of a rule that are new are read as they stand; in a message they may be slips for others.
  enum class Author : std::uint8_t { person, rule };

  Writer(const Lexicon& lexicon, Text& text, Author author) : lexicon_(lexicon), text_(text), author_(author) {}

  /// A word begins. Its folded letters are appended to Text::folded from the place returned.
  std::size_t open();
  void close(std::size_t from, Span span, const Shape& shape);
  /// The word was none: what was appended since open() goes.
  void abandon(std::size_t from);
  /// A word that was unmasked.
  void masked(Span span, const Shape& shape, WordId meant);
  /// An emoji, or what has no words for the rules: mention, link, code. `shown` is what RE2 rules see of it.
  void single(TokenKind kind, Span span, std::string_view shown);
  /// A mark after the last word; `mark` 0: not shown to RE2 rules.
  void pause(Break strength, char mark);
  void ask();  // a question mark
  void quote_since(std::size_t token);

  [[nodiscard]] std::size_t count() const noexcept { return text_.tokens.size(); }
  [[nodiscard]] std::size_t word_end() const noexcept { return word_end_; }
  /// True if letters that stand alone follow each other somewhere ("k m s").
  [[nodiscard]] bool spelled() const noexcept { return spelled_; }
  [[nodiscard]] std::size_t sentences() const noexcept { return sentences_; }
  /// "dr", "mrs": a full stop behind them ends no sentence.
  [[nodiscard]] bool after_abbreviation() const noexcept;

 private:
  // Short forms could make more tokens than a Hit can count; beyond this many they are left as they are.
  static constexpr std::size_t most_expanded = 30'000;

  void read(std::string_view word);
  void read_known(const Lexicon::Entry& entry, std::string_view word);
  void read_unknown(std::string_view word);
  bool read_ending(std::string_view word);
  bool read_squeezed(std::string_view word);
  bool read_number_first(std::string_view word);
  void write(std::string_view word, WordId id, WordId variant);
  void write(std::string_view word) { write(word, lexicon_.find(word).id, unknown_word); }
  void push(WordId id, WordId variant, std::size_t folded_begin, TokenKind kind);
  [[nodiscard]] WordId second_reading(std::string_view word) const;
  void count_spelled(bool one_letter);

  const Lexicon& lexicon_;
  Text& text_;
  Author author_;
  Span span_;
  Shape shape_;
  bool stretched_ = false;
  bool squeezed_ = false;  // in vain
  Break pending_ = Break::sentence;
  std::size_t sentences_ = 0;
  std::size_t sentence_begin_ = 0;  // token
  std::size_t asked_until_ = 0;     // token; "? ? ?" must not mark the same words again and again
  std::size_t word_end_ = 0;        // in the message
  unsigned single_letters_ = 0;
  bool spelled_ = false;
  std::string rare_;  // the word taken out of Text::folded
  std::string form_;
};

}  // namespace nurturer::text
