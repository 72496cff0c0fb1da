#include "engine/dialogue/foreign.hpp"

#include <algorithm>
#include <array>

#include "engine/dialogue/speech.hpp"

namespace nurturer::dialogue {
namespace {

constexpr std::array<std::string_view, 6> spoken{"de", "es", "fr", "pt", "it", "nl"};

bool in_list(const std::vector<understanding::WordSequence>& list, text::WordId word) {
  return std::ranges::any_of(list, [word](const auto& entry) { return entry.size() == 1 && entry.front() == word; });
}

}  // namespace

std::optional<std::string> foreign_language(const understanding::Language& language, const text::Text& text) {
  const auto words = std::ranges::count(text.tokens, text::TokenKind::word, &text::Token::kind);
  std::optional<std::string> best;
  std::ptrdiff_t most = 1;  // a single word tells nothing
  for (const std::string_view tag : spoken) {
    const auto list = language.lists().find("language_" + std::string(tag));
    if (list == language.lists().end()) continue;
    const auto known = std::ranges::count_if(text.tokens, [&](const text::Token& token) {
      return token.id != text::unknown_word && in_list(list->second, token.id);
    });
    if (known > most && known * 3 >= words) {
      most = known;
      best = std::string(tag);
    }
  }
  return best;
}

void say_foreign(Stage& stage, const std::string& language) {
  const Place place{"other_languages", language};
  if (const Step* step = stage.library.find(place)) return say(stage, place, *step, false);
  say_common(stage, "not_understood_1");
}

}  // namespace nurturer::dialogue
