#include "engine/text/scanner.hpp"

#include <algorithm>
#include <array>

namespace nurturer::text {
namespace {

// Words that lose their first letters: the apostrophe before them opens no quotation.
bool is_clipped(std::string_view word) noexcept {
  static constexpr std::array<std::string_view, 9> clipped = {"cause", "em", "til", "bout", "n", "tis", "twas", "round", "cuz"};
  std::array<char, 6> lower{};
  if (word.size() > lower.size()) return false;
  std::transform(word.begin(), word.end(), lower.begin(), ascii_lower);
  return std::find(clipped.begin(), clipped.end(), std::string_view(lower.data(), word.size())) != clipped.end();
}

}  // namespace

void Scanner::scan(std::size_t begin, std::size_t end) {
  begin_ = at_ = line_begin_ = begin;
  end_ = end;
  double_ = single_ = {};
  line_quoted_ = no_fence_ = false;
  no_backtick_until_ = begin;
  line_token_ = writer_.count();
  writer_.pause(Break::sentence, 0);
  while (at_ < end_) {
    if (bytes_[at_] == ' ') {
      ++at_;
    } else if (is_ascii_letter(bytes_[at_])) {
      word();
    } else {
      step();
    }
  }
  end_quoted_line();
}

void Scanner::step() {
  const Character mark = here();
  switch (mark.type) {
    case Class::letter:
    case Class::digit: return word();
    case Class::newline: return newline();
    case Class::stop:
    case Class::question: return stops();
    case Class::clause: return clause();
    case Class::hyphen: return hyphen();
    case Class::apostrophe: return apostrophe(mark);
    case Class::backtick: return backtick();
    case Class::quote:
    case Class::quote_open:
    case Class::quote_close: return double_quote(mark);
    case Class::at: return mention();
    case Class::less: return less();
    case Class::greater: return greater();
    case Class::symbol: return symbol(mark);
    case Class::emoji: return emoji(mark);
    case Class::region: return flag(mark);
    default: at_ += mark.length;
  }
}

bool Scanner::at_line_start() const noexcept {
  const std::string_view line = bytes_.substr(line_begin_, at_ - line_begin_);
  return line.size() < 16 && std::all_of(line.begin(), line.end(), [](char byte) { return byte == ' ' || byte == '>' || byte == '\t'; });
}

void Scanner::end_quoted_line() {
  if (line_quoted_) writer_.quote_since(line_token_);
  line_quoted_ = false;
}

void Scanner::newline() {
  at_ += here().length;
  end_quoted_line();
  single_ = {};
  line_begin_ = at_;
  line_token_ = writer_.count();
  writer_.pause(Break::line, 0);
}

// A run of full stops, exclamation and question marks. Dots alone only hold apart, and none of them does behind "dr".
void Scanner::stops() {
  std::size_t dots = 0;
  bool asks = false;
  bool shouts = false;
  for (Character mark = here(); mark.type == Class::stop || mark.type == Class::question; mark = here()) {
    asks = asks || mark.type == Class::question;
    shouts = shouts || (mark.type == Class::stop && mark.ascii != '.');
    dots += mark.ascii == '.' ? 1U : 0U;
    at_ += mark.length;
  }
  if (asks) return writer_.ask();
  if (shouts) return writer_.pause(Break::sentence, '!');
  if (dots >= 2) return writer_.pause(Break::clause, ',');
  if (!writer_.after_abbreviation()) writer_.pause(Break::sentence, '.');
}

void Scanner::clause() {
  if (emoticon()) return;
  const Character mark = here();
  at_ += mark.length;
  const char shown = mark.ascii == ':' || mark.ascii == ';' ? mark.ascii : ',';
  writer_.pause(Break::clause, shown);
}

// Inside a word it only cuts ("self-harm"); with a space at a side, or doubled, it is a dash.
void Scanner::hyphen() {
  const bool word_before = is_word_class(before().type);
  const std::size_t begin = at_;
  while (here().type == Class::hyphen) at_ += here().length;
  if (word_before && is_word_class(here().type) && at_ - begin <= 3 && byte(begin + 1) != '-') return;
  writer_.pause(Break::clause, ',');
}

// A mark that looks like an opening one closes nothing: what was open before it had no partner.
void Scanner::double_quote(const Character& mark) {
  const Class left = before().type;
  at_ += mark.length;
  const Class right = at_ < end_ ? here().type : Class::space;
  const bool opens = !is_gap_class(right) && (mark.type == Class::quote_open || !is_word_class(left));
  const bool german_close = mark.code == 0x201C && double_.open && double_.mark == 0x201E;
  const bool looks_open = opens && (mark.type == Class::quote_open || is_gap_class(left)) && !german_close;
  if (double_.open && !looks_open) {
    writer_.quote_since(double_.token);
    double_ = {};
  } else if (opens && mark.type != Class::quote_close) {
    double_ = {true, mark.code, writer_.count()};
  }
}

// Not inside a word: the scanner of words takes those.
void Scanner::apostrophe(const Character& mark) {
  const Class left = before().type;
  const std::size_t begin = at_;
  at_ += mark.length;
  const Character next = here();
  if (single_.open && !is_gap_class(left) && !is_word_class(next.type)) {
    writer_.quote_since(single_.token);
    single_ = {};
    return;
  }
  if (next.type != Class::letter || is_word_class(left)) return;
  std::size_t end = at_;
  while (is_ascii_letter(byte(end))) ++end;
  const std::string_view letters = bytes_.substr(at_, end - at_);
  if (begin > begin_ && !is_gap_class(left) && left != Class::clause) return;
  if (!is_clipped(letters)) single_ = {true, mark.code, writer_.count()};
}

// "> quoted" as in mails and bridged replies; not a face such as ">:(".
void Scanner::greater() {
  const char next = byte(at_ + 1);
  const bool face = next != '\0' && std::string_view(":;_.=<'(-").find(next) != std::string_view::npos;
  if (!face && at_line_start()) line_quoted_ = true;
  ++at_;
}

void Scanner::symbol(const Character& mark) {
  if (emoticon()) return;
  const bool starts_word = mark.ascii == '$' && is_ascii_letter(byte(at_ + 1)) && !is_word_class(before().type);
  if (starts_word) {
    const std::size_t from = writer_.open();
    if (masked(from, at_, {})) return;
    writer_.abandon(from);
  }
  if (mark.ascii == '&' && lexicon_.find("&").known()) {
    Shape shape;
    const std::size_t from = writer_.open();
    text_.folded.push_back('&');
    writer_.close(from, {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + 1)}, shape);
  }
  at_ += mark.length;
}

}  // namespace nurturer::text
