#pragma once
// Phrases that are no intents: the words that work in every state ("back", "forget me"), and answers to a choice.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/diagnostic.hpp"
#include "engine/text/text.hpp"
#include "engine/understanding/language.hpp"
#include "engine/understanding/matcher.hpp"

namespace nurturer::understanding {

enum class PhraseId : std::uint32_t {};

class Phrasebook {
 public:
  /// While content is loaded. The patterns of one phrase are alternatives.
  PhraseId add(const std::vector<std::string>& patterns, const Source& source, Language& language, Diagnostics& diagnostics);
  void seal(const Language& language);

  /// The phrases that stand in `text`, each once, in order of their ids.
  [[nodiscard]] std::vector<PhraseId> find(const text::Text& text) const;

 private:
  Matcher matcher_;
  std::vector<PhraseId> phrase_of_;  // by pattern
  std::uint32_t phrases_ = 0;
};

}  // namespace nurturer::understanding
