#include "engine/understanding/language.hpp"

#include <algorithm>
#include <array>

#include "engine/understanding/list_compiler.hpp"
#include "engine/understanding/nearest.hpp"
#include "engine/understanding/pattern.hpp"

namespace nurturer::understanding {
namespace {

// Words that read() itself may write. Known from the start, they are read alike in rules and in messages.
constexpr std::array<std::string_view, 11> written_by_reader = {"not",  "'s",    "is",  "am",  "are",  "have",
                                                                "will", "would", "had", "can", "shall"};

// Without its apostrophe the short form is another word: we're, she'll, i'd.
constexpr std::array<std::string_view, 9> other_words = {"were", "shell", "hell", "well", "ill", "id", "wed", "shed", "whore"};

// Zipf's law: the share of the word at this rank among all words of chat.
double share_at(std::size_t rank) noexcept { return 0.08 / (static_cast<double>(rank) + 2.0); }

std::vector<std::string> split(std::string_view folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::vector<std::string> words_read(std::string_view phrase, const text::Lexicon& lexicon) {
  text::Text memory;
  text::read_phrase(phrase, lexicon, memory);
  std::vector<std::string> words;
  words.reserve(memory.tokens.size());
  for (const text::Token& token : memory.tokens)
    words.emplace_back(memory.folded.substr(token.folded.begin, token.folded.end - token.folded.begin));
  return words;
}

}  // namespace

Language Language::compile(const LanguageSource& source, Diagnostics& diagnostics) {
  Language language;
  for (const std::string_view word : written_by_reader) language.lexicon_.intern(word);
  for (const std::vector<std::string>& row : source.irregular_forms) {
    std::vector<std::string> folded;
    folded.reserve(row.size());
    for (const std::string& word : row) folded.push_back(text::fold(word));
    if (!folded.empty()) language.forms_.add_irregular(folded);
  }
  language.add_common_words(source.common_words);
  language.add_short_forms(source.short_forms, diagnostics);
  language.weigh_common_words(source.common_words);
  language.add_names(source, diagnostics);
  ListCompiler(language, source.lists, diagnostics).compile();
  return language;
}

void Language::add_common_words(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::string folded = text::fold(word);
    if (words_read(folded, lexicon_).size() == 1) lexicon_.intern(folded);
  }
}

// A short form counts for the words that are read in its place.
void Language::weigh_common_words(const std::vector<std::string>& words) {
  for (std::size_t rank = 0; rank < words.size(); ++rank) {
    for (const text::WordId word : sequence_of(words[rank])) {
      const auto index = static_cast<std::size_t>(word);
      if (commonness_.size() <= index) commonness_.resize(index + 1, 0.0);
      commonness_[index] += share_at(rank);
    }
  }
}

void Language::add_short_forms(const std::vector<ShortForm>& forms, Diagnostics& diagnostics) {
  ShortForms all;
  for (const ShortForm& form : forms) {
    const bool added = all.emplace(text::fold(form.written), &form).second;
    if (!added) diagnostics.push_back({form.source, form.written, "This short form is written twice.", "Leave one of them out."});
  }
  std::vector<std::pair<std::string, std::vector<std::string>>> meanings;
  meanings.reserve(forms.size());
  for (const ShortForm& form : forms) meanings.emplace_back(text::fold(form.written), meaning_of(form, all, 0));
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const auto& [written, words] = meanings[i];
    if (all[written] != &forms[i]) continue;
    add_short_form(written, words, forms[i], diagnostics);
    std::string bare = written;
    std::erase(bare, '\'');
    // "friends" are several friends: forms in 's are read without their mark only where a list says so ("hes").
    const bool another = written.ends_with("'s") || std::find(other_words.begin(), other_words.end(), bare) != other_words.end();
    if (bare != written && !bare.empty() && !another && !all.contains(bare)) add_short_form(bare, words, forms[i], diagnostics);
  }
}

// Short forms may be used in the meaning of others; a circle of them ends at some depth and means nothing.
std::vector<std::string> Language::meaning_of(const ShortForm& form, const ShortForms& all, int depth) {
  constexpr int deepest = 6;
  std::vector<std::string> words;
  for (const std::string& word : split(text::fold(form.meant))) {
    const auto found = all.find(word);
    const bool further = found != all.end() && found->second != &form;
    if (further && depth == deepest) return {};
    const std::vector<std::string> read = further ? meaning_of(*found->second, all, depth + 1) : words_read(word, lexicon_);
    if (further && read.empty()) return {};
    words.insert(words.end(), read.begin(), read.end());
  }
  return words;
}

