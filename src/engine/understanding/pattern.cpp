#include "engine/understanding/pattern.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/text/character.hpp"

namespace nurturer::understanding {
namespace {

using text::Class;
using Fault = tl::unexpected<PatternFault>;
using Step = tl::expected<void, PatternFault>;

Fault fault(std::string_view fragment, std::string problem, std::string remedy) {
  return Fault(PatternFault{std::string(fragment), std::move(problem), std::move(remedy)});
}

bool is_word_character(const text::Character& letter) noexcept {
  switch (letter.type) {
    case Class::letter:
    case Class::digit:
    case Class::apostrophe:
    case Class::emoji:
    case Class::region:
    case Class::skin_tone:
    case Class::invisible:
    case Class::hyphen: return true;
    default: return letter.ascii == '&';
  }
}

class Parser {
 public:
  explicit Parser(std::string_view written) : written_(written) { pattern_.written = std::string(written); }

  tl::expected<Pattern, PatternFault> parse() {
    skip_spaces();
    if (take('^')) pattern_.at_start = true;
    for (skip_spaces(); at_ < written_.size(); skip_spaces()) {
      if (auto step = item(); !step) return Fault(std::move(step.error()));
    }
    if (auto step = finish(); !step) return Fault(std::move(step.error()));
    return std::move(pattern_);
  }

 private:
  Step item() {
    if (pattern_.at_end) return fault("$", "\"$\" stands before the end of the pattern.", "Put \"$\" last, or leave it out.");
    const std::string_view rest = written_.substr(at_);
    if (rest.starts_with("...") || rest.starts_with("\u2026")) return gap();
    switch (rest.front()) {
      case '{': return list();
      case '(': return choice();
      case '$':
        ++at_;
        pattern_.at_end = true;
        return {};
      case '^': return fault("^", "\"^\" stands behind the start of the pattern.", "Put \"^\" first, or leave it out.");
      default: return word();
    }
  }

  Step gap() {
    const std::size_t begin = at_;
    at_ += 3;  // also the bytes of the one character that is three dots
    unsigned words = default_gap;
    const char* from = written_.data() + at_;
    const auto [stop, error] = std::from_chars(from, written_.data() + written_.size(), words);
    const bool counted = stop != from;
    at_ += static_cast<std::size_t>(stop - from);
    const std::string_view fragment = written_.substr(begin, at_ - begin);
    if (counted && (error != std::errc() || words == 0 || words > widest_gap)) {
      return fault(fragment, "A gap is 1 to 20 words wide.", "Write \"...9\" for up to 9 words, or \"...\" for up to 4.");
    }
    if (pattern_.elements.empty())
      return fault(fragment, "The pattern begins with a gap, which finds nothing.",
                   "Leave the gap out: a pattern may stand anywhere in a sentence.");
    if (gap_ != 0) return fault(fragment, "Two gaps follow each other.", "Write one, with the sum of words: \"...8\".");
    gap_ = static_cast<std::uint8_t>(words);
    return {};
  }

  Step list() {
    Element element;
    auto name = list_name();
    if (!name) return Fault(std::move(name.error()));
    element.lists.push_back(*std::move(name));
    return add(std::move(element));
  }

  tl::expected<std::string, PatternFault> list_name() {
    const std::size_t close = written_.find('}', at_);
    if (close == std::string_view::npos)
      return fault(written_.substr(at_), "\"{\" is not closed.", "Write the name of a word list between { and }.");
    const std::string_view whole = written_.substr(at_, close + 1 - at_);
    const std::string_view name = whole.substr(1, whole.size() - 2);
    const bool plain = std::all_of(name.begin(), name.end(), [](char letter) {
      return text::is_ascii_letter(letter) || text::is_ascii_digit(letter) || letter == '_';
    });
    if (name.empty() || !plain)
      return fault(whole, "This is no name of a word list.", "Write letters, digits and _ between { and }, such as {partner}.");
    at_ = close + 1;
    return std::string(name);
  }

  Step choice() {
    const std::size_t begin = at_;
    const std::size_t close = written_.find(')', at_);
    if (close == std::string_view::npos)
      return fault(written_.substr(at_), "\"(\" is not closed.", "Write the choices between ( and ), parted by |.");
    const std::string_view whole = written_.substr(begin, close + 1 - begin);
    if (whole.find('(', 1) != std::string_view::npos)
      return fault(whole, "A choice stands inside a choice.", "Write all choices side by side: (a|b|c), or make a word list.");
    Element element;
    ++at_;
    while (true) {
      const std::size_t end = std::min(written_.find('|', at_), close);
      if (auto step = alternative(whole, end, element); !step) return step;
      if (end == close) break;
      at_ = end + 1;
    }
    at_ = close + 1;
    return add(std::move(element));
  }

  Step alternative(std::string_view whole, std::size_t end, Element& element) {
    const std::string_view written = trimmed(written_.substr(at_, end - at_));
    if (written.empty()) return fault(whole, "A choice is empty.", "Leave out one \"|\"; for \"or nothing\" write ? behind the \")\".");
    if (written.front() == '{' && written.back() == '}' && written.find('{', 1) == std::string_view::npos) {
      at_ = static_cast<std::size_t>(written.data() - written_.data());
      auto name = list_name();
      if (!name) return Fault(std::move(name.error()));
      element.lists.push_back(*std::move(name));
      return {};
    }
    if (written.find_first_of("{}") != std::string_view::npos)
      return fault(written, "A word list stands among words of a choice.", "Make it a choice of its own, or write the words into a list.");
    if (auto step = words(written); !step) return step;
    element.phrases.emplace_back(written);
    return {};
  }

