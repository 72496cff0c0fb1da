#include "engine/understanding/inflect.hpp"

#include <algorithm>

namespace nurturer::understanding {
namespace {

bool is_vowel(char letter) noexcept { return std::string_view("aeiou").find(letter) != std::string_view::npos; }

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return word.ends_with(ending); });
}

// cry, but not play
bool ends_in_y(std::string_view word) noexcept { return word.size() > 2 && word.back() == 'y' && !is_vowel(word[word.size() - 2]); }

// stop, cut, and also travel: consonant, vowel, consonant
bool may_double(std::string_view word) noexcept {
  if (word.size() < 3) return false;
  const char last = word.back();
  const char middle = word[word.size() - 2];
  const char first = word[word.size() - 3];
  const bool glided = first == 'u' && word.size() > 3 && word[word.size() - 4] == 'q';  // quit
  return !is_vowel(last) && last != 'w' && last != 'x' && last != 'y' && is_vowel(middle) && (!is_vowel(first) || glided);
}

std::string without_last(std::string_view word) { return std::string(word.substr(0, word.size() - 1)); }

std::string with_s(std::string_view word) {
  if (ends_in_y(word)) return without_last(word) + "ies";
  if (ends_with_any(word, {"s", "x", "z", "ch", "sh", "o"})) return std::string(word) + "es";
  return std::string(word) + "s";
}

void add_ing(std::string_view word, std::vector<std::string>& forms) {
  if (word.ends_with("ie")) {
    forms.push_back(std::string(word.substr(0, word.size() - 2)) + "ying");
    return;
  }
  const bool drops_e = word.size() > 2 && word.back() == 'e' && !ends_with_any(word, {"ee", "oe", "ye"});
  forms.push_back((drops_e ? without_last(word) : std::string(word)) + "ing");
  if (may_double(word)) forms.push_back(std::string(word) + word.back() + "ing");
}

void add_ed(std::string_view word, std::vector<std::string>& forms) {
  if (word.back() == 'e') {
    forms.push_back(std::string(word) + "d");
  } else if (ends_in_y(word)) {
    forms.push_back(without_last(word) + "ied");
  } else {
    forms.push_back(std::string(word) + "ed");
    if (may_double(word)) forms.push_back(std::string(word) + word.back() + "ed");
  }
}

}  // namespace

void Forms::add_irregular(const std::vector<std::string>& row) {
  for (const std::string& word : row) rows_of_[word].push_back(rows_.size());
  rows_.push_back(row);
}

std::vector<std::string> Forms::of(std::string_view word) const {
  std::vector<std::string> forms{std::string(word)};
  if (word.size() < 2) return forms;
  const auto found = rows_of_.find(std::string(word));
  if (found == rows_of_.end()) {
    forms.push_back(with_s(word));
    add_ed(word, forms);
    add_ing(word, forms);
  } else {
    for (const std::size_t row : found->second) {
      const std::string& base = rows_[row].front();
      forms.insert(forms.end(), rows_[row].begin(), rows_[row].end());
      if (base.size() < 2) continue;
      forms.push_back(with_s(base));
      add_ing(base, forms);
    }
  }
  std::vector<std::string> once;
  for (std::string& form : forms) {
    if (std::find(once.begin(), once.end(), form) == once.end()) once.push_back(std::move(form));
  }
  return once;
}

}  // namespace nurturer::understanding
