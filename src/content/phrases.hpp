#pragma once
// Phrases on their way into the phrasebook: equal ones are added once, since "yes" stands beside hundreds of choices.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/understanding/language.hpp"
#include "engine/understanding/phrasebook.hpp"

namespace nurturer::content {

class Phrases {
 public:
  /// All three must outlive it. What the engine says about a pattern goes to `told`, with the author's fragment as words.
  Phrases(understanding::Phrasebook& book, understanding::Language& language, Diagnostics& told);

  /// Empty if there are no patterns.
  std::optional<understanding::PhraseId> add(const std::vector<std::string>& patterns, const Source& source);

 private:
  understanding::Phrasebook& book_;
  understanding::Language& language_;
  Diagnostics& told_;
  std::unordered_map<std::string, understanding::PhraseId> known_;
};

/// The pattern of a message that is this label and nothing else, or empty if the label has no letters. Marks of the pattern language mean
/// nothing in a label ("what now?").
[[nodiscard]] std::string whole_message(std::string_view label);

}  // namespace nurturer::content
