#pragma once
// Makes the word lists of a language: entries into words, {other} into the other's entries, in whatever order they are written.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/understanding/language.hpp"

namespace nurturer::understanding {

class ListCompiler {
 public:
  ListCompiler(Language& language, const std::vector<ListSource>& lists, Diagnostics& diagnostics);
  void compile();

 private:
  enum class State { untouched, open, done };
  void compile(std::size_t list);
  void include(std::size_t list, const std::string& entry, std::vector<WordSequence>& words);

  Language& language_;
  const std::vector<ListSource>& lists_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::vector<State> states_;
};

/// What to write instead of `name`, which names no list.
[[nodiscard]] std::string list_remedy(const std::string& name, const std::vector<std::string>& known);

}  // namespace nurturer::understanding
