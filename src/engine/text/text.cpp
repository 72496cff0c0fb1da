#include "engine/text/text.hpp"

#include "engine/text/address.hpp"
#include "engine/text/character.hpp"
#include "engine/text/fold.hpp"
#include "engine/text/mask.hpp"
#include "engine/text/scanner.hpp"

namespace nurturer::text {
namespace {

/// "I. Can't. Do. This.": full stops behind single words, three or more in a row, hold no sentences apart.
void join_single_words(Text& text) {
  std::vector<Token>& tokens = text.tokens;
  std::size_t run_begin = 0;
  std::size_t run = 0;
  const auto join = [&](std::size_t run_end) {
    for (std::size_t i = run_begin + 1; run >= 3 && i < run_end; ++i) {
      if (tokens[i].before == Break::sentence) tokens[i].before = Break::clause;
    }
    run = 0;
  };
  for (std::size_t begin = 0; begin < tokens.size();) {
    std::size_t end = begin + 1;
    bool single = tokens[begin].kind == TokenKind::word;
    for (; end < tokens.size() && tokens[end].before != Break::sentence; ++end) single = single && tokens[end].span == tokens[begin].span;
    if (!single)
      join(begin);
    else if (run++ == 0)
      run_begin = begin;
    begin = end;
  }
  join(tokens.size());
}

void read_all(std::string_view utf8, const Lexicon& lexicon, Writer::Author author, Text& into) {
  into.clear();
  Scanner scanner(utf8, lexicon, into, author);
  if (utf8.size() <= longest_read) {
    scanner.scan(0, utf8.size());
  } else {
    into.truncated = true;
    std::size_t head = longest_read / 2;
    while (head > 0 && border_from(utf8, head) != head) --head;
    scanner.scan(0, head);
    scanner.scan(border_from(utf8, utf8.size() - longest_read / 2), utf8.size());
  }
  if (scanner.writer().sentences() >= 3) join_single_words(into);
  if (scanner.writer().spelled()) join_spelled(utf8, lexicon, into);
}

}  // namespace

void Text::clear() {
  tokens.clear();
  folded.clear();
  truncated = false;
  letters = 0;
  capitals = 0;
}

void read_phrase(std::string_view utf8, const Lexicon& lexicon, Text& into) { read_all(utf8, lexicon, Writer::Author::rule, into); }

void read(std::string_view utf8, const Lexicon& lexicon, Text& into) {
  read_all(utf8, lexicon, Writer::Author::person, into);
  if (lexicon.has_names()) leave_out_names(lexicon, into);
}

std::string fold(std::string_view utf8) {
  std::string folded;
  bool wide = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const Character letter = character_at(utf8, at);
    const bool gap = letter.type == Class::space || letter.type == Class::newline || letter.type == Class::broken;
    if (letter.type == Class::apostrophe || letter.type == Class::backtick) {
      folded.push_back('\'');
    } else if (gap) {
      if (!folded.empty() && folded.back() != ' ') folded.push_back(' ');
    } else if (letter.type != Class::invisible) {
      wide = wide || letter.code >= 0x80;
      for (std::size_t i = at; i < at + letter.length; ++i) folded.push_back(ascii_lower(utf8[i]));
    }
    at += letter.length;
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  if (wide) fold_tail(folded, 0);
  return folded;
}

}  // namespace nurturer::text
