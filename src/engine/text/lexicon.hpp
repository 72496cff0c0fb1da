#pragma once
// The words that the rules know, and what stands for what.
//
// A Lexicon is built once while content is loaded and never changes afterwards, so any number of threads may read it.
// Words are kept folded (NFKC, case-folded, straight apostrophes): ask with folded text only.
// Rules and messages go through the same expansions ("can't" -> can not, "rn" -> right now), so an author may write
// either form. Words that no rule mentions have no id; they cost a message one look-up and nothing more.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nurturer::text {

/// A word of the lexicon. Ids are dense, from 0; `unknown_word` is none of them.
enum class WordId : std::uint32_t {};
inline constexpr WordId unknown_word{0xFFFF'FFFFU};

class Lexicon {
 public:
  /// What a look-up tells: the id, and the words that are read in its place (empty: the word itself).
  struct Entry {
    WordId id = unknown_word;
    std::uint32_t expansion_begin = 0;
    std::uint32_t expansion_count = 0;
    [[nodiscard]] bool known() const noexcept { return id != unknown_word; }
  };

  Lexicon();

  /// Adds `folded` if it is new. Only while content is loaded.
  WordId intern(std::string_view folded);

  /// From now on `folded` is read as `words` (already folded, none of them expanded further).
  void expand(std::string_view folded, const std::vector<std::string>& words);

  /// Words that people mask ("su1cide", "k*ll"): a masked token is compared with these alone.
  void add_maskable(std::string_view folded);

  /// A name of the companion: addressing it carries no meaning, so read() leaves it out. "@name": only as a mention.
  void add_name(std::string_view folded);

  [[nodiscard]] Entry find(std::string_view folded) const noexcept;
  [[nodiscard]] std::string_view word(WordId id) const noexcept;
  [[nodiscard]] const WordId* expansion(const Entry& entry) const noexcept;
  [[nodiscard]] const std::vector<WordId>& maskable() const noexcept { return maskable_; }
  [[nodiscard]] bool is_maskable(WordId id) const noexcept { return has(id, maskable_mark); }
  [[nodiscard]] bool is_name(WordId id) const noexcept { return has(id, name_mark); }
  [[nodiscard]] bool has_names() const noexcept { return has_names_; }
  [[nodiscard]] std::size_t size() const noexcept { return words_.size(); }

 private:
  struct Word {
    std::uint32_t begin, length;                     // in letters_
    std::uint32_t expansion_begin, expansion_count;  // in expansions_
  };
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t index = 0;  // of the word + 1; 0: free
  };
  static constexpr std::uint8_t maskable_mark = 1;
  static constexpr std::uint8_t name_mark = 2;

  [[nodiscard]] bool has(WordId id, std::uint8_t mark) const noexcept {
    return static_cast<std::size_t>(id) < marks_.size() && (marks_[static_cast<std::size_t>(id)] & mark) != 0;
  }
  [[nodiscard]] std::size_t slot_of(std::string_view folded, std::uint32_t hash) const noexcept;
  void grow();

  std::string letters_;
  std::vector<Word> words_;
  std::vector<std::uint8_t> marks_;  // by word
  std::vector<WordId> expansions_;
  std::vector<WordId> maskable_;
  std::vector<Slot> slots_;  // open addressing; the size is a power of two
  bool has_names_ = false;
};

}  // namespace nurturer::text
