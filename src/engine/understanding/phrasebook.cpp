#include "engine/understanding/phrasebook.hpp"

#include <algorithm>

namespace nurturer::understanding {

PhraseId Phrasebook::add(const std::vector<std::string>& patterns, const Source& source, Language& language, Diagnostics& diagnostics) {
  const PhraseId id{phrases_++};
  for (const std::string& pattern : patterns) {
    if (language.add_pattern(matcher_, pattern, source, diagnostics)) phrase_of_.push_back(id);
  }
  return id;
}

void Phrasebook::seal(const Language& language) {
  matcher_.seal([&language](text::WordId word) { return language.commonness(word); });
}

std::vector<PhraseId> Phrasebook::find(const text::Text& text) const {
  Matcher::Scratch scratch;
  std::vector<Hit> hits;
  matcher_.find(text, scratch, hits);
  std::vector<PhraseId> phrases;
  phrases.reserve(hits.size());
  for (const Hit& hit : hits) phrases.push_back(phrase_of_[static_cast<std::size_t>(hit.pattern)]);
  std::sort(phrases.begin(), phrases.end());
  phrases.erase(std::unique(phrases.begin(), phrases.end()), phrases.end());
  return phrases;
}

}  // namespace nurturer::understanding
