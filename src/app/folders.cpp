#include "app/folders.hpp"

#include <cstdlib>
#include <system_error>

namespace nurturer::app {
namespace {

namespace fs = std::filesystem;

bool holds_content(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "intents", ignored) && fs::is_directory(folder / "responses", ignored);
}

}  // namespace

std::optional<fs::path> find_content(const std::string& wished) {
  if (!wished.empty()) return holds_content(wished) ? std::optional<fs::path>(wished) : std::nullopt;
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  // build/release/nurturer in a checkout, bin/nurturer beside share/nurturer when installed
  for (fs::path folder = program.parent_path(); !failed && folder.has_relative_path(); folder = folder.parent_path()) {
    if (holds_content(folder)) return folder;
    if (holds_content(folder / "share" / "nurturer")) return folder / "share" / "nurturer";
  }
  if (holds_content(fs::current_path(failed))) return fs::current_path(failed);
  return std::nullopt;
}

fs::path user_data_folder() {
  // getenv: read once at start, before any thread.
  if (const char* folder = std::getenv("XDG_DATA_HOME"); folder != nullptr && *folder == '/') return fs::path(folder) / "nurturer";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') return fs::path(home) / ".local/share/nurturer";
  return fs::path("nurturer-data");
}

}  // namespace nurturer::app
