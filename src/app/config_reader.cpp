#include "app/config_reader.hpp"

#include <algorithm>

namespace nurturer::app {

using content::Names;

ConfigReader::ConfigReader(const std::string& file) : file_(file), folder_(std::filesystem::path(file).parent_path()) {
  if (folder_.empty()) folder_ = ".";
}

void ConfigReader::fault(std::uint32_t line, const std::string& what) {
  faults_.push_back(file_ + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what);
}

void ConfigReader::only(const toml::table& table, const Names& known) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (std::ranges::find(known, name) != known.end()) continue;
    fault(node, "there is no setting called \"" + name + "\"; " + content::did_you_mean(name, known, "known are " + content::one_of(known)));
  }
}

void ConfigReader::text(const toml::table& table, std::string_view key, std::string& place, const char* wanted) {
  if (auto value = get<std::string>(table, key, wanted)) place = std::move(*value);
}

void ConfigReader::flag(const toml::table& table, std::string_view key, bool& place) {
  if (const auto value = get<bool>(table, key, "true or false")) place = *value;
}

void ConfigReader::number(const toml::table& table, std::string_view key, int& place, int least, int most) {
  const std::string wanted = "a number from " + std::to_string(least) + " to " + std::to_string(most);
  const auto value = get<std::int64_t>(table, key, wanted.c_str());
  if (!value) return;
  if (*value < least || *value > most) return fault(*table.get(key), std::string(key) + " must be " + wanted);
  place = static_cast<int>(*value);
}

void ConfigReader::path(const toml::table& table, std::string_view key, std::string& place, const char* wanted) {
  const auto value = get<std::string>(table, key, wanted);
  if (!value) return;
  if (value->empty()) return fault(*table.get(key), std::string(key) + " must be " + wanted);
  place = (folder_ / *value).string();
}

const toml::table* ConfigReader::table(const toml::table& parent, std::string_view key) {
  const toml::node* node = parent.get(key);
  if (node == nullptr) return nullptr;
  if (const toml::table* found = node->as_table()) return found;
  fault(*node, "[" + std::string(key) + "] must be a table");
  return nullptr;
}

}  // namespace nurturer::app
