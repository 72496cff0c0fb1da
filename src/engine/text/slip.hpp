#pragma once
// Slips of the fingers: two letters swapped ("anxeity"), one doubled or not ("kiling", "lonelyy"), and in words of danger one left
// out or added ("sucide"). Other mistakes are not guessed: a letter changed makes too many other words ("overdone", "overdose").

#include <string_view>

#include "engine/text/lexicon.hpp"

namespace nurturer::text {

/// The word of the lexicon that `word`, which is none, was meant to be, or `unknown_word`. For lower-case ASCII letters.
[[nodiscard]] WordId slip_of(std::string_view word, const Lexicon& lexicon);

}  // namespace nurturer::text
