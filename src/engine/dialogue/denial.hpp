#pragma once
// What is denied is not said: "nothing fits" and "not better" are no answer "it fits", "it is better".

#include <vector>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// The phrases of a message, seen by what it denies. The denying words are the list `denying` of the content.
class Denial {
 public:
  explicit Denial(const Stage& stage);

  /// The phrase stands there only by the denying word: "nothing fits".
  [[nodiscard]] bool says_by_denying(PhraseId phrase) const;
  /// The phrase stands there, and not only in what is denied: "no, it fits".
  [[nodiscard]] bool says_plainly(PhraseId phrase) const;

 private:
  std::vector<PhraseId> all_;
  std::vector<PhraseId> without_words_;  // as if the denying words were not there
  std::vector<PhraseId> without_parts_;  // as if what they deny were not there either
  bool denies_ = false;
};

}  // namespace nurturer::dialogue
