#include "adapters/console/pacer.hpp"

#include <algorithm>
#include <cmath>

namespace nurturer::console {
namespace {

constexpr std::size_t widest = 24;
constexpr int first_words = 4;

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string lowered(std::string_view word) {
  std::string low(word);
  std::ranges::transform(low, low.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

}  // namespace

Breath breath_of(std::string_view line) {
  // The first of the words decides: "In. And a second sip of air in, then out" begins with an in. What says it later is a sentence about
  // breathing ("small breaths will do, only the way out is long") and no breath.
  int words = 0;
  for (std::size_t at = 0; at < line.size() && words < first_words;) {
    const std::size_t begin = at;
    while (at < line.size() && letter(line[at])) ++at;
    if (at > begin) ++words;
    const std::string word = lowered(line.substr(begin, at - begin));
    if (word == "in" || word == "inhale") return Breath::in;
    if (word == "out" || word == "exhale" || word == "sigh") return Breath::out;
    if (word == "hold" || word == "rest" || word == "pause") return Breath::hold;
    if (at == begin) ++at;
  }
  return Breath::hold;
}

std::string pacer(Breath breath, double part, std::size_t columns) {
  const std::size_t width = std::min(widest, columns);
  const double gone = std::clamp(part, 0.0, 1.0);
  const auto places = static_cast<std::size_t>(std::lround(gone * static_cast<double>(width)));
  std::string bar(width, '.');
  if (breath == Breath::hold) {
    if (width > 0) bar[std::min(places, width - 1)] = '=';
    return bar;
  }
  const std::size_t filled = breath == Breath::in ? places : width - places;
  std::fill_n(bar.begin(), filled, '=');
  return bar;
}

}  // namespace nurturer::console
