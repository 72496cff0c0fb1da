#pragma once
// Tokens and passwords, from where the configuration says that they are. They are never printed, not even in part.

#include <string>
#include <tl/expected.hpp>

namespace nurturer::app {

/// The first line of a file without its end. Else a sentence that names the file and what to do; also when others may read it.
[[nodiscard]] tl::expected<std::string, std::string> read_secret_file(const std::string& path);
[[nodiscard]] tl::expected<std::string, std::string> read_secret_variable(const std::string& name);

}  // namespace nurturer::app
