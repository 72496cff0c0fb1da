#pragma once
// Folding beyond ASCII, and other ways in which one word is written: letters of another script, stretched letters.

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/text/character.hpp"

namespace nurturer::text {

/// Folds the end of `text` from `from` on (NFKC_Casefold); ASCII in it is lower case already.
void fold_tail(std::string& text, std::size_t from);

/// The word in plain Latin letters: marks dropped, look-alike letters of other scripts replaced (ICU's confusables).
/// Empty if nothing changes, if a letter has no such reading, or if no letter of the word is Latin in the first place.
[[nodiscard]] std::string plain_latin(std::string_view folded);

/// True if three equal letters follow each other.
[[nodiscard]] bool is_stretched(std::string_view word) noexcept;

/// The ways in which a stretched word may be meant: each run of three or more letters is two letters or one.
/// Asks with one after the other, all doubled first, until `known` says yes; at most 16. The last form asked is in `form`.
template <class Known>
bool squeeze(std::string_view word, std::string& form, const Known& known) {
  constexpr unsigned most_runs = 4;
  for (unsigned choice = 0; choice < (1U << most_runs); ++choice) {
    form.clear();
    unsigned runs = 0;
    for (std::size_t i = 0; i < word.size();) {
      std::size_t end = i + 1;
      while (end < word.size() && word[end] == word[i]) ++end;
      std::size_t keep = end - i;
      if (keep >= 3 && is_ascii_letter(word[i])) {
        keep = (runs < most_runs && (choice >> runs & 1U) != 0) ? 1 : 2;
        ++runs;
      }
      form.append(keep, word[i]);
      i = end;
    }
    if (known(std::string_view(form))) return true;
    if (choice + 1 >= (1U << (runs < most_runs ? runs : most_runs))) return false;
  }
  return false;
}

}  // namespace nurturer::text