  // The words of a choice: only letters, spaces and "~" at the end of words.
  Step words(std::string_view phrase) {
    for (std::size_t at = 0; at < phrase.size();) {
      const text::Character letter = text::character_at(phrase, at);
      const std::size_t next = at + letter.length;
      const bool form = letter.ascii == '~' && at > 0 && phrase[at - 1] != ' ' && (next == phrase.size() || phrase[next] == ' ');
      if (!form && letter.type != Class::space && !is_word_character(letter)) return unexpected(phrase.substr(at, letter.length), phrase);
      at = next;
    }
    const bool any =
        std::any_of(phrase.begin(), phrase.end(), [](char byte) { return byte != '-' && byte != '\'' && byte != ' ' && byte != '~'; });
    if (!any) return fault(phrase, "There is no letter in this word.", "Write a word.");
    return {};
  }

  Step word() {
    const std::size_t begin = at_;
    while (at_ < written_.size() && is_word_character(text::character_at(written_, at_))) at_ += text::character_at(written_, at_).length;
    if (at_ == begin) return unexpected(written_.substr(at_, text::character_at(written_, at_).length), written_);
    take('~');
    const std::string_view phrase = written_.substr(begin, at_ - begin);
    if (auto step = words(phrase); !step) return step;
    Element element;
    element.phrases.emplace_back(phrase);
    return add(std::move(element));
  }

  // Behind a word, list or choice: "?" and then a space or the end.
  Step add(Element element) {
    element.optional = take('?');
    element.gap = gap_;
    gap_ = 0;
    if (at_ < written_.size() && written_[at_] != ' ' && written_[at_] != '\t' && written_[at_] != '$' &&
        !written_.substr(at_).starts_with("...") && !written_.substr(at_).starts_with("\u2026")) {
      return glued();
    }
    pattern_.elements.push_back(std::move(element));
    if (pattern_.elements.size() > longest_pattern)
      return fault(written_, "The pattern has more than 12 places.", "Split it into two cues, or shorten it: the rare words decide.");
    return {};
  }

  Step glued() const {
    const std::size_t begin = at_ == 0 ? 0 : written_.find_last_of(" \t", at_ - 1) + 1;
    const std::string_view fragment = written_.substr(begin, written_.find_first_of(" \t", at_) - begin);
    const text::Character next = text::character_at(written_, at_);
    if (next.ascii == '~' || next.ascii == '?')
      return fault(fragment, "\"~\" stands behind a single word and \"?\" after it.", "Write leave~, leave~? or (leave~|go~)?.");
    if (next.ascii == '(' || next.ascii == '{' || is_word_character(next)) {
      return fault(fragment, "Two places are written without a space between them.",
                   "Put a space between; for endings write ~: (text~|call~) instead of (text|call)ed.");
    }
    return unexpected(written_.substr(at_, next.length), written_);
  }

  static Step unexpected(std::string_view mark, std::string_view around) {
    const char byte = mark.front();
    if (byte == '|') return fault(around, "\"|\" stands outside of ( ).", "Write choices as (a|b).");
    if (byte == ')' || byte == '}')
      return fault(around, std::string("\"") + byte + "\" closes nothing.", "Write the opening mark, or leave this one out.");
    if (byte == '?' || byte == '~')
      return fault(around, std::string("\"") + byte + "\" does not stand at the end of a word.",
                   "Write it right behind the word: please? or leave~.");
    if (byte == '$' || byte == '^')
      return fault(around, std::string("\"") + byte + "\" stands inside a choice or word.", "Put ^ first and $ last in the pattern.");
    if (std::string_view(",;:!\"").find(byte) != std::string_view::npos) {
      return fault(mark, "Marks cannot be written in a pattern.", "Leave it out: marks between words do not matter.");
    }
    if (byte == '.') return fault(around, "A gap is written with three dots.", "Write \"...\" for up to 4 words; a full stop is left out.");
    return fault(mark, "This character means nothing in a pattern.",
                 "Patterns know words, (a|b), {list}, ?, ~, ..., ^ and $. For more, use regex = instead.");
  }

  Step finish() {
    if (pattern_.elements.empty()) return fault(written_, "The pattern is empty.", "Write at least one word.");
    if (gap_ != 0)
      return fault(written_, "The pattern ends with a gap, which finds nothing.", "Leave the gap out: more words may always follow.");
    const auto optional = [](const Element& element) { return element.optional; };
    if (std::all_of(pattern_.elements.begin(), pattern_.elements.end(), optional)) {
      return fault(written_, "Every place of the pattern may be missing.", "Leave out \"?\" behind at least one of them.");
    }
    return {};
  }

  static std::string_view trimmed(std::string_view phrase) {
    while (!phrase.empty() && phrase.front() == ' ') phrase.remove_prefix(1);
    while (!phrase.empty() && phrase.back() == ' ') phrase.remove_suffix(1);
    return phrase;
  }
  bool take(char mark) {
    if (at_ >= written_.size() || written_[at_] != mark) return false;
    ++at_;
    return true;
  }
  void skip_spaces() {
    while (at_ < written_.size() && (written_[at_] == ' ' || written_[at_] == '\t' || written_[at_] == '\n')) ++at_;
  }

  std::string_view written_;
  std::size_t at_ = 0;
  std::uint8_t gap_ = 0;
  Pattern pattern_;
};

}  // namespace

tl::expected<Pattern, PatternFault> parse_pattern(std::string_view written) { return Parser(written).parse(); }

}  // namespace nurturer::understanding
