#include "content/names.hpp"

#include <algorithm>

namespace nurturer::content {
namespace {

constexpr std::size_t longest_compared = 64;
constexpr std::size_t few = 12;
constexpr std::size_t longest_quoted = 60;

char lower(char letter) noexcept { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

/// Letters added, left out, changed, or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = lower(a[i - 1]);
      const char y = lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x == y ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y;
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

std::size_t begins_alike(std::string_view a, std::string_view b) noexcept {
  std::size_t at = 0;
  while (at < a.size() && at < b.size() && lower(a[at]) == lower(b[at])) ++at;
  return at;
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view written, const Names& known) {
  if (written.size() > longest_compared) return std::nullopt;
  std::size_t least = written.size() / 3;
  std::optional<std::string_view> best;
  for (const auto name : known) {
    const std::size_t gap = name.size() > written.size() ? name.size() - written.size() : written.size() - name.size();
    if (gap > least || name == written) continue;
    const std::size_t found = distance(written, name);
    if (found > least) continue;
    if (best && found == least && begins_alike(written, name) <= begins_alike(written, *best)) continue;
    least = found;
    best = name;
  }
  return best;
}

std::string did_you_mean(std::string_view written, const Names& known, std::string_view otherwise) {
  if (const auto near = nearest(written, known)) return "did you mean " + in_quotes(*near) + "?";
  if (!known.empty() && known.size() <= few) return "known here: " + one_of(known);
  return std::string(otherwise);
}

std::string one_of(const Names& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += in_quotes(names[i]);
  }
  return text;
}

std::string in_quotes(std::string_view words) {
  if (words.size() <= longest_quoted) return '"' + std::string(words) + '"';
  std::size_t end = longest_quoted;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) --end;
  return '"' + std::string(words.substr(0, end)) + "...\"";
}

}  // namespace nurturer::content
