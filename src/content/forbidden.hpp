#pragma once
// Words that the companion must not use, as responses/<language>/forbidden.toml lists them. `check` reads every text for them.

#include <string>
#include <vector>

#include "content/reader.hpp"

namespace nurturer::content {

struct Forbidden {
  std::vector<std::string> words;   // folded; a trailing * stands for any ending: "therap*"
  std::vector<std::string> except;  // folded; a word that stands in one of these is fine: "no therapist"
  std::vector<Words> may = {};      // scripts that may use them, and intents whose script may
  std::string why = {};
  std::string instead = {};
  std::string file = {};
};

void read_forbidden(const Value& file, std::vector<Forbidden>& into, Mistakes& mistakes);

/// The first forbidden word in `folded`, as it is listed, or empty.
[[nodiscard]] std::string_view find_forbidden(const Forbidden& forbidden, std::string_view folded);

}  // namespace nurturer::content
