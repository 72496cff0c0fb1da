#include "content/page.hpp"

#include <algorithm>
#include <utility>

#include "content/utf8.hpp"

namespace nurturer::content {
namespace {

constexpr std::size_t widest_quote = 140;

bool continues_character(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::string_view trim(std::string_view text) noexcept {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// Sentences of the engine begin with a capital and end with a full stop; what is told here is a part of a line.
void in_our_manner(std::string& sentence) {
  if (sentence.ends_with('.') && !sentence.ends_with("..")) sentence.pop_back();
  if (sentence.size() < 2 || sentence[0] < 'A' || sentence[0] > 'Z') return;
  const bool word = (sentence[1] >= 'a' && sentence[1] <= 'z') || sentence.starts_with("A ");
  if (word) sentence[0] = static_cast<char>(sentence[0] - 'A' + 'a');
}

}  // namespace

Page::Page(File file) : file_(std::move(file)) {
  begins_.push_back(0);
  for (std::size_t at = file_.bytes.find('\n'); at != std::string::npos; at = file_.bytes.find('\n', at + 1)) {
    begins_.push_back(at + 1);
  }
}

std::string_view Page::name() const noexcept {
  std::string_view name = file_.path;
  if (const auto slash = name.rfind('/'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  if (name.ends_with(".toml")) name.remove_suffix(5);
  return name;
}

std::string_view Page::line(std::uint32_t number) const noexcept {
  if (number == 0 || number > begins_.size()) return {};
  const std::size_t begin = begins_[number - 1];
  const std::size_t end = number < begins_.size() ? begins_[number] - 1 : file_.bytes.size();
  std::string_view line = std::string_view(file_.bytes).substr(begin, end - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string Page::quote(std::uint32_t number, std::string_view fragment) const {
  const std::string_view whole = trim(line(number));
  std::size_t begin = 0;
  if (const auto at = whole.find(fragment); whole.size() > widest_quote && at != std::string_view::npos && at > widest_quote / 3) {
    begin = std::min(at - widest_quote / 3, whole.size() - widest_quote);
  }
  while (begin > 0 && continues_character(whole[begin])) --begin;
  std::size_t end = std::min(begin + widest_quote, whole.size());
  while (end < whole.size() && continues_character(whole[end])) ++end;
  std::string quoted(whole.substr(begin, end - begin));
  for (auto bad = first_not_utf8(quoted); bad != std::string::npos; bad = first_not_utf8(quoted)) quoted[bad] = '?';
  return (begin > 0 ? "... " : "") + quoted + (end < whole.size() ? " ..." : "");
}

std::uint32_t Page::find(std::string_view fragment, std::uint32_t from) const noexcept {
  if (fragment.empty()) return from;
  for (std::uint32_t number = from; number <= lines(); ++number) {
    const std::string_view text = line(number);
    if (number > from && text.starts_with('[')) break;
    if (text.find(fragment) != std::string_view::npos) return number;
  }
  return from;
}

void Mistakes::add(std::uint32_t line, std::string problem, std::string remedy, std::string_view fragment) {
  into_->push_back({at(line), page_->quote(line, fragment), std::move(problem), std::move(remedy)});
}

void settle(const Page& page, Diagnostic& diagnostic) {
  in_our_manner(diagnostic.problem);
  in_our_manner(diagnostic.remedy);
  const std::string fragment = std::exchange(diagnostic.words, {});
  if (diagnostic.source.line == 0) diagnostic.source.line = page.find(fragment, 1);
  diagnostic.source.line = page.find(fragment, diagnostic.source.line);
  diagnostic.words = page.quote(diagnostic.source.line, fragment);
  if (fragment.empty()) return;
  std::string column;
  if (const auto at = page.line(diagnostic.source.line).find(fragment); at != std::string_view::npos) {
    const auto before = page.line(diagnostic.source.line).substr(0, at);
    column = "column " + std::to_string(std::ranges::count_if(before, [](char byte) { return !continues_character(byte); }) + 1);
  }
  // The engine tells the fragment apart from the sentence about it; with the whole line quoted, the sentence has to name it.
  if (diagnostic.problem.find(fragment) == std::string::npos) {
    diagnostic.problem = '"' + fragment + '"' + (column.empty() ? "" : " (" + column + ")") + ": " + diagnostic.problem;
  } else if (!column.empty()) {
    diagnostic.problem = column + ": " + diagnostic.problem;
  }
}

}  // namespace nurturer::content
