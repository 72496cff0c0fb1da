#pragma once
// The file that "export my data" hands out.

#include <string>

namespace nurturer::app {

/// Writes `bytes` to `folder`/`id`.json, readable by the owner alone. Returns the path, or an empty string when it cannot be written.
[[nodiscard]] std::string write_export_file(const std::string& folder, const std::string& id, const std::string& bytes, const std::string& ending = "json");

}  // namespace nurturer::app
