// `nurturer check`: all content, all mistakes at once, samples run as tests; and what carries which idea.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <tuple>

#include "app/commands.hpp"
#include "app/folders.hpp"
#include "app/loading.hpp"
#include "app/rows.hpp"

namespace nurturer::app {
namespace {

std::chrono::sys_days today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

// All at once, by file and line: what keeps people from being served, and what reads or leads badly.
void add(Diagnostics& diagnostics, Diagnostics more) {
  std::ranges::move(more, std::back_inserter(diagnostics));
  std::ranges::stable_sort(diagnostics, {}, [](const Diagnostic& told) { return std::tie(told.source.file, told.source.line); });
}

}  // namespace

ExitCode check(const CheckOptions& options) {
  const auto folder = find_content(options.folder);
  if (!folder) {
    fmt::print(stderr, "nurturer: {} holds no content: a folder with intents/ and responses/ is needed.\n",
               options.folder.empty() ? "this place" : options.folder);
    return ExitCode::configuration;
  }
  content::Loaded loaded = content::load(*folder);
  Diagnostics diagnostics = std::move(loaded.diagnostics);
  if (loaded.content) add(diagnostics, diagnostics.empty() ? content::check(*loaded.content, today()) : content::check_texts(*loaded.content, today()));
  if (!diagnostics.empty()) {
    tell(diagnostics);
    return ExitCode::faults_found;
  }
  fmt::print("The content holds: {} cues, {} scripts, {} regions with help lines.\n", loaded.content->model.cues().size(),
             loaded.content->library.scripts.size(), loaded.content->library.regions.size());
  if (options.rows) fmt::print("\n{}", table_of(rows_of(loaded.content->library, *folder)));
  return ExitCode::done;
}

}  // namespace nurturer::app
