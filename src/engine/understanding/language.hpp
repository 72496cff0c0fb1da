#pragma once
// The words of one language, ready for matching: lexicon, word lists, inflected forms, how common a word is.
//
// Filled while content is loaded, in this order: compile(), then add_pattern() for every matcher of the program, then it never
// changes. It must outlive the matchers' searches (messages are read with its lexicon) and may then be shared by threads.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diagnostic.hpp"
#include "engine/text/lexicon.hpp"
#include "engine/understanding/matcher.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::understanding {

class Language {
 public:
  /// Compiles lists and short forms. A list that includes itself, an unknown {list}, an empty list become diagnostics.
  static Language compile(const LanguageSource& source, Diagnostics& diagnostics);

  /// Parses `pattern`, checks its lists and adds it; empty and a diagnostic at `source` if it is wrong.
  std::optional<PatternId> add_pattern(Matcher& matcher, std::string_view pattern, const Source& source,
                                       Diagnostics& diagnostics);

  [[nodiscard]] const text::Lexicon& lexicon() const noexcept { return lexicon_; }
  [[nodiscard]] const WordLists& lists() const noexcept { return lists_; }
  /// Share of a word among words of ordinary chat, estimated; 0: not among the common ones.
  [[nodiscard]] double commonness(text::WordId word) const noexcept;

 private:
  text::Lexicon lexicon_;
  WordLists lists_;
  std::vector<double> commonness_;
};

}  // namespace nurturer::understanding
