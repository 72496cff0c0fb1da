#include "engine/understanding/features.hpp"

#include <algorithm>

namespace nurturer::understanding {
namespace {

using text::Token;
using text::TokenKind;

constexpr std::uint64_t fnv_start = 0xcbf2'9ce4'8422'2325U;
constexpr std::uint64_t fnv_prime = 0x0000'0100'0000'01b3U;

std::uint64_t add(std::uint64_t hash, std::string_view bytes) noexcept {
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * fnv_prime;
  return hash;
}

std::uint64_t add(std::uint64_t hash, text::WordId word) noexcept { return (hash ^ static_cast<std::uint64_t>(word)) * fnv_prime; }

std::string_view between(Feature::Kind kind) noexcept { return kind == Feature::Kind::apart ? " _ " : " "; }

std::string_view word_of(const text::Text& text, const Token& token, const text::Lexicon& lexicon) noexcept {
  switch (token.kind) {
    case TokenKind::number: return "#number";
    case TokenKind::mention: return "#mention";
    case TokenKind::link: return "#link";
    case TokenKind::code: return "#code";
    case TokenKind::word:
    case TokenKind::emoji: break;
  }
  // A slip is read as what was meant.
  if (token.id == text::unknown_word && token.variant != text::unknown_word) return lexicon.word(token.variant);
  return std::string_view(text.folded).substr(token.folded.begin, token.folded.end - token.folded.begin);
}

bool is_mark(char byte) noexcept { return byte == ',' || byte == '.' || byte == '?' || byte == '!'; }

}  // namespace

std::string name(const Feature& feature) {
  if (feature.kind == Feature::Kind::list) return "{" + std::string(feature.first) + "}";
  std::string whole(feature.first);
  if (feature.kind == Feature::Kind::family) return whole + "~";
  if (feature.kind != Feature::Kind::word) whole.append(between(feature.kind)).append(feature.second);
  return whole;
}

std::uint64_t hash(std::string_view name) noexcept { return add(fnv_start, name); }

std::uint64_t hash(const Feature& feature) noexcept {
  if (feature.kind == Feature::Kind::list) return add(add(add(fnv_start, "{"), feature.first), "}");
  const std::uint64_t first = add(fnv_start, feature.first);
  if (feature.kind == Feature::Kind::family) return add(first, "~");
  return feature.kind == Feature::Kind::word ? first : add(add(first, between(feature.kind)), feature.second);
}

Features::Features(const Language& language) : language_(&language) {
  for (const auto& [list, entries] : language.lists()) lists_.push_back(list);
  std::sort(lists_.begin(), lists_.end());
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    for (const WordSequence& entry : language.lists().at(std::string(lists_[i]))) {
      if (entry.empty() || entry.size() > longest_phrase) continue;
      std::uint64_t key = fnv_start;
      for (const text::WordId word : entry) key = add(key, word);
      by_phrase_[key].push_back(static_cast<std::uint16_t>(i));
    }
  }
}

// The marks stand in the folded text between the words, and are words here: "sorry ." and "sorry ?" are not the same.
void Features::read_words(const text::Text& text, Scratch& scratch) const {
  scratch.words.clear();
  std::uint32_t at = 0;
  const std::string_view folded = text.folded;
  const auto marks_until = [&](std::uint32_t end, std::uint32_t token) {
    for (; at < end; ++at) {
      if (is_mark(folded[at])) scratch.words.push_back({folded.substr(at, 1), token});
    }
  };
  for (std::uint32_t i = 0; i < text.tokens.size(); ++i) {
    const Token& token = text.tokens[i];
    marks_until(token.folded.begin, i);
    scratch.words.push_back({word_of(text, token, language_->lexicon()), i});
    at = std::max(at, token.folded.end);
  }
  if (!text.tokens.empty()) marks_until(static_cast<std::uint32_t>(folded.size()), static_cast<std::uint32_t>(text.tokens.size() - 1));
}

void Features::read_lists(const text::Text& text, std::vector<Feature>& into) const {
  const auto count = text.tokens.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t key = fnv_start;
    for (std::size_t last = i; last < std::min(count, i + longest_phrase); ++last) {
      const Token& token = text.tokens[last];
      const text::WordId word = token.id != text::unknown_word ? token.id : token.variant;
      if (word == text::unknown_word) break;
      key = add(key, word);
      const auto found = by_phrase_.find(key);
      if (found == by_phrase_.end()) continue;
      for (const std::uint16_t list : found->second) {
        into.push_back({Feature::Kind::list, lists_[list], {}, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(last)});
      }
    }
  }
}

void Features::read(const text::Text& text, Setting setting, Scratch& scratch, std::vector<Feature>& into) const {
  into.clear();
  read_words(text, scratch);
  const auto& words = scratch.words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    into.push_back({Feature::Kind::word, words[i].word, {}, words[i].token, words[i].token});
    if (words[i].word.size() > 1) into.push_back({Feature::Kind::family, words[i].word, {}, words[i].token, words[i].token});
    if (i > 0) into.push_back({Feature::Kind::pair, words[i - 1].word, words[i].word, words[i - 1].token, words[i].token});
    if (i > 1) into.push_back({Feature::Kind::apart, words[i - 2].word, words[i].word, words[i - 2].token, words[i].token});
  }
  read_lists(text, into);
  if (setting == Setting::group) into.push_back({Feature::Kind::word, "#group", {}, 0, 0});
}

}  // namespace nurturer::understanding
