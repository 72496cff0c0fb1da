#include "engine/dialogue/denial.hpp"

#include <algorithm>

namespace nurturer::dialogue {
namespace {

constexpr std::size_t denied_words = 3;

// Where the part denied by the word at `first` ends. "No" denies the next word alone: people begin with it whatever follows.
std::size_t end_of_denied(const Stage& stage, std::size_t first) {
  const auto& tokens = stage.text.tokens;
  const std::size_t reach = tokens[first].id == stage.language.lexicon().find("no").id ? 1 : denied_words;
  std::size_t end = first + 1;
  while (end < tokens.size() && end <= first + reach && tokens[end].before == text::Break::none) ++end;
  return end;
}

bool has(const std::vector<PhraseId>& phrases, PhraseId phrase) { return std::ranges::binary_search(phrases, phrase); }

}  // namespace

Denial::Denial(const Stage& stage) : all_(stage.phrases) {
  text::Text words = stage.text;
  text::Text parts = stage.text;
  words.tokens.clear();
  parts.tokens.clear();
  std::size_t denied_until = 0;
  for (std::size_t i = 0; i < stage.text.tokens.size(); ++i) {
    const text::Token& token = stage.text.tokens[i];
    const bool denies = stage.listed("denying", token.id);
    if (denies) denied_until = std::max(denied_until, end_of_denied(stage, i));
    if (!denies) words.tokens.push_back(token);
    if (i >= denied_until) parts.tokens.push_back(token);
    denies_ = denies_ || denies;
  }
  if (!denies_) return;
  without_words_ = stage.library.phrases.find(words);
  without_parts_ = stage.library.phrases.find(parts);
}

bool Denial::says_by_denying(PhraseId phrase) const { return denies_ && has(all_, phrase) && !has(without_words_, phrase); }

bool Denial::says_plainly(PhraseId phrase) const { return has(all_, phrase) && (!denies_ || has(without_parts_, phrase)); }

}  // namespace nurturer::dialogue
