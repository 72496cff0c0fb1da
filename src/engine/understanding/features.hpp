#pragma once
// What a message shows, as names that leanings can weigh: its words, pairs of neighbours, pairs with one word between, and the word lists
// that a word or a phrase of it stands in.
//
//   "text"            a word as read (after expansion); "#number", "#link", "#mention", "#code" for what is none; marks: , . ? !
//   "text~"           a word in any of its forms
//   "not text"        two neighbours        "not _ back"   two with one between
//   "{silence}"       a word or phrase of this list        "#group"   written in a group
//
// Made from Language once and immutable: threads may share it.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/text/text.hpp"
#include "engine/understanding/language.hpp"
#include "engine/understanding/reading.hpp"

namespace nurturer::understanding {

/// One feature of a message; the views live as long as the text and the language that it was read with.
struct Feature {
  enum class Kind : std::uint8_t { word, family, pair, apart, list };
  Kind kind = Kind::word;
  std::string_view first, second;  // of a list: its name, and nothing
  std::uint32_t from = 0, to = 0;  // tokens [from, to]
};

/// The feature as it stands in leanings.tsv; of a family by the word as written ("texted~"), not by its base.
[[nodiscard]] std::string name(const Feature& feature);
/// Of the name, without making the name. Two features with one hash would be taken for each other: at 64 bits nobody meets them.
[[nodiscard]] std::uint64_t hash(const Feature& feature) noexcept;
[[nodiscard]] std::uint64_t hash(std::string_view name) noexcept;

class Features {
 public:
  explicit Features(const Language& language);

  /// Memory of one message, used again by the next.
  struct Scratch {
    struct Word {
      std::string_view word;
      std::uint32_t token = 0;
    };
    std::vector<Word> words;
  };

  /// Fills `into` with every feature of the message, equal ones several times.
  void read(const text::Text& text, Setting setting, Scratch& scratch, std::vector<Feature>& into) const;

 private:
  void read_words(const text::Text& text, Scratch& scratch) const;
  void read_lists(const text::Text& text, std::vector<Feature>& into) const;

  static constexpr std::size_t longest_phrase = 3;  // words of a list's entry

  const Language* language_;
  std::vector<std::string_view> lists_;  // names, in the language
  std::unordered_map<std::uint64_t, std::vector<std::uint16_t>> by_phrase_;  // lists, by the hash of their entries' word ids
};

}  // namespace nurturer::understanding
