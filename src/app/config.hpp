#pragma once
// The configuration file (TOML; design.md, "Contracts of the program"). Relative paths are taken from the file's folder; secrets
// are named, never held; an unknown key is an error that names the nearest known one.

#include <chrono>
#include <string>
#include <vector>

namespace nurturer::app {

struct Config {
  std::string language = "en";
  std::string region;
  std::string content;   // folder; empty: found as always
  std::string store_path;
  std::string key_file;
  std::chrono::minutes answer_within{30};
  int idle_days = 180;
  bool matrix = false;   // a table [matrix] is there
  bool discord = false;
};

struct ConfigResult {
  Config config;
  std::vector<std::string> faults;  // "nurturer.toml:3: ..."; empty: the configuration holds
};

[[nodiscard]] ConfigResult read_config(const std::string& file);

}  // namespace nurturer::app
