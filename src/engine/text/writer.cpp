#include "engine/text/writer.hpp"

#include <algorithm>
#include <array>

#include "engine/text/character.hpp"
#include "engine/text/fold.hpp"
#include "engine/text/mask.hpp"
#include "engine/text/slip.hpp"

namespace nurturer::text {
namespace {

struct Ending {
  std::string_view written;
  std::string_view meant;
  std::string_view also;  // a second reading
};
constexpr std::array<Ending, 7> endings = {{
    {"n't", "not", ""},
    {"'s", "'s", "is"},
    {"'m", "am", ""},
    {"'re", "are", ""},
    {"'ve", "have", ""},
    {"'ll", "will", ""},
    {"'d", "would", "had"},
}};

// What is left before "n't" where that is no word.
std::string_view stem_before_not(std::string_view stem) noexcept {
  if (stem == "ca") return "can";
  if (stem == "wo") return "will";
  if (stem == "sha") return "shall";
  if (stem == "ai") return "is";
  return stem;
}

constexpr std::array<std::string_view, 10> abbreviations = {"mr", "mrs", "ms", "dr", "prof", "st", "vs", "jr", "sr", "approx"};

std::string without_apostrophes(std::string_view word) {
  std::string bare(word);
  std::erase(bare, '\'');
  return bare;
}

}  // namespace

std::size_t Writer::open() {
  if (!text_.folded.empty()) text_.folded.push_back(' ');
  return text_.folded.size();
}

void Writer::abandon(std::size_t from) { text_.folded.resize(from == 0 ? 0 : from - 1); }

void Writer::close(std::size_t from, Span span, const Shape& shape) {
  span_ = span;
  shape_ = shape;
  stretched_ = squeezed_ = false;
  word_end_ = span.end;
  text_.letters += shape.letters;
  text_.capitals += shape.capitals;
  count_spelled(span.end - span.begin == 1 && shape.letters == 1);
  const std::string_view word = std::string_view(text_.folded).substr(from);
  const Lexicon::Entry entry = lexicon_.find(word);
  if (entry.known() && entry.expansion_count == 0) {
    push(entry.id, unknown_word, from, shape.letters == 0 ? TokenKind::number : TokenKind::word);
    return;
  }
  rare_.assign(word);
  abandon(from);
  read(rare_);
}

// Two letters in a row that are alone might be "i a"; three are worth a look.
void Writer::count_spelled(bool one_letter) {
  single_letters_ = !one_letter ? 0 : pending_ == Break::none ? single_letters_ + 1 : 1;
  spelled_ = spelled_ || single_letters_ >= 3;
}

void Writer::read(std::string_view word) {
  const Lexicon::Entry entry = lexicon_.find(word);
  if (entry.known()) return read_known(entry, word);
  if (shape_.apostrophe && read_ending(word)) return;
  if (!squeezed_ && is_stretched(word) && read_squeezed(word)) return;
  if (shape_.digits && shape_.letters > 0 && read_number_first(word)) return;
  read_unknown(word);
}

void Writer::read_known(const Lexicon::Entry& entry, std::string_view word) {
  if (entry.expansion_count == 0 || count() > most_expanded) return write(word, entry.id, unknown_word);
  const WordId* words = lexicon_.expansion(entry);
  for (std::uint32_t i = 0; i < entry.expansion_count; ++i) write(lexicon_.word(words[i]), words[i], unknown_word);
}

void Writer::read_unknown(std::string_view word) { write(word, unknown_word, second_reading(word)); }

bool Writer::read_ending(std::string_view word) {
  const std::string bare = without_apostrophes(word);
  const Lexicon::Entry whole = lexicon_.find(bare);
  if (whole.expansion_count > 0) {
    read_known(whole, bare);
    return true;
  }
  for (const Ending& ending : endings) {
    if (word.size() <= ending.written.size() || !word.ends_with(ending.written)) continue;
    const std::string_view stem = word.substr(0, word.size() - ending.written.size());
    const std::string stem_read(ending.written == "n't" ? stem_before_not(stem) : stem);
    read(stem_read);
    const WordId also = ending.also.empty() ? unknown_word : lexicon_.find(ending.also).id;
    write(ending.meant, lexicon_.find(ending.meant).id, also);
    return true;
  }
  if (!whole.known()) return false;
  read_known(whole, bare);
  return true;
}

bool Writer::read_squeezed(std::string_view word) {
  const std::string stretched(word);
  stretched_ = true;
  const bool known = squeeze(stretched, form_, [this](std::string_view form) { return lexicon_.find(form).known(); });
  if (!known) {
    // Unknown in all forms: it stays a word of its own, but its ending or its mask may still tell something.
    squeeze(stretched, form_, [](std::string_view) { return true; });
    squeezed_ = true;
  }
  const std::string form = form_;
  read(form);
  return true;
}

// "15yo", "2:30am": the number is a word of its own, unless the whole is a masked word.
bool Writer::read_number_first(std::string_view word) {
  if (unmask(word, lexicon_) != unknown_word) return false;
  const auto in_number = [](char byte) { return is_ascii_digit(byte) || byte == '.' || byte == ',' || byte == ':' || byte == '/'; };
  const auto digits = static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), in_number) - word.begin());
  if (digits == 0 || digits == word.size()) return false;
  const std::string number(word.substr(0, digits));
  const std::string rest(word.substr(digits));
  if (std::any_of(rest.begin(), rest.end(), is_ascii_digit)) return false;
  const Span whole = span_;
  const bool exact = !shape_.wide && whole.end - whole.begin == word.size();
  const auto middle = static_cast<std::uint32_t>(whole.begin + digits);
  if (exact) span_ = {whole.begin, middle};
  const std::size_t from = open();
  text_.folded.append(number);
  push(lexicon_.find(number).id, unknown_word, from, TokenKind::number);
  if (exact) span_ = {middle, whole.end};
  shape_.digits = false;
  read(rest);
  return true;
}

