#pragma once
// Each idea of the method, the scripts that carry it, the words that lead there, and a whole talk that shows it.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/dialogue/script.hpp"

namespace nurturer::app {

struct Row {
  int number = 0;
  std::string name;  // what a person types to get it
  std::vector<std::string> scripts;
  std::vector<std::string> phrases;      // intents, and samples of other ways of asking
  std::vector<std::string> transcripts;  // files of tests/conversations; empty where there is no checkout
};

/// All of them, by number. A row is carried by scripts that name it in `rows`.
[[nodiscard]] std::vector<Row> rows_of(const dialogue::Library& library, const std::filesystem::path& folder);

/// As a table of Markdown, a line a row; "-" where there is nothing.
[[nodiscard]] std::string table_of(const std::vector<Row>& rows);

}  // namespace nurturer::app
