#include <algorithm>
#include <array>
#include <cstdio>

#include "content/check.hpp"
#include "content/spoken.hpp"

namespace nurturer::content {
namespace {

constexpr double least_words = 30;  // a shorter script says too little for a measure
constexpr std::string_view in_other_languages = "other_languages";

struct Counts {
  double words = 0;
  double sentences = 0;
  double syllables = 0;

  void add(const Counts& other) {
    words += other.words;
    sentences += other.sentences;
    syllables += other.syllables;
  }
  [[nodiscard]] double grade() const { return words == 0 ? 0 : 0.39 * words / std::max(1.0, sentences) + 11.8 * syllables / words - 15.59; }
};

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) noexcept { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '\''; }
bool is_vowel(char c) noexcept { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

/// Groups of vowels, without an e at the end that nobody hears ("breathe", "named", but "little", "rested").
double syllables(std::string_view word) {
  std::string letters;
  std::ranges::transform(word, std::back_inserter(letters), lower);
  if (letters.ends_with("'s")) letters.resize(letters.size() - 2);
  double count = 0;
  bool before = false;
  for (const char letter : letters) {
    const bool vowel = is_vowel(letter);
    if (vowel && !before) count += 1;
    before = vowel;
  }
  const std::size_t size = letters.size();
  const auto consonant_at = [&](std::size_t from_end) { return size > from_end && !is_vowel(letters[size - 1 - from_end]); };
  const bool silent_e = letters.ends_with('e') && consonant_at(1) && !(letters.ends_with("le") && consonant_at(2));
  const bool silent_ed = letters.ends_with("ed") && consonant_at(2) && !letters.ends_with("ted") && !letters.ends_with("ded");
  if (count > 1 && (silent_e || silent_ed)) count -= 1;
  return std::max(1.0, count);
}

/// A slot is read as its replacement, or as one short word.
std::string without_slots(std::string_view text) {
  std::string plain;
  while (true) {
    const auto open = text.find('{');
    const auto close = text.find('}', open);
    plain += text.substr(0, open);
    if (open == std::string_view::npos || close == std::string_view::npos) return plain;
    const auto inside = text.substr(open + 1, close - open - 1);
    const auto bar = inside.find('|');
    plain += bar == std::string_view::npos ? "it" : inside.substr(bar + 1);
    text.remove_prefix(close + 1);
  }
}

Counts count(std::string_view text) {
  Counts counts;
  const std::string plain = without_slots(text);
  bool open = false;  // a sentence with words in it
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t begin = at;
    while (at < plain.size() && is_letter(plain[at])) ++at;
    if (at > begin) {
      counts.words += 1;
      counts.syllables += syllables(std::string_view(plain).substr(begin, at - begin));
      open = true;
      continue;
    }
    if (open && std::string_view(".!?:;\n").find(plain[at]) != std::string_view::npos) {
      counts.sentences += 1;
      open = false;
    }
    ++at;
  }
  if (open) counts.sentences += 1;
  return counts;
}

std::string with_one_digit(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

void check_script(const Content& content, const dialogue::Script& script, Diagnostics& diagnostics) {
  Counts all;
  const Spoken* heaviest = nullptr;
  double highest = 0;
  const auto texts = spoken(script);
  for (const Spoken& text : texts) {
    if (text.as != Spoken::As::say && text.as != Spoken::As::held && text.as != Spoken::As::why) continue;
    const Counts counts = count(text.text);
    all.add(counts);
    if (counts.words < 5 || counts.grade() <= highest) continue;
    highest = counts.grade();
    heaviest = &text;
  }
  if (heaviest == nullptr || all.words < least_words || all.grade() <= highest_grade) return;
  tell_at(content, heaviest->source(), heaviest->text,
          "the texts of this script read like those of school year " + with_one_digit(all.grade()) + ", and " +
              with_one_digit(highest_grade) + " is the most; the heaviest is this one, with " + with_one_digit(highest),
          "make its sentences shorter, and choose shorter words", diagnostics);
}

}  // namespace

double reading_grade(std::string_view text) { return count(text).grade(); }

void check_reading(const Content& content, Diagnostics& diagnostics) {
  for (const auto& script : content.library.scripts) {
    const bool english = script.source.file.starts_with("responses/en/") && script.id != in_other_languages;
    if (english) check_script(content, script, diagnostics);
  }
}

}  // namespace nurturer::content
