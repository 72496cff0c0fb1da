#include "app/config.hpp"

#include <algorithm>
#include <charconv>

#include "app/config_reader.hpp"
#include "engine/dialogue/help_lines.hpp"

namespace nurturer::app {
namespace {

using content::Names;

const Names top_keys{"language", "region", "content", "store", "matrix", "discord", "limits"};
const Names store_keys{"path", "key_file"};
const Names limit_keys{"answer_within", "idle_days", "person_per_minute", "room_per_minute"};

// "30m", "2h", "1d", "90s" (rounded up to a minute).
std::optional<std::chrono::minutes> duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count < 0 || count > 1'000'000 || end + 1 != text.data() + text.size()) return std::nullopt;
  switch (*end) {
    case 's': return std::chrono::ceil<std::chrono::minutes>(std::chrono::seconds{count});
    case 'm': return std::chrono::minutes{count};
    case 'h': return std::chrono::hours{count};
    case 'd': return std::chrono::hours{24 * count};
    default: return std::nullopt;
  }
}

void read_top(const toml::table& top, ConfigReader& reader, Config& config) {
  reader.only(top, top_keys);
  reader.text(top, "language", config.language, "a language, as \"en\"");
  if (config.language != "en") reader.fault(*top.get("language"), "language must be \"en\": no other is written yet");
  reader.text(top, "region", config.region, "a country's two letters, as \"GB\"");
  if (!config.region.empty() && !dialogue::is_country(config.region)) {
    reader.fault(*top.get("region"), "region must be a country's two capital letters (ISO 3166), as \"GB\"");
  }
  reader.path(top, "content", config.content, "a folder");
  if (const auto* table = reader.table(top, "matrix")) read_matrix(*table, reader, config.matrix.emplace());
  if (const auto* table = reader.table(top, "discord")) read_discord(*table, reader, config.discord.emplace());
}

void read_store(const toml::table& top, ConfigReader& reader, Config& config, const std::string& usual) {
  config.store_path = usual;
  if (const auto* table = reader.table(top, "store")) {
    reader.only(*table, store_keys);
    reader.path(*table, "path", config.store_path, "a folder");
    reader.path(*table, "key_file", config.key_file, "a file");
  }
  if (config.key_file.empty()) config.key_file = config.store_path + "/key";
}

void read_limits(const toml::table& top, ConfigReader& reader, Config& config) {
  const auto* table = reader.table(top, "limits");
  if (table == nullptr) return;
  reader.only(*table, limit_keys);
  if (const auto text = reader.get<std::string>(*table, "answer_within", "a length of time, as \"30m\"")) {
    if (const auto length = duration(*text)) config.answer_within = *length;
    else reader.fault(*table->get("answer_within"), "answer_within must be a length of time, as \"30m\" or \"2h\"");
  }
  reader.number(*table, "idle_days", config.idle_days, 1, 3650);
  reader.number(*table, "person_per_minute", config.rates.person_per_minute, 5, 1000);
  reader.number(*table, "room_per_minute", config.rates.room_per_minute, 5, 10'000);
}

}  // namespace

ConfigResult read_config(const std::string& file) {
  ConfigResult result;
  ConfigReader reader(file);
  try {
    const toml::table top = toml::parse_file(file);
    const auto folder = std::filesystem::path(file).parent_path();
    read_top(top, reader, result.config);
    read_store(top, reader, result.config, ((folder.empty() ? "." : folder) / "data").string());
    read_limits(top, reader, result.config);
  } catch (const toml::parse_error& error) {
    reader.fault(error.source().begin.line, std::string(error.description()) + ". Mend this line; the rest was not read.");
  }
  result.faults = reader.take_faults();
  return result;
}

}  // namespace nurturer::app
