#include "engine/text/mask.hpp"

#include <algorithm>
#include <array>

#include "engine/text/character.hpp"

namespace nurturer::text {
namespace {

bool is_wildcard(char byte) noexcept { return byte == '*' || byte == '#' || byte == '_' || byte == '@' || byte == '.'; }

// Digits and marks that are drawn like a letter.
bool stands_for(char mark, char letter) noexcept {
  switch (mark) {
    case '0': return letter == 'o';
    case '1':
    case '!':
    case '|': return letter == 'i' || letter == 'l';
    case '2': return letter == 'z';
    case '3': return letter == 'e';
    case '4': return letter == 'a';
    case '5':
    case '$': return letter == 's';
    case '6': return letter == 'g' || letter == 'b';
    case '7':
    case '+': return letter == 't';
    case '8': return letter == 'b';
    case '9': return letter == 'g';
    default: return is_wildcard(mark);
  }
}

bool fits(std::string_view chunk, std::string_view word) noexcept {
  std::size_t plain = 0;
  for (std::size_t i = 0; i < chunk.size(); ++i) {
    // "su***": who masks the rest of a word does not count the letters
    const std::string_view rest = chunk.substr(i);
    if (rest.size() >= 3 && plain >= 2 && rest.find_first_not_of('*') == std::string_view::npos) return word.size() > i;
    if (i >= word.size()) return false;
    if (chunk[i] == word[i]) {
      ++plain;
    } else if (is_ascii_letter(chunk[i]) || !stands_for(chunk[i], word[i])) {
      return false;
    }
  }
  return chunk.size() == word.size() && plain >= 2;
}

// "k.m.s", "un-alive", "s*u*i": marks that only hold the letters apart. Gives how many letters are left; 0: there is more in it.
std::size_t letters_alone(std::string_view chunk, std::array<char, longest_mask>& letters) noexcept {
  std::size_t count = 0;
  for (const char byte : chunk) {
    if (is_ascii_digit(byte)) return 0;
    if (is_ascii_letter(byte)) letters[count++] = byte;
  }
  return count < chunk.size() ? count : 0;
}

WordId maskable_word(std::string_view word, const Lexicon& lexicon) noexcept {
  const WordId id = lexicon.find(word).id;
  return lexicon.is_maskable(id) ? id : unknown_word;
}

/// A run of tokens that are one letter each.
struct Spelled {
  std::size_t first_token = 0;
  std::size_t end_token = 0;
  std::array<char, longest_mask> letters{};
  std::array<std::uint32_t, longest_mask> tokens{};
  std::size_t count = 0;
};

bool is_single_letter(std::string_view message, const Token& token) noexcept {
  return token.kind == TokenKind::word && token.span.end - token.span.begin == 1 && is_ascii_letter(message[token.span.begin]);
}

// Several tokens may stand for one letter ("u" was read as a phrase): they share its span.
Spelled spelled_at(std::string_view message, const Text& text, std::size_t token) {
  Spelled run;
  run.first_token = token;
  for (; token < text.tokens.size(); ++token) {
    const Token& at = text.tokens[token];
    const bool same = token > run.first_token && at.span == text.tokens[token - 1].span;
    if (!is_single_letter(message, at) || (token > run.first_token && at.before != Break::none)) break;
    if (same) continue;
    if (run.count == longest_mask) break;
    run.tokens[run.count] = static_cast<std::uint32_t>(token);
    run.letters[run.count++] = ascii_lower(message[at.span.begin]);
  }
  run.end_token = token;
  return run;
}

bool stands_alone(char letter) noexcept { return letter == 'i' || letter == 'a' || letter == 'u' || letter == 'r' || letter == 'o'; }

/// The part of the run, as wide as possible, that spells a maskable word: only letters that are words may stay outside.
struct Part {
  std::size_t begin = 0, end = 0;
  WordId id = unknown_word;
};
Part maskable_part(const Spelled& run, const Lexicon& lexicon) {
  for (std::size_t begin = 0; begin + 3 <= run.count; ++begin) {
    for (std::size_t end = run.count; end >= begin + 3; --end) {
      const WordId id = maskable_word({run.letters.data() + begin, end - begin}, lexicon);
      if (id != unknown_word) return {begin, end, id};
      if (!stands_alone(run.letters[end - 1])) break;
    }
    if (!stands_alone(run.letters[begin])) break;
  }
  return {};
}

Token merged(const Token& first, const Token& last, WordId id) {
  Token token = first;
  token.span.end = last.span.end;
  token.folded.end = last.folded.end;
  token.id = unknown_word;
  token.variant = id;
  return token;
}

}  // namespace

bool is_mask_mark(char byte) noexcept {
  return is_wildcard(byte) || byte == '!' || byte == '|' || byte == '$' || byte == '+' || byte == '-' || byte == '/';
}

WordId unmask(std::string_view chunk, const Lexicon& lexicon) noexcept {
  if (lexicon.maskable().empty() || chunk.size() < 3 || chunk.size() > longest_mask) return unknown_word;
  std::array<char, longest_mask> letters{};
  if (const std::size_t count = letters_alone(chunk, letters); count >= 3) {
    const WordId id = maskable_word({letters.data(), count}, lexicon);
    if (id != unknown_word) return id;
  }
  // "c.t" is an abbreviation sooner than a masked word
  if (chunk.size() < 5 && chunk.find_first_of("._") != std::string_view::npos) return unknown_word;
  for (const WordId id : lexicon.maskable()) {
    if (fits(chunk, lexicon.word(id))) return id;
  }
  return unknown_word;
}

void join_spelled(std::string_view message, const Lexicon& lexicon, Text& text) {
  std::vector<Token>& tokens = text.tokens;
  std::size_t kept = 0;  // tokens before it are done; the rest is shifted there one by one, so that a long message stays cheap
  const auto keep = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) tokens[kept++] = tokens[i];
  };
  for (std::size_t token = 0; token < tokens.size();) {
    const Spelled run = spelled_at(message, text, token);
    const std::size_t run_end = std::max(run.end_token, token + 1);
    const Part part = run.count < 3 ? Part{} : maskable_part(run, lexicon);
    if (part.id == unknown_word) {
      keep(token, run_end);
    } else {
      const std::size_t first = run.tokens[part.begin];
      const std::size_t end = part.end < run.count ? run.tokens[part.end] : run.end_token;
      const Token one = merged(tokens[first], tokens[end - 1], part.id);
      keep(token, first);
      tokens[kept++] = one;
      keep(end, run_end);
    }
    token = run_end;
  }
  tokens.resize(kept);
}

}  // namespace nurturer::text
