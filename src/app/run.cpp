// `nurturer run` and `nurturer doctor`: the service, and what is wrong with its set-up.
#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/folders.hpp"
#include "app/loading.hpp"
#include "store/store.hpp"

namespace nurturer::app {
namespace {

bool told_faults(const std::string& file, ConfigResult& result) {
  std::error_code missing;
  if (!std::filesystem::exists(file, missing)) result.faults = {file + ": there is no such file. Copy packaging/nurturer.toml and change it."};
  for (const std::string& fault : result.faults) fmt::print(stderr, "nurturer: {}\n", fault);
  return !result.faults.empty();
}

ExitCode code_of(const store::Unavailable& error) {
  using Why = store::Unavailable::Why;
  if (error.why() == Why::locked) return ExitCode::try_later;
  if (error.why() == Why::wrong_key || error.why() == Why::newer_version) return ExitCode::configuration;
  return ExitCode::input_output;
}

// A line a check: what was looked at, how it stands, and what to do when it does not.
class Report {
 public:
  void good(const std::string& what, const std::string& how) { fmt::print("ok    {:10} {}\n", what, how); }
  void bad(const std::string& what, const std::string& how, ExitCode code) {
    fmt::print("FAULT {:10} {}\n", what, how);
    if (code_ == ExitCode::done) code_ = code;
  }
  [[nodiscard]] ExitCode code() const { return code_; }

 private:
  ExitCode code_ = ExitCode::done;
};

void look_at_content(const Config& config, Report& report) {
  const auto folder = find_content(config.content);
  if (!folder) return report.bad("content", "none found; name its folder with content = \"...\" in the configuration", ExitCode::configuration);
  const content::Loaded loaded = content::load(*folder);
  if (!loaded.diagnostics.empty()) {
    return report.bad("content", fmt::format("{} mistakes in {}; `nurturer check {}` tells them", loaded.diagnostics.size(),
                                             folder->string(), folder->string()), ExitCode::configuration);
  }
  report.good("content", folder->string());
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto aged = content::check(*loaded.content, today);
  if (!aged.empty()) report.bad("content", fmt::format("{} things to mend; `nurturer check` tells them", aged.size()), ExitCode::faults_found);
  if (config.region.empty()) {
    report.good("region", "not set: people whose country is unknown see the lines of several countries. region = \"GB\" changes that");
  } else if (loaded.content->library.find_region(config.region) == nullptr) {
    report.bad("region", config.region + ": no help lines are shipped for it; people are shown findahelpline.com", ExitCode::configuration);
  } else {
    report.good("region", config.region);
  }
}

void look_at_store(const Config& config, Report& report) {
  try {
    const auto store = store::open_sqlite(config.store_path, config.key_file);
    report.good("store", config.store_path + " (key: " + config.key_file + "; keep a copy of the key apart from the data)");
  } catch (const store::Unavailable& error) {
    report.bad("store", error.what(), code_of(error));
  }
}

}  // namespace

ExitCode run(const std::string& file) {
  ConfigResult result = read_config(file);
  if (told_faults(file, result)) return ExitCode::configuration;
  if (!load_content(result.config.content)) return ExitCode::configuration;
  // The adapters of Matrix and Discord are issues of their own; a service without any would wait for nobody, in silence.
  if (result.config.matrix || result.config.discord) {
    fmt::print(stderr, "nurturer: this version cannot connect to {} yet. `nurturer chat` works in the terminal.\n",
               result.config.matrix ? "Matrix" : "Discord");
  } else {
    fmt::print(stderr, "nurturer: {}: no platform is configured: add a table [matrix] or [discord].\n", file);
  }
  return ExitCode::configuration;
}

ExitCode doctor(const std::string& file) {
  ConfigResult result = read_config(file);
  if (told_faults(file, result)) return ExitCode::configuration;
  Report report;
  report.good("config", file);
  look_at_content(result.config, report);
  look_at_store(result.config, report);
  return report.code();
}

}  // namespace nurturer::app
