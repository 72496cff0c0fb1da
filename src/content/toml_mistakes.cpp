// What toml++ says, in the words of somebody who never heard of TOML.

#include <algorithm>
#include <array>
#include <utility>

#include "content/names.hpp"
#include "content/toml.hpp"

namespace nurturer::content {
namespace {

/// A list, a group or a long text that is open where the reading stopped.
struct Opener {
  char mark = 0;  // [ { " '
  std::uint32_t line = 0;
};

/// Goes through the file as TOML does, as far as brackets and quotation marks go, up to the start of line `until`.
class Openers {
 public:
  Openers(std::string_view bytes, std::uint32_t until) : bytes_(bytes), until_(until) {
    while (at_ < bytes_.size() && line_ < until_) step();
  }
  [[nodiscard]] const std::vector<Opener>& open() const noexcept { return open_; }

 private:
  void step() {
    const char mark = bytes_[at_];
    if (mark == '"' || mark == '\'') return text(mark);
    if (mark == '#') at_ = std::min(bytes_.find('\n', at_), bytes_.size() - 1);
    if (bytes_[at_] == '\n') ++line_;
    if (mark == '[' || mark == '{') open_.push_back({mark, line_});
    if ((mark == ']' || mark == '}') && !open_.empty()) open_.pop_back();
    ++at_;
  }

  void text(char mark) {
    const std::string three(3, mark);
    const bool is_long = bytes_.substr(at_).starts_with(three);
    const std::uint32_t begun = line_;
    for (at_ += is_long ? 3 : 1; at_ < bytes_.size(); ++at_) {
      if (bytes_[at_] == '\\' && mark == '"') {
        ++at_;
      } else if (bytes_[at_] == '\n') {
        ++line_;
        if (!is_long) return void(++at_);
      } else if (is_long ? bytes_.substr(at_).starts_with(three) : bytes_[at_] == mark) {
        at_ += is_long ? 3 : 1;
        return;
      }
    }
    if (is_long) open_.push_back({mark, begun});
  }

  std::string_view bytes_;
  std::uint32_t until_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::vector<Opener> open_;
};

std::string_view trimmed(std::string_view line) noexcept {
  const auto begin = line.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view{} : line.substr(begin);
}

/// "say = ...": the line begins a setting.
bool begins_setting(std::string_view line) noexcept {
  line = trimmed(line);
  const auto end = line.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
  return end != 0 && end != std::string_view::npos && trimmed(line.substr(end)).starts_with('=');
}

Unreadable not_closed(const Opener& opener) {
  switch (opener.mark) {
    case '[': return {opener.line, "the list that begins in this line is not closed", "put ] after its last entry"};
    case '{': return {opener.line, "the group that begins in this line is not closed", "put } after its last setting"};
    default:
      return {opener.line, "the text that begins in this line is not closed",
              std::string("put ") + std::string(3, opener.mark) + " after its last word"};
  }
}

/// Curly quotation marks, as word processors write them, near `column`.
bool curly_quotes(std::string_view line, std::uint32_t column) noexcept {
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U) ++at;
    if (at + 1 < column || at > column + 1) continue;
    for (const std::string_view mark : {"\u201C", "\u201D", "\u201E", "\u2018", "\u2019", "\u00AB", "\u00BB"}) {
      if (line.substr(i).starts_with(mark)) return true;
    }
  }
  return false;
}

struct Rule {
  std::string_view said;
  std::string_view problem;
  std::string_view remedy;
};

/// The first whose `said` stands in what toml++ says.
constexpr std::array rules{
    Rule{"dangling comma", "there is a comma after the last setting between { and }", "take that comma away"},
    Rule{"expected ']'", "the head of an entry or of a section is not closed", "put as many ] at its end as there are [ before it"},
    Rule{"escape", "a backslash \\ has a meaning of its own here",
         "write \\\\ for one backslash, or put the text between single quotation marks: '...'"},
    Rule{"hex digit", "a backslash \\ has a meaning of its own here",
         "write \\\\ for one backslash, or put the text between single quotation marks: '...'"},
    Rule{"prohibited in comments", "an invisible character stands in this comment", "type the comment again"},
    Rule{"expected '='", "after the name of a setting comes =, and here it is missing",
         "write it as: name = \"text\"; if the line is a note for yourself, begin it with #"},
    Rule{"expected value, saw", "nothing stands after the =", "write the setting's text after it, or take the line away"},
    Rule{"comma or closing ']'", "the entries of this list are not parted by a comma, or a text ends too early",
         "put a comma between two entries; inside a text write \\\" for a quotation mark"},
    Rule{"closing ']', saw comma", "there are two commas with nothing between them", "take one of them away"},
    Rule{"comma or closing '}'", "the settings between { and } are not parted by a comma, or a text ends too early",
         "put a comma between two settings; inside a text write \\\" for a quotation mark"},
    Rule{"closing '}'", "what begins with { must end with } in the same line", "write the whole group in one line"},
    Rule{"date", "this is no date of the calendar", "write year, month and day: 2026-11-24"},
    Rule{"leading zeroes", "a number cannot begin with 0", "put it between quotation marks: \"0800 1111\""},
    Rule{"comment or whitespace", "something stands after the end of this setting",
         "one line holds one setting; inside a text write \\\" for a quotation mark"},
    Rule{"nested value depth", "too many brackets stand inside each other", "take the outer ones away"},
    Rule{"value", "a text stands here without quotation marks", "put it between quotation marks: \"...\""},
    Rule{"decimal digit", "this is no number", "write a whole number such as 3, or put a text between quotation marks: \"...\""},
};

Unreadable written_twice(std::string_view said, std::uint32_t line) {
  const auto begin = said.find('\'');
  const auto end = said.find('\'', begin + 1);
  const auto name = begin < end && end != std::string_view::npos ? said.substr(begin + 1, end - begin - 1) : std::string_view{};
  return {line, in_quotes(name) + " is written twice in the same place",
          "keep one of the two; if they belong to two entries, the second entry needs its own line such as [[step]] or [[cue]]"};
}

}  // namespace

Unreadable explain_unreadable(const Page& page, std::string_view said, std::uint32_t line, std::uint32_t column) {
  const auto says = [said](std::string_view words) { return said.find(words) != std::string_view::npos; };
  const std::string_view text = page.line(line);
  if (curly_quotes(text, column)) {
    return {line, "the quotation marks in this line are curly ones", "replace them with straight ones: \""};
  }
  const bool at_end = says("end-of-file");
  const Openers openers(page.bytes(), at_end ? page.lines() + 1 : line);
  if (!openers.open().empty() && (at_end || begins_setting(text) || trimmed(text).starts_with("[["))) {
    return not_closed(openers.open().back());
  }
  if (says("cannot redefine") || says("cannot insert")) return written_twice(said, line);
  if (at_end || (says("control character") && says("string"))) {
    if (at_end || column + 1 >= text.size()) {
      return {line, "a text in this line has no quotation mark at its end", "put the missing quotation mark after its last word"};
    }
    return {line, "an invisible character stands in this text", "type the text again"};
  }
  for (const Rule& rule : rules) {
    if (says(rule.said)) return {line, std::string(rule.problem), std::string(rule.remedy)};
  }
  return {line, "this line cannot be read from column " + std::to_string(column) + " on",
          "a line is name = \"text\", name = [\"...\", \"...\"], or the head of an entry such as [[step]]"};
}

}  // namespace nurturer::content
