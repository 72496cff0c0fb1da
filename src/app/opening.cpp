#include "app/opening.hpp"

#include <fmt/core.h>

#include <filesystem>

namespace nurturer::app {

std::optional<Config> open_config(const std::string& file) {
  ConfigResult result = read_config(file);
  std::error_code missing;
  if (!std::filesystem::exists(file, missing)) result.faults = {file + ": there is no such file. Copy packaging/nurturer.toml and change it."};
  for (const std::string& fault : result.faults) fmt::print(stderr, "nurturer: {}\n", fault);
  if (!result.faults.empty()) return std::nullopt;
  return std::move(result.config);
}

ExitCode code_of(const store::Unavailable& error) noexcept {
  using Why = store::Unavailable::Why;
  if (error.why() == Why::locked) return ExitCode::try_later;
  if (error.why() == Why::wrong_key || error.why() == Why::newer_version) return ExitCode::configuration;
  return ExitCode::input_output;
}

}  // namespace nurturer::app
