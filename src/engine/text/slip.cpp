#include "engine/text/slip.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "engine/text/character.hpp"

namespace nurturer::text {
namespace {

constexpr std::size_t shortest = 5;
constexpr std::size_t longest = 16;
constexpr std::size_t shortest_in_danger = 6;

// Words of their own that differ from others as a slip does.
constexpr std::array<std::string_view, 56> real_words = {
    "sacred",  "trail",   "trial",   "angle",    "angles",  "angel",   "angels",  "dairy",    "diary",   "unclear", "nuclear", "casual",
    "causal",  "united",  "untied",  "desert",   "dessert", "latter",  "hopping", "planed",   "beard",   "board",   "diner",   "tapping",
    "scarred", "loose",   "heroine", "heroines", "comma",   "commas",  "supper",  "fires",    "fries",   "chose",   "field",   "latte",
    "carer",   "boots",   "filled",  "filling",  "stared",  "starred", "tinny",   "shinning", "ridding", "bitter",  "matting", "patting",
    "rapper",  "ripping", "pilling", "billing",  "brake",   "bared",   "barred",  "wedding"};

bool is_plain(std::string_view word) noexcept { return std::all_of(word.begin(), word.end(), is_ascii_letter); }

/// Read as itself: a slip is not taken for a short form.
WordId known(const Lexicon& lexicon, std::string_view word) noexcept {
  const Lexicon::Entry entry = lexicon.find(word);
  return entry.expansion_count == 0 ? entry.id : unknown_word;
}

WordId swapped(std::string& word, const Lexicon& lexicon) noexcept {
  for (std::size_t i = 1; i + 1 < word.size(); ++i) {
    if (word[i] == word[i + 1]) continue;
    std::swap(word[i], word[i + 1]);
    const WordId id = known(lexicon, word);
    std::swap(word[i], word[i + 1]);
    if (id != unknown_word) return id;
  }
  return unknown_word;
}

WordId doubled(std::string_view word, const Lexicon& lexicon) {
  std::string other;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool pair = i + 1 < word.size() && word[i] == word[i + 1];
    if (!pair && i > 0 && word[i] == word[i - 1]) continue;
    other.assign(word.substr(0, i + 1));
    if (!pair) other.push_back(word[i]);
    other.append(word.substr(i + (pair ? 2 : 1)));
    const WordId id = known(lexicon, other);
    if (id != unknown_word) return id;
  }
  return unknown_word;
}

/// True if `longer` is `shorter` with one letter more, not the first.
bool one_more(std::string_view longer, std::string_view shorter) noexcept {
  if (longer.size() != shorter.size() + 1 || longer[0] != shorter[0]) return false;
  const auto [at, end] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  return std::equal(at, shorter.end(), end + 1, longer.end());
}

WordId in_danger(std::string_view word, const Lexicon& lexicon) noexcept {
  for (const WordId id : lexicon.maskable()) {
    const std::string_view meant = lexicon.word(id);
    if (meant.size() >= shortest_in_danger && (one_more(word, meant) || one_more(meant, word))) return id;
  }
  return unknown_word;
}

}  // namespace

WordId slip_of(std::string_view word, const Lexicon& lexicon) {
  if (word.size() < shortest || word.size() > longest || !is_plain(word)) return unknown_word;
  if (std::find(real_words.begin(), real_words.end(), word) != real_words.end()) return unknown_word;
  std::string letters(word);
  WordId id = swapped(letters, lexicon);
  if (id == unknown_word) id = doubled(word, lexicon);
  if (id == unknown_word) id = in_danger(word, lexicon);
  return id;
}

}  // namespace nurturer::text
