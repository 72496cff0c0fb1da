#pragma once
// The words of one language, ready for matching: lexicon, word lists, inflected forms, how common a word is.
//
// Filled while content is loaded, in this order: compile(), then add_pattern() for every matcher of the program, then it never
// changes. It must outlive the matchers' searches (messages are read with its lexicon) and may then be shared by threads.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/diagnostic.hpp"
#include "engine/text/lexicon.hpp"
#include "engine/understanding/inflect.hpp"
#include "engine/understanding/matcher.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::understanding {

class Language {
 public:
  /// Compiles lists and short forms. A list that includes itself, an unknown {list}, an empty list become diagnostics.
  static Language compile(const LanguageSource& source, Diagnostics& diagnostics);

  /// Parses `pattern`, checks its lists and adds it; empty and a diagnostic at `source` if it is wrong.
  std::optional<PatternId> add_pattern(Matcher& matcher, std::string_view pattern, const Source& source, Diagnostics& diagnostics);

  [[nodiscard]] const text::Lexicon& lexicon() const noexcept { return lexicon_; }
  [[nodiscard]] const WordLists& lists() const noexcept { return lists_; }
  /// The word and all its forms ("text", "texts", "texted", ...), the word first.
  [[nodiscard]] std::vector<std::string> forms(std::string_view word) const { return forms_.of(word); }
  /// Share of a word among words of ordinary chat, estimated; 0: not among the common ones.
  [[nodiscard]] double commonness(text::WordId word) const noexcept;

 private:
  using ShortForms = std::unordered_map<std::string, const ShortForm*>;  // by what is written, folded

  void add_common_words(const std::vector<std::string>& words);
  void weigh_common_words(const std::vector<std::string>& words);
  void add_short_forms(const std::vector<ShortForm>& forms, Diagnostics& diagnostics);
  std::vector<std::string> meaning_of(const ShortForm& form, const ShortForms& all, int depth);
  void add_short_form(const std::string& written, const std::vector<std::string>& words, const ShortForm& form, Diagnostics& diagnostics);
  void add_names(const LanguageSource& source, Diagnostics& diagnostics);
  std::optional<std::vector<WordSequence>> entry_words(const std::string& entry, const Source& source, Diagnostics& diagnostics);
  [[nodiscard]] std::vector<std::string> forms_of(const std::string& phrase) const;
  [[nodiscard]] WordSequence sequence_of(const std::string& phrase);

  friend class ListCompiler;

  text::Lexicon lexicon_;
  WordLists lists_;
  Forms forms_;
  std::vector<double> commonness_;
};

}  // namespace nurturer::understanding
