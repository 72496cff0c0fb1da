#include "engine/understanding/list_compiler.hpp"

#include <algorithm>

#include "engine/understanding/nearest.hpp"

namespace nurturer::understanding {
namespace {

bool is_include(const std::string& entry) { return entry.size() > 2 && entry.front() == '{' && entry.find('}') == entry.size() - 1; }

}  // namespace

std::string list_remedy(const std::string& name, const std::vector<std::string>& known) {
  const std::string near = nearest(name, known);
  if (!near.empty()) return "Did you mean {" + near + "}?";
  if (known.empty()) return "Write the list first; there is none yet.";
  return "Write a list of that name, or name one that exists.";
}

ListCompiler::ListCompiler(Language& language, const std::vector<ListSource>& lists, Diagnostics& diagnostics)
    : language_(language), lists_(lists), diagnostics_(diagnostics), states_(lists.size(), State::untouched) {
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (by_name_.emplace(lists[i].name, i).second) continue;
    const Source& first = lists[by_name_[lists[i].name]].source;
    diagnostics.push_back({lists[i].source, lists[i].name, "There are two word lists of this name.",
                           "Rename one, or put the words into the other (" + first.file + ":" + std::to_string(first.line) + ")."});
    states_[i] = State::done;
  }
}

void ListCompiler::compile() {
  for (std::size_t i = 0; i < lists_.size(); ++i) compile(i);
}

void ListCompiler::compile(std::size_t list) {
  if (states_[list] != State::untouched) return;
  states_[list] = State::open;
  const ListSource& source = lists_[list];
  std::vector<WordSequence> words;
  const std::size_t mistakes = diagnostics_.size();
  for (const std::string& entry : source.entries) {
    if (is_include(entry)) {
      include(list, entry, words);
    } else if (auto sequences = language_.entry_words(entry, source.source, diagnostics_)) {
      words.insert(words.end(), sequences->begin(), sequences->end());
    }
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  if (words.empty() && diagnostics_.size() == mistakes) {
    diagnostics_.push_back({source.source, source.name, "The word list is empty.", "Write at least one word, or remove the list."});
  }
  language_.lists_[source.name] = std::move(words);
  states_[list] = State::done;
}

void ListCompiler::include(std::size_t list, const std::string& entry, std::vector<WordSequence>& words) {
  const std::string name = entry.substr(1, entry.size() - 2);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) {
    std::vector<std::string> known;
    known.reserve(lists_.size());
    for (const ListSource& source : lists_) known.push_back(source.name);
    diagnostics_.push_back({lists_[list].source, entry, "There is no word list called " + name + ".", list_remedy(name, known)});
    return;
  }
  if (states_[found->second] == State::open) {
    diagnostics_.push_back({lists_[list].source, entry, "The list " + name + " includes itself, here or by way of another list.",
                            "Leave the include out of one of them."});
    return;
  }
  compile(found->second);
  const std::vector<WordSequence>& other = language_.lists_[name];
  words.insert(words.end(), other.begin(), other.end());
}

}  // namespace nurturer::understanding
