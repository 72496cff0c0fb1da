#pragma once
// "leave~": all forms of an English word, from the table of irregular ones and the rules for the rest.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nurturer::understanding {

class Forms {
 public:
  /// The first word of `row` is the base, the others its forms; any of them may then be written with ~.
  void add_irregular(const std::vector<std::string>& row);

  /// The word and all its forms, folded, each once, the word first. Too many are better than too few: a form that nobody
  /// writes costs nothing, so doubled and single consonants are both given ("travelled", "traveled").
  [[nodiscard]] std::vector<std::string> of(std::string_view word) const;

 private:
  std::vector<std::vector<std::string>> rows_;
  std::unordered_map<std::string, std::vector<std::size_t>> rows_of_;
};

}  // namespace nurturer::understanding
