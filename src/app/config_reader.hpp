#pragma once
// Reads settings out of a TOML table, and collects what is wrong with them, each with file and line.

#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/config.hpp"
#include "content/names.hpp"

namespace nurturer::app {

class ConfigReader {
 public:
  explicit ConfigReader(const std::string& file);

  void fault(const toml::node& at, const std::string& what) { fault(at.source().begin.line, what); }
  void fault(std::uint32_t line, const std::string& what);

  /// A fault for each key that is not known.
  void only(const toml::table& table, const content::Names& known);

  template <class Value>
  std::optional<Value> get(const toml::table& table, std::string_view key, const char* wanted) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<Value>();
    if (!value) fault(*node, std::string(key) + " must be " + wanted);
    return value;
  }

  /// The same into `place`, which keeps its value when the key is not there.
  void text(const toml::table& table, std::string_view key, std::string& place, const char* wanted);
  void flag(const toml::table& table, std::string_view key, bool& place);
  void number(const toml::table& table, std::string_view key, int& place, int least, int most);
  /// A path, from the configuration's folder on.
  void path(const toml::table& table, std::string_view key, std::string& place, const char* wanted);

  const toml::table* table(const toml::table& parent, std::string_view key);

  std::vector<std::string> take_faults() { return std::move(faults_); }

 private:
  std::string file_;
  std::filesystem::path folder_;
  std::vector<std::string> faults_;
};

/// The tables of the platforms (config_platforms.cpp).
void read_matrix(const toml::table& table, ConfigReader& reader, MatrixConfig& config);
void read_discord(const toml::table& table, ConfigReader& reader, DiscordConfig& config);

}  // namespace nurturer::app
