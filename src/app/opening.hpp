#pragma once
// What every command with a configuration begins with: the file, and the store that it names.

#include <optional>
#include <string>

#include "app/config.hpp"
#include "app/exit_code.hpp"
#include "store/store.hpp"

namespace nurturer::app {

/// Empty after telling on standard error what is wrong with it (exit code 78).
[[nodiscard]] std::optional<Config> open_config(const std::string& file);

[[nodiscard]] ExitCode code_of(const store::Unavailable& error) noexcept;

}  // namespace nurturer::app