WordId Writer::second_reading(std::string_view word) const {
  const std::string plain = shape_.wide && author_ == Author::person ? plain_latin(word) : std::string();
  if (!plain.empty()) {
    const WordId id = lexicon_.find(plain).id;
    return id == unknown_word && shape_.digits ? unmask(plain, lexicon_) : id;
  }
  if (shape_.digits) return unmask(word, lexicon_);
  if (author_ == Author::rule) return unknown_word;
  if (word.size() > 4 && word.size() < 32 && word.ends_with("in")) {
    const WordId whole = lexicon_.find(std::string(word) + "g").id;
    if (whole != unknown_word) return whole;
  }
  return slip_of(word, lexicon_);
}

void Writer::write(std::string_view word, WordId id, WordId variant) {
  const std::size_t from = open();
  const bool read_as_variant = id == unknown_word && variant != unknown_word;
  text_.folded.append(read_as_variant ? lexicon_.word(variant) : word);
  push(id, variant, from, shape_.letters == 0 ? TokenKind::number : TokenKind::word);
}

void Writer::masked(Span span, const Shape& shape, WordId meant) {
  span_ = span;
  shape_ = shape;
  stretched_ = squeezed_ = false;
  word_end_ = span.end;
  text_.letters += shape.letters;
  text_.capitals += shape.capitals;
  count_spelled(false);
  write(lexicon_.word(meant), unknown_word, meant);
}

void Writer::single(TokenKind kind, Span span, std::string_view shown) {
  count_spelled(false);
  const WordId id = kind == TokenKind::emoji || kind == TokenKind::number ? lexicon_.find(shown).id : unknown_word;
  if (kind == TokenKind::emoji && count() > 0 && pending_ == Break::none) {
    Token& last = text_.tokens.back();
    const std::string_view before = std::string_view(text_.folded).substr(last.folded.begin);
    if (last.kind == TokenKind::emoji && before == shown) {
      last.span.end = span.end;
      return;
    }
  }
  span_ = span;
  shape_ = {};
  stretched_ = squeezed_ = false;
  word_end_ = span.end;
  const std::size_t from = open();
  text_.folded.append(shown);
  push(id, unknown_word, from, kind);
}

void Writer::push(WordId id, WordId variant, std::size_t folded_begin, TokenKind kind) {
  if (pending_ >= Break::line) sentence_begin_ = count();
  if (pending_ == Break::sentence) ++sentences_;
  Token token;
  token.id = id;
  token.variant = variant;
  token.span = span_;
  token.folded = {static_cast<std::uint32_t>(folded_begin), static_cast<std::uint32_t>(text_.folded.size())};
  token.kind = kind;
  token.before = pending_;
  token.shouted = shape_.letters >= 2 && shape_.capitals == shape_.letters;
  token.stretched = stretched_;
  text_.tokens.push_back(token);
  pending_ = Break::none;
}

void Writer::pause(Break strength, char mark) {
  pending_ = std::max(pending_, strength);
  if (mark != 0 && !text_.folded.empty() && text_.folded.back() != mark) text_.folded.push_back(mark);
}

void Writer::ask() {
  for (std::size_t i = std::max(sentence_begin_, asked_until_); i < count(); ++i) text_.tokens[i].question = true;
  asked_until_ = count();
  pause(Break::sentence, '?');
}

void Writer::quote_since(std::size_t token) {
  for (std::size_t i = token; i < count(); ++i) text_.tokens[i].quoted = true;
}

bool Writer::after_abbreviation() const noexcept {
  if (count() == 0 || pending_ != Break::none) return false;
  const Token& last = text_.tokens.back();
  const std::string_view word = std::string_view(text_.folded).substr(last.folded.begin, last.folded.end - last.folded.begin);
  return std::find(abbreviations.begin(), abbreviations.end(), word) != abbreviations.end();
}

}  // namespace nurturer::text
