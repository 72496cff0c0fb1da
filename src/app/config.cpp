#include "app/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <optional>

#include "content/names.hpp"

namespace nurturer::app {
namespace {

using content::Names;

const Names top_keys{"language", "region", "content", "store", "matrix", "discord", "limits"};
const Names store_keys{"path", "key_file"};
const Names matrix_keys{"homeserver", "user", "password_file", "access_token_file", "invites", "recovery_key_file",
                        "device_name", "exclude_insecure_devices", "timeline_limit"};
const Names discord_keys{"token_file", "token_env", "api_base", "gateway_url", "message_content", "shards"};
const Names limit_keys{"answer_within", "idle_days"};

class Reader {
 public:
  Reader(std::string file, ConfigResult& result) : file_(std::move(file)), result_(result) {}

  void fault(const toml::node& at, const std::string& what) { fault(at.source().begin.line, what); }
  void fault(std::uint32_t line, const std::string& what) {
    result_.faults.push_back(file_ + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what);
  }

  void only(const toml::table& table, const Names& known) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (std::ranges::find(known, name) != known.end()) continue;
      fault(node, "there is no setting called \"" + name + "\"; " + content::did_you_mean(name, known, "known are " + content::one_of(known)));
    }
  }

  template <class Value>
  std::optional<Value> get(const toml::table& table, std::string_view key, const char* wanted) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<Value>();
    if (!value) fault(*node, std::string(key) + " must be " + wanted);
    return value;
  }

  const toml::table* table(const toml::table& parent, std::string_view key) {
    const toml::node* node = parent.get(key);
    if (node == nullptr) return nullptr;
    if (const toml::table* found = node->as_table()) return found;
    fault(*node, "[" + std::string(key) + "] must be a table");
    return nullptr;
  }

 private:
  std::string file_;
  ConfigResult& result_;
};

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

bool is_region(const std::string& code) {
  return code.size() == 2 && std::ranges::all_of(code, [](unsigned char c) { return std::isupper(c) != 0; });
}

void read_top(const toml::table& top, Reader& reader, Config& config, const std::filesystem::path& folder) {
  reader.only(top, top_keys);
  config.language = reader.get<std::string>(top, "language", "a language, as \"en\"").value_or("en");
  if (config.language != "en") reader.fault(*top.get("language"), "language must be \"en\": no other is written yet");
  config.region = reader.get<std::string>(top, "region", "a country's two letters, as \"GB\"").value_or("");
  if (!config.region.empty() && !is_region(config.region)) {
    reader.fault(*top.get("region"), "region must be a country's two capital letters, as \"GB\"");
  }
  if (const auto content = reader.get<std::string>(top, "content", "a folder")) config.content = (folder / *content).string();
  config.matrix = reader.table(top, "matrix") != nullptr;
  config.discord = reader.table(top, "discord") != nullptr;
  if (const auto* table = reader.table(top, "matrix")) reader.only(*table, matrix_keys);
  if (const auto* table = reader.table(top, "discord")) reader.only(*table, discord_keys);
}

void read_store(const toml::table& top, Reader& reader, Config& config, const std::filesystem::path& folder) {
  config.store_path = (folder / "data").string();
  if (const auto* table = reader.table(top, "store")) {
    reader.only(*table, store_keys);
    if (const auto path = reader.get<std::string>(*table, "path", "a folder")) config.store_path = (folder / *path).string();
    if (const auto key = reader.get<std::string>(*table, "key_file", "a file")) config.key_file = (folder / *key).string();
  }
  if (config.key_file.empty()) config.key_file = config.store_path + "/key";
}

void read_limits(const toml::table& top, Reader& reader, Config& config) {
  const auto* table = reader.table(top, "limits");
  if (table == nullptr) return;
  reader.only(*table, limit_keys);
  if (const auto text = reader.get<std::string>(*table, "answer_within", "a length of time, as \"30m\"")) {
    if (const auto length = duration(*text)) config.answer_within = *length;
    else reader.fault(*table->get("answer_within"), "answer_within must be a length of time, as \"30m\" or \"2h\"");
  }
  if (const auto days = reader.get<std::int64_t>(*table, "idle_days", "a number of days")) {
    if (*days < 1 || *days > 3650) reader.fault(*table->get("idle_days"), "idle_days must be from 1 to 3650");
    else config.idle_days = static_cast<int>(*days);
  }
}

}  // namespace

ConfigResult read_config(const std::string& file) {
  ConfigResult result;
  Reader reader(file, result);
  try {
    const toml::table top = toml::parse_file(file);
    std::filesystem::path folder = std::filesystem::path(file).parent_path();
    if (folder.empty()) folder = ".";
    read_top(top, reader, result.config, folder);
    read_store(top, reader, result.config, folder);
    read_limits(top, reader, result.config);
  } catch (const toml::parse_error& error) {
    reader.fault(error.source().begin.line, std::string(error.description()) + ". Mend this line; the rest was not read.");
  }
  return result;
}

}  // namespace nurturer::app
