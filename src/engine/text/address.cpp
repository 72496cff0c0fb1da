#include "engine/text/address.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace nurturer::text {
namespace {

constexpr std::array<std::string_view, 9> openers = {"hey", "hi", "hello", "hiya", "heya", "ok", "okay", "dear", "yo"};
// What may be said to somebody by name without a comma between: "thank you nurturer".
constexpr std::array<std::string_view, 21> closers = {"thanks", "thx",     "ty",        "night",  "morning", "evening", "afternoon",
                                                      "bye",    "goodbye", "goodnight", "please", "pls",     "ok",      "okay",
                                                      "yes",    "no",      "stop",      "hi",     "hello",   "hey",     "sorry"};

std::string_view shown(const Text& text, std::size_t token) {
  const Span span = text.tokens[token].folded;
  return std::string_view(text.folded).substr(span.begin, span.end - span.begin);
}

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool closes(const Text& text, std::size_t token) {
  if (is_one_of(closers, shown(text, token))) return true;
  if (token == 0 || shown(text, token) != "you") return false;
  const std::string_view before = shown(text, token - 1);
  return before == "thank" || before == "love";
}

void take_out(Text& text, std::size_t token) {
  if (token + 1 < text.tokens.size()) {
    Token& next = text.tokens[token + 1];
    next.before = std::max(next.before, text.tokens[token].before);
  }
  text.tokens.erase(text.tokens.begin() + static_cast<std::ptrdiff_t>(token));
}

}  // namespace

void leave_out_names(const Lexicon& lexicon, Text& text) {
  const auto is_name = [&](std::size_t token) { return lexicon.is_name(text.tokens[token].id); };
  const std::size_t first = !text.tokens.empty() && is_one_of(openers, shown(text, 0)) ? 1 : 0;
  if (text.tokens.size() > 1 && first < text.tokens.size() && is_name(first)) take_out(text, first);
  std::size_t last = text.tokens.size();
  while (last > 0 && text.tokens[last - 1].kind == TokenKind::emoji) --last;
  if (last < 2 || !is_name(last - 1)) return;
  if (text.tokens[last - 1].before >= Break::clause || closes(text, last - 2)) take_out(text, last - 1);
}

}  // namespace nurturer::text
