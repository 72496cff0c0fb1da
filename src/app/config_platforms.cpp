// [matrix] and [discord]. What only the platform itself can know (a wrong password, a missing intent) is for `doctor` and `run`.
#include <algorithm>
#include <cctype>

#include "adapters/net/url.hpp"
#include "app/config_reader.hpp"

namespace nurturer::app {
namespace {

using content::Names;

const Names matrix_keys{"homeserver", "user", "password_file", "access_token_file", "invites", "recovery_key_file",
                        "device_name", "exclude_insecure_devices", "timeline_limit", "ca_file", "owners"};
const Names discord_keys{"token_file", "token_env", "api_base", "gateway_url", "message_content", "shards", "compress", "ca_file"};

bool is_server(std::string_view name) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']'; };
  return !name.empty() && name.size() <= 255 && std::ranges::all_of(name, fits);
}

bool is_user(std::string_view name) {
  const auto colon = name.find(':');
  return name.starts_with('@') && colon != std::string_view::npos && colon > 1 && is_server(name.substr(colon + 1));
}

void check_url(const toml::table& table, ConfigReader& reader, std::string_view key, const std::string& text) {
  const auto url = net::read_url(text);
  if (!url) return reader.fault(*table.get(key), std::string(key) + ": " + url.error());
  if (url->target.find('?') != std::string::npos) reader.fault(*table.get(key), std::string(key) + " must be an address without a query");
}

void read_invites(const toml::node& node, ConfigReader& reader, MatrixConfig& config) {
  if (const auto word = node.value_exact<std::string>()) {
    if (*word == "anyone" || *word == "nobody") {
      config.invites = *word == "anyone" ? MatrixConfig::Invites::anyone : MatrixConfig::Invites::nobody;
      return;
    }
  } else if (const auto* list = node.as_array()) {
    config.invites = MatrixConfig::Invites::listed;
    for (const toml::node& entry : *list) {
      const auto name = entry.value_exact<std::string>();
      if (name && (is_user(*name) || is_server(*name))) config.invited_by.push_back(*name);
      else reader.fault(entry, "in invites stand users as \"@name:server\" and servers as \"example.org\"");
    }
    return;
  }
  reader.fault(node, "invites must be \"anyone\", \"nobody\", or a list of users and servers");
}

void read_owners(const toml::node& node, ConfigReader& reader, MatrixConfig& config) {
  const auto* list = node.as_array();
  if (list == nullptr) return reader.fault(node, "owners is a list of users, as [\"@name:server\"]");
  for (const toml::node& entry : *list) {
    const auto name = entry.value_exact<std::string>();
    if (name && is_user(*name)) config.owners.push_back(*name);
    else reader.fault(entry, "in owners stand users, as \"@name:server\"");
  }
}

}  // namespace

void read_matrix(const toml::table& table, ConfigReader& reader, MatrixConfig& config) {
  reader.only(table, matrix_keys);
  reader.text(table, "homeserver", config.homeserver, "an address, as \"https://example.org\"");
  reader.text(table, "user", config.user, "the companion's Matrix id, as \"@nurturer:example.org\"");
  if (!table.contains("homeserver")) reader.fault(table, "[matrix] needs homeserver = \"https://...\"");
  else if (!config.homeserver.empty()) check_url(table, reader, "homeserver", config.homeserver);
  if (!table.contains("user")) reader.fault(table, "[matrix] needs user = \"@name:server\"");
  else if (!is_user(config.user)) reader.fault(*table.get("user"), "user must be a Matrix id, as \"@nurturer:example.org\"");
  reader.path(table, "password_file", config.password_file, "a file");
  reader.path(table, "access_token_file", config.access_token_file, "a file");
  reader.path(table, "recovery_key_file", config.recovery_key_file, "a file");
  reader.path(table, "ca_file", config.ca_file, "a file with certificates (PEM)");
  if (!table.contains("password_file") && !table.contains("access_token_file")) {
    reader.fault(table, "[matrix] needs password_file = \"...\" or access_token_file = \"...\"");
  }
  reader.text(table, "device_name", config.device_name, "a name");
  reader.flag(table, "exclude_insecure_devices", config.exclude_insecure_devices);
  reader.number(table, "timeline_limit", config.timeline_limit, 1, 1000);
  if (const toml::node* owners = table.get("owners")) read_owners(*owners, reader, config);
  if (const toml::node* invites = table.get("invites")) read_invites(*invites, reader, config);
}

void read_discord(const toml::table& table, ConfigReader& reader, DiscordConfig& config) {
  reader.only(table, discord_keys);
  reader.path(table, "token_file", config.token_file, "a file");
  reader.text(table, "token_env", config.token_env, "the name of an environment variable");
  if (!table.contains("token_file") && !table.contains("token_env")) {
    reader.fault(table, "[discord] needs token_file = \"...\" or token_env = \"...\"");
  }
  if (table.contains("token_file") && table.contains("token_env")) {
    reader.fault(*table.get("token_env"), "either token_file or token_env names the token, not both");
  }
  reader.text(table, "api_base", config.api_base, "an address");
  check_url(table, reader, "api_base", config.api_base);
  reader.text(table, "gateway_url", config.gateway_url, "an address, as \"wss://...\", or empty");
  if (!config.gateway_url.empty()) check_url(table, reader, "gateway_url", config.gateway_url);
  reader.path(table, "ca_file", config.ca_file, "a file with certificates (PEM)");
  reader.flag(table, "message_content", config.message_content);
  reader.flag(table, "compress", config.compress);
  const toml::node* shards = table.get("shards");
  if (shards == nullptr) return;
  if (shards->value_exact<std::string>() == std::string("auto")) {
    config.shards.reset();
  } else if (const auto count = shards->value_exact<std::int64_t>(); count && *count >= 1 && *count <= 1000) {
    config.shards = static_cast<int>(*count);
  } else {
    reader.fault(*shards, "shards must be a number from 1 to 1000, or \"auto\"");
  }
}

}  // namespace nurturer::app
