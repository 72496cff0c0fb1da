#pragma once
// Where the program finds its content and keeps its data.

#include <filesystem>
#include <optional>
#include <string>

namespace nurturer::app {

/// The folder that holds intents/ and responses/: `wished` if given, else the one above the program (a checkout), else the installed
/// data folder. Empty if there is none.
[[nodiscard]] std::optional<std::filesystem::path> find_content(const std::string& wished);

/// $XDG_DATA_HOME/nurturer or ~/.local/share/nurturer.
[[nodiscard]] std::filesystem::path user_data_folder();

}  // namespace nurturer::app
