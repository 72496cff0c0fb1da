#include "content/forbidden.hpp"

#include <algorithm>

#include "engine/text/text.hpp"

namespace nurturer::content {
namespace {

std::vector<std::string> folded(const std::vector<Words>& words) {
  std::vector<std::string> texts;
  texts.reserve(words.size());
  for (const Words& word : words) texts.push_back(text::fold(word.text));
  return texts;
}

bool letter(char byte) noexcept {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x80U || (value >= 'a' && value <= 'z') || (value >= '0' && value <= '9');
}

/// Where `word` stands in `text` at or after `from`, not within a longer word.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  const bool any_ending = word.ends_with('*');
  if (any_ending) word.remove_suffix(1);
  if (word.empty()) return std::string_view::npos;
  for (auto at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool begins = at == 0 || !letter(word.front()) || !letter(text[at - 1]);
    const bool ends = any_ending || end == text.size() || !letter(word.back()) || !letter(text[end]);
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

/// The word at `at` is part of something that is fine.
bool excepted(const Forbidden& forbidden, std::string_view text, std::size_t at) {
  return std::ranges::any_of(forbidden.except, [&](const std::string& fine) {
    const std::size_t earliest = at < fine.size() ? 0 : at - fine.size() + 1;
    return find_word(text, fine, earliest) <= at;
  });
}

}  // namespace

void read_forbidden(const Value& file, std::vector<Forbidden>& into, Mistakes& mistakes) {
  Table table(file, "file", mistakes);
  for (const Value* const value : table.tables("forbidden", "[[forbidden]]")) {
    Table entry(*value, "entry", mistakes);
    Forbidden forbidden;
    forbidden.words = folded(entry.texts("words", "words = [\"calm down\"]"));
    forbidden.except = folded(entry.texts("except"));
    forbidden.may = entry.texts("may");
    forbidden.file = mistakes.page().path();
    if (const auto why = entry.text("why", "why = \"It tells a person that what they feel is wrong.\"")) forbidden.why = why->text;
    if (const auto instead = entry.text("instead", "instead = \"let it slow down\"")) forbidden.instead = instead->text;
    entry.finish();
    into.push_back(std::move(forbidden));
  }
  table.finish();
}

std::string_view find_forbidden(const Forbidden& forbidden, std::string_view folded) {
  for (const std::string& word : forbidden.words) {
    for (auto at = find_word(folded, word, 0); at != std::string_view::npos; at = find_word(folded, word, at + 1)) {
      if (!excepted(forbidden, folded, at)) return word;
    }
  }
  return {};
}

}  // namespace nurturer::content
