#pragma once
// The configuration file (TOML; design.md, "Contracts of the program"). Relative paths are taken from the file's folder; secrets
// are named, never held; an unknown key is an error that names the nearest known one.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace nurturer::app {

/// [matrix]. Files are whole paths; an empty one was not given.
struct MatrixConfig {
  std::string homeserver;  // checked: https, or http towards this machine
  std::string user;        // "@name:server"
  std::string password_file;
  std::string access_token_file;
  std::string recovery_key_file;
  std::string ca_file;  // PEM, of a private server
  std::string device_name = "Nurturer";
  enum class Invites { anyone, nobody, listed };
  Invites invites = Invites::anyone;
  std::vector<std::string> invited_by;  // users "@name:server" and servers, with Invites::listed
  std::vector<std::string> owners;      // users "@name:server" who may verify the companion's device
  bool exclude_insecure_devices = false;
  int timeline_limit = 50;
};

/// [discord]
struct DiscordConfig {
  std::string token_file;  // this or the other
  std::string token_env;
  std::string api_base = "https://discord.com/api/v10";
  std::string gateway_url;  // empty: ask the API
  std::string ca_file;
  bool message_content = false;
  bool compress = true;      // zlib on the gateway
  std::optional<int> shards = 1;  // empty: "auto"
};

/// [limits]: how much one person, and one room, may ask for in a minute. What is above gets one kind line, then nothing but the
/// safety net until the minute is over.
struct RateLimits {
  int person_per_minute = 20;
  int room_per_minute = 60;
};

struct Config {
  std::string language = "en";
  std::string region;
  std::string content;   // folder; empty: found as always
  std::string store_path;
  std::string key_file;
  std::chrono::minutes answer_within{30};
  int idle_days = 180;
  RateLimits rates;
  std::optional<MatrixConfig> matrix;
  std::optional<DiscordConfig> discord;
};

struct ConfigResult {
  Config config;
  std::vector<std::string> faults;  // "nurturer.toml:3: ..."; empty: the configuration holds
};

[[nodiscard]] ConfigResult read_config(const std::string& file);

}  // namespace nurturer::app
