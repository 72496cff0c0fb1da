#pragma once
// A lexicon for tests, and messages written out as the rules see them.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/text/character.hpp"
#include "engine/text/lexicon.hpp"
#include "engine/text/text.hpp"

namespace nurturer::text::test {

inline std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (end > at) all.emplace_back(words.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

inline Lexicon lexicon_of(std::string_view words, std::string_view maskable = {},
                          std::initializer_list<std::pair<const char*, const char*>> forms = {}) {
  Lexicon lexicon;
  for (const std::string& word : split(words)) lexicon.intern(word);
  for (const std::string& word : split(maskable)) lexicon.add_maskable(word);
  for (const auto& [written, meant] : forms) lexicon.expand(written, split(meant));
  return lexicon;
}

inline Text read(std::string_view message, const Lexicon& lexicon) {
  Text text;
  read(message, lexicon, text);
  return text;
}

inline std::string_view folded(const Text& text, const Token& token) {
  return std::string_view(text.folded).substr(token.folded.begin, token.folded.end - token.folded.begin);
}

/// One word for each token, parted by " ", ", " (clause), " / " (line), ". " (sentence). Words without an id stand in brackets,
/// a second reading behind "=", the kind of what is no word before ":".
inline std::string words(const Text& text, const Lexicon& lexicon) {
  std::string line;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    if (i > 0)
      line += token.before == Break::none ? " " : token.before == Break::clause ? ", " : token.before == Break::line ? " / " : ". ";
    static constexpr const char* kinds[] = {"", "", "emoji:", "mention:", "link:", "code:"};
    line += kinds[static_cast<std::size_t>(token.kind)];
    if (token.kind == TokenKind::mention || token.kind == TokenKind::link || token.kind == TokenKind::code) continue;
    line += token.id == unknown_word ? "[" + std::string(folded(text, token)) + "]" : std::string(lexicon.word(token.id));
    if (token.variant != unknown_word) line += "=" + std::string(lexicon.word(token.variant));
  }
  return line;
}

inline std::string words(std::string_view message, const Lexicon& lexicon) { return words(read(message, lexicon), lexicon); }

/// What the tokens stand for in the message, parted by "|".
inline std::string spans(std::string_view message, const Text& text) {
  std::string line;
  for (const Token& token : text.tokens) {
    if (!line.empty()) line += "|";
    line += message.substr(token.span.begin, token.span.end - token.span.begin);
  }
  return line;
}

/// The words for which `asked` holds, parted by a space.
template <class Asked>
std::string words_where(const Text& text, Asked asked) {
  std::string line;
  for (const Token& token : text.tokens) {
    if (!asked(token)) continue;
    if (!line.empty()) line += " ";
    line += folded(text, token);
  }
  return line;
}

/// True if no character reaches across `at`. In what is no UTF-8 every byte stands alone.
inline bool is_border(std::string_view message, std::size_t at) {
  for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
    const Character before = character_at(message, at - back);
    if (before.code != 0 && before.length > back) return false;
  }
  return true;
}

/// What must hold for every message. Empty: it does; else what does not.
inline std::string broken_promise(std::string_view message, const Text& text, const Lexicon& lexicon) {
  std::uint32_t last_begin = 0;
  std::uint32_t last_folded = 0;
  if (text.truncated != (message.size() > longest_read)) return "truncated";
  if (text.tokens.size() > 65'000) return "too many tokens";
  for (const Token& token : text.tokens) {
    if (token.span.begin >= token.span.end || token.span.end > message.size()) return "span outside of the message";
    if (token.span.begin < last_begin) return "spans out of order";
    if (token.folded.begin > token.folded.end || token.folded.end > text.folded.size()) return "folded span outside";
    if (token.folded.begin < last_folded) return "folded spans out of order";
    if (token.id != unknown_word && static_cast<std::size_t>(token.id) >= lexicon.size()) return "id";
    if (token.variant != unknown_word && static_cast<std::size_t>(token.variant) >= lexicon.size()) return "variant";
    if (!is_border(message, token.span.begin) || !is_border(message, token.span.end)) return "span inside a character";
    last_begin = token.span.begin;
    last_folded = token.folded.begin;
  }
  if (!text.tokens.empty() && text.tokens.front().before != Break::sentence) return "the first word begins no sentence";
  return {};
}

}  // namespace nurturer::text::test
