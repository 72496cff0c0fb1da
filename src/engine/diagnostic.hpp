#pragma once
// What an author is told about a mistake in a content file. Mistakes are collected, never thrown: the author sees all at once.

#include <cstdint>
#include <string>
#include <vector>

namespace nurturer {

/// Where something stands in the content. `file` is relative to the content folder ("intents/en/panic.toml").
struct Source {
  std::string file;
  std::uint32_t line = 0;  // from 1; 0 when the whole file is meant
};

struct Diagnostic {
  Source source;
  std::string words;    // the author's own words at that place
  std::string problem;  // what is wrong, in their language
  std::string remedy;   // a way out, with the nearest name where there is one
};
using Diagnostics = std::vector<Diagnostic>;

}  // namespace nurturer