void Language::add_short_form(const std::string& written, const std::vector<std::string>& words, const ShortForm& form,
                              Diagnostics& diagnostics) {
  if (words.empty()) {
    diagnostics.push_back(
        {form.source, form.meant, "This short form stands for nothing.", "Write the words that are meant; no circle of short forms."});
    return;
  }
  if (written.empty() || words_read(written, {}).empty() || written.find(' ') != std::string::npos) {
    diagnostics.push_back({form.source, form.written, "A short form is one word.", "Write several words into a word list instead."});
    return;
  }
  if (words.size() == 1 && words.front() == written) return;
  lexicon_.expand(written, words);
  if (words_read(written, lexicon_) != words) {
    diagnostics.push_back({form.source, form.written, "This is not read as one word, so it would never be found.",
                           "Use letters, digits and apostrophes only."});
  }
}

void Language::add_names(const LanguageSource& source, Diagnostics& diagnostics) {
  for (const std::string& entry : source.maskable) {
    for (const std::string& form : forms_of(entry)) {
      const std::string folded = text::fold(form);
      if (folded.empty() || folded.find(' ') != std::string::npos) {
        diagnostics.push_back({{}, entry, "A maskable word is one word.", "Write its words one by one."});
      } else {
        lexicon_.add_maskable(folded);
      }
    }
  }
  for (const std::string& name : source.addressing) {
    const std::string folded = text::fold(name);
    if (folded.empty() || folded.find(' ') != std::string::npos) {
      diagnostics.push_back({{}, name, "A name of the companion is one word.", "Write the first word of it."});
    } else {
      lexicon_.add_name(folded);
    }
  }
}

std::vector<std::string> Language::forms_of(const std::string& phrase) const {
  std::vector<std::string> phrases{""};
  for (const std::string& word : split(phrase)) {
    const bool inflected = word.size() > 1 && word.back() == '~';
    const std::vector<std::string> forms = inflected ? forms_.of(text::fold(word.substr(0, word.size() - 1))) : std::vector{word};
    std::vector<std::string> longer;
    for (const std::string& begin : phrases) {
      for (const std::string& form : forms) longer.emplace_back(begin).append(begin.empty() ? "" : " ").append(form);
    }
    phrases = std::move(longer);
  }
  return phrases;
}

WordSequence Language::sequence_of(const std::string& phrase) {
  WordSequence words;
  for (const std::string& word : words_read(phrase, lexicon_)) words.push_back(lexicon_.intern(word));
  return words;
}

std::optional<std::vector<WordSequence>> Language::entry_words(const std::string& entry, const Source& source, Diagnostics& diagnostics) {
  constexpr std::size_t most_inflected = 3;
  const auto parsed = parse_pattern(entry);
  if (!parsed) {
    diagnostics.push_back({source, parsed.error().fragment, parsed.error().problem, parsed.error().remedy});
    return std::nullopt;
  }
  const bool plain =
      !parsed->at_start && !parsed->at_end && std::all_of(parsed->elements.begin(), parsed->elements.end(), [](const Element& element) {
        return element.phrases.size() == 1 && element.lists.empty() && !element.optional && element.gap == 0;
      });
  const bool bounded = static_cast<std::size_t>(std::count(entry.begin(), entry.end(), '~')) <= most_inflected;
  if (!plain || !bounded || entry.find('(') != std::string::npos) {
    diagnostics.push_back(
        {source, entry, plain && !bounded ? "Too many words with ~ in one entry." : "An entry of a word list is only words.",
         "Write each phrase as an entry of its own; {other} alone includes another list; gaps and choices belong into patterns."});
    return std::nullopt;
  }
  std::vector<WordSequence> sequences;
  for (const std::string& phrase : forms_of(entry)) sequences.push_back(sequence_of(phrase));
  return sequences;
}

std::optional<PatternId> Language::add_pattern(Matcher& matcher, std::string_view pattern, const Source& source, Diagnostics& diagnostics) {
  auto parsed = parse_pattern(pattern);
  if (!parsed) {
    diagnostics.push_back({source, parsed.error().fragment, parsed.error().problem, parsed.error().remedy});
    return std::nullopt;
  }
  bool complete = true;
  for (Element& element : parsed->elements) {
    for (const std::string& list : element.lists) {
      if (lists_.contains(list)) continue;
      std::vector<std::string> known;
      for (const auto& [name, words] : lists_) known.push_back(name);
      std::sort(known.begin(), known.end());
      diagnostics.push_back({source, "{" + list + "}", "There is no word list called " + list + ".", list_remedy(list, known)});
      complete = false;
    }
    const auto inflected = [](const std::string& phrase) { return phrase.find('~') != std::string::npos; };
    if (std::none_of(element.phrases.begin(), element.phrases.end(), inflected)) continue;
    std::vector<std::string> phrases;
    for (const std::string& phrase : element.phrases) {
      for (std::string& form : forms_of(phrase)) phrases.push_back(std::move(form));
    }
    element.phrases = std::move(phrases);
  }
  if (!complete) return std::nullopt;
  return matcher.add(*parsed, lexicon_, lists_);
}

double Language::commonness(text::WordId word) const noexcept {
  const auto index = static_cast<std::size_t>(word);
  return index < commonness_.size() ? commonness_[index] : 0.0;
}

}  // namespace nurturer::understanding
