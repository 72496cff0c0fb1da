// `nurturer matrix login`: sets the account up in one go, and says what comes next.
#include <fmt/core.h>

#include <chrono>

#include "adapters/matrix/crypto.hpp"
#include "app/clock.hpp"
#include "app/commands.hpp"
#include "app/opening.hpp"
#include "app/platforms.hpp"
#include "app/service.hpp"

namespace nurturer::app {
namespace {

constexpr std::chrono::seconds patience{90};

ExitCode log_in(const Config& config, const std::string& file) {
  Log log;
  net::Loop loop;
  const Surroundings around{loop, wall_now, real_dice(), [&log](const std::string& line) { log.info(line); },
                            [&log](const std::string& secret) { log.hide(secret); }};
  std::optional<LoggedIn> outcome;
  const auto errand = log_in_to_matrix(config, around, [&](LoggedIn result) {
    outcome = std::move(result);
    loop.stop();
  });
  const net::Timer limit = loop.after(patience, [&loop] { loop.stop(); });
  loop.run();
  if (!outcome) {
    fmt::print(stderr, "nurturer: {} did not answer within {} s; look at the network, at the server, and at homeserver in [matrix].\n",
               config.matrix->homeserver, patience.count());
    return ExitCode::unavailable;
  }
  if (!*outcome) {
    fmt::print(stderr, "nurturer: {}\n", outcome->error().sentence);
    return code_of(outcome->error().kind);
  }
  fmt::print("Logged in: {}, device {}.\n", config.matrix->user, **outcome);
  const char* unsealed = matrix::Crypto::built ? "" : " (without encryption: this program was built without it)";
  fmt::print("Next: nurturer run --config {}\nThen invite {} to a room, or open a private chat with it{}, and write: hello\n", file,
             config.matrix->user, unsealed);
  return ExitCode::done;
}

}  // namespace

ExitCode matrix_login(const std::string& file) {
  const auto config = open_config(file);
  if (!config) return ExitCode::configuration;
  if (!config->matrix) {
    fmt::print(stderr, "nurturer: {}: there is no table [matrix]. Copy the example of packaging/nurturer.toml.\n", file);
    return ExitCode::configuration;
  }
  try {
    // A running service would lose its session: the folder is ours for as long as this lasts.
    const auto store = store::open_sqlite(config->store_path, config->key_file);
    return log_in(*config, file);
  } catch (const store::Unavailable& error) {
    fmt::print(stderr, "nurturer: {}\n", error.what());
    return code_of(error);
  }
}

}  // namespace nurturer::app
