// The configuration file: what it means, and every mistake with its line and a way out.
#include "app/config.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "scripted.hpp"

using namespace nurturer::app;

namespace {

struct File {
  explicit File(const std::string& text) { std::ofstream(path) << text; }
  nurturer::test::Scratch folder;
  std::string path = folder.path + "/nurturer.toml";
};

ConfigResult read(const std::string& text) {
  const File file(text);
  return read_config(file.path);
}

/// One of the faults holds both.
bool tells(const ConfigResult& result, const std::string& where, const std::string& what) {
  for (const std::string& fault : result.faults) {
    if (fault.find("nurturer.toml" + where + ": ") != std::string::npos && fault.find(what) != std::string::npos) return true;
  }
  return false;
}

const std::string whole_matrix = R"(
[matrix]
homeserver = "https://example.org"
user = "@nurturer:example.org"
password_file = "secrets/matrix"
)";

}  // namespace

TEST_CASE("a whole configuration is read, with paths from its folder") {
  const auto result = read(R"(
region = "GB"
[store]
path = "kept"
[matrix]
homeserver = "http://127.0.0.1:8008"
user = "@nurturer:example.org"
access_token_file = "/etc/token"
recovery_key_file = "secrets/recovery"
invites = ["@ann:example.org", "example.com"]
device_name = "here"
exclude_insecure_devices = true
owners = ["@me:example.org"]
timeline_limit = 10
[discord]
token_env = "DISCORD_TOKEN"
gateway_url = "ws://localhost:9/"
message_content = true
shards = "auto"
[limits]
answer_within = "2h"
idle_days = 30
person_per_minute = 7
)");
  CHECK(result.faults == std::vector<std::string>{});
  const Config& config = result.config;
  CHECK(config.store_path.ends_with("/kept"));
  CHECK(config.key_file == config.store_path + "/key");
  REQUIRE(config.matrix);
  CHECK(config.matrix->access_token_file == "/etc/token");
  CHECK(config.matrix->recovery_key_file == config.store_path.substr(0, config.store_path.size() - 4) + "secrets/recovery");
  CHECK(config.matrix->invites == MatrixConfig::Invites::listed);
  CHECK(config.matrix->invited_by == std::vector<std::string>{"@ann:example.org", "example.com"});
  CHECK(config.matrix->exclude_insecure_devices);
  CHECK(config.matrix->timeline_limit == 10);
  CHECK(config.matrix->owners == std::vector<std::string>{"@me:example.org"});
  REQUIRE(config.discord);
  CHECK(config.discord->token_env == "DISCORD_TOKEN");
  CHECK(config.discord->message_content);
  CHECK_FALSE(config.discord->shards);
  CHECK(config.answer_within == std::chrono::hours{2});
  CHECK(config.idle_days == 30);
  CHECK(config.rates.person_per_minute == 7);
}

TEST_CASE("what is left out has its usual value") {
  const auto result = read(whole_matrix + "[discord]\ntoken_file = \"t\"\n");
  CHECK(result.faults == std::vector<std::string>{});
  CHECK(result.config.matrix->invites == MatrixConfig::Invites::anyone);
  CHECK(result.config.matrix->timeline_limit == 50);
  CHECK_FALSE(result.config.matrix->exclude_insecure_devices);
  CHECK(result.config.discord->api_base == "https://discord.com/api/v10");
  CHECK(result.config.discord->gateway_url.empty());
  CHECK(result.config.discord->shards == 1);
  CHECK_FALSE(result.config.discord->message_content);
  CHECK_FALSE(read("region = \"GB\"\n").config.matrix);
}

TEST_CASE("a setting that is not known names the nearest one") {
  CHECK(tells(read(whole_matrix + "invite = \"anyone\"\n"), ":6", "\"invites\""));
  CHECK(tells(read("[discord]\ntoken_file = \"t\"\nmesage_content = true\n"), ":3", "\"message_content\""));
  CHECK(tells(read("[limits]\nperson_per_minut = 9\n"), ":2", "\"person_per_minute\""));
}

TEST_CASE("what cannot be is told with its line") {
  CHECK(tells(read("[matrix]\nuser = \"nurturer\"\n"), ":1", "homeserver"));
  CHECK(tells(read("[matrix]\nuser = \"nurturer\"\n"), ":2", "@nurturer:example.org"));
  CHECK(tells(read("[matrix]\nhomeserver = \"https://a.org\"\nuser = \"@n:a.org\"\n"), ":1", "password_file"));
  CHECK(tells(read("[matrix]\nhomeserver = \"http://a.org\"\nuser = \"@n:a.org\"\n"), ":2", "https"));
  CHECK(tells(read(whole_matrix + "invites = \"everyone\"\n"), ":6", "anyone"));
  CHECK(tells(read(whole_matrix + "invites = [\"@ann\"]\n"), ":6", "@name:server"));
  CHECK(tells(read(whole_matrix + "timeline_limit = 0\n"), ":6", "from 1 to 1000"));
  CHECK(tells(read("[discord]\n"), ":1", "token_file"));
  CHECK(tells(read("[discord]\ntoken_file = \"a\"\ntoken_env = \"B\"\n"), ":3", "not both"));
  CHECK(tells(read("[discord]\ntoken_file = \"a\"\napi_base = \"ftp://x\"\n"), ":3", "https://"));
  CHECK(tells(read("[discord]\ntoken_file = \"a\"\ngateway_url = \"ws://x.org\"\n"), ":3", "wss"));
  CHECK(tells(read("[discord]\ntoken_file = \"a\"\nshards = 0\n"), ":3", "auto"));
  CHECK(tells(read("matrix = 1\n"), ":1", "table"));
}
