// Matrix, from its table in the configuration.
#include <fmt/core.h>

#include <filesystem>

#include "adapters/matrix/link.hpp"
#include "app/platforms.hpp"
#include "app/secret.hpp"
#include "store/key_file.hpp"
#include "store/sealing.hpp"

namespace nurturer::app {
namespace {

using channel::Failure;
using channel::Finding;

const std::string name = "matrix";

// By name: the two lists are written in two layers, and a number that meant another policy would let anybody in.
matrix::Settings::Invites policy_of(MatrixConfig::Invites invites) {
  switch (invites) {
    case MatrixConfig::Invites::anyone: return matrix::Settings::Invites::anyone;
    case MatrixConfig::Invites::listed: return matrix::Settings::Invites::listed;
    case MatrixConfig::Invites::nobody: break;
  }
  return matrix::Settings::Invites::nobody;
}

std::string recovery_file_of(const Config& config) {
  return config.matrix->recovery_key_file.empty() ? config.store_path + "/matrix-recovery-key" : config.matrix->recovery_key_file;
}

// Of the encryption store: comes from the deployment's key, as all that is sealed here. Before the first start there is none, nor a store.
std::string crypto_key_of(const Config& config) {
  std::error_code ignored;
  if (!std::filesystem::exists(config.key_file, ignored)) return {};
  const store::Key key = store::derive(store::read_key(config.key_file), "nurturer matrix 1: encryption store");
  std::string hex;
  for (std::size_t i = 0; i < store::Key::size; ++i) hex += fmt::format("{:02x}", key.data()[i]);
  return hex;
}

tl::expected<matrix::Settings, Failure> settings_of(const MatrixConfig& config, const std::string& recovery_file,
                                                    const Surroundings& around) {
  matrix::Settings settings;
  settings.homeserver = config.homeserver;
  settings.user = config.user;
  settings.device_name = config.device_name;
  settings.invites = policy_of(config.invites);
  settings.invited_by = config.invited_by;
  settings.timeline_limit = config.timeline_limit;
  settings.encryption = matrix::Crypto::built;
  settings.owners = config.owners;
  settings.exclude_insecure_devices = config.exclude_insecure_devices;
  settings.recovery_key_file = recovery_file;
  const std::pair<const std::string&, std::string&> secrets[] = {{config.password_file, settings.password},
                                                                 {config.access_token_file, settings.access_token}};
  for (const auto& [file, secret] : secrets) {
    if (file.empty()) continue;
    auto read = read_secret_file(file);
    if (!read) return tl::unexpected(Failure{Failure::Kind::configuration, read.error()});
    if (around.hide) around.hide(*read);
    secret = std::move(*read);
  }
  std::error_code ignored;
  if (!std::filesystem::exists(recovery_file, ignored)) return settings;  // it is written when the account is set up
  auto recovery = read_secret_file(recovery_file);
  if (!recovery) return tl::unexpected(Failure{Failure::Kind::configuration, recovery.error()});
  if (around.hide) around.hide(*recovery);
  settings.recovery_key = std::move(*recovery);
  return settings;
}

tl::expected<matrix::World, Failure> world_of(const Config& config, const Surroundings& around) {
  auto trust = net::Trust::load(config.matrix->ca_file);
  if (!trust) return tl::unexpected(Failure{Failure::Kind::configuration, trust.error()});
  return matrix::World{around.loop,
                       std::move(*trust),
                       "Nurturer/" NURTURER_VERSION,
                       config.store_path + "/matrix-session.json",
                       config.store_path + "/matrix-status.json",
                       config.store_path + "/matrix-crypto",
                       crypto_key_of(config),
                       recovery_file_of(config),
                       around.now,
                       around.dice,
                       around.log,
                       around.hide};
}

struct Parts {
  matrix::Settings settings;
  matrix::World world;
};

tl::expected<Parts, Failure> parts_of(const Config& config, const Surroundings& around) {
  auto settings = settings_of(*config.matrix, recovery_file_of(config), around);
  if (!settings) return tl::unexpected(settings.error());
  auto world = world_of(config, around);
  if (!world) return tl::unexpected(world.error());
  return Parts{std::move(*settings), std::move(*world)};
}

void examine(const Config& config, const Surroundings& around, const Told& told) {
  auto parts = parts_of(config, around);
  if (!parts) {
    around.loop.post([told, failure = parts.error()] { told({{Finding::How::fault, name, failure.sentence, failure.kind}}); });
    return;
  }
  const auto kept = std::make_shared<std::unique_ptr<matrix::Examination>>();
  *kept = std::make_unique<matrix::Examination>(std::move(parts->settings), std::move(parts->world), [told, kept](Findings findings) {
    told(std::move(findings));
    kept->reset();
  });
}

}  // namespace

std::shared_ptr<void> log_in_to_matrix(const Config& config, const Surroundings& around, std::function<void(LoggedIn)> told) {
  auto parts = parts_of(config, around);
  if (parts && parts->settings.password.empty()) {
    parts = tl::unexpected(
        Failure{Failure::Kind::configuration, "[matrix] names no password_file to log in with; an access token needs no login."});
  }
  if (!parts) {
    around.loop.post([told = std::move(told), failure = parts.error()] { told(tl::unexpected(failure)); });
    return nullptr;
  }
  return std::make_shared<matrix::FirstLogin>(std::move(parts->settings), std::move(parts->world),
                                              [told = std::move(told)](matrix::Login::Result result) {
                                                if (result)
                                                  told(result->device);
                                                else
                                                  told(tl::unexpected(result.error()));
                                              });
}

Platform matrix_platform(const Config& config) {
  const auto make = [&config](const Surroundings& around) -> Made {
    auto parts = parts_of(config, around);
    if (!parts) return tl::unexpected(parts.error());
    return std::make_unique<matrix::Link>(std::move(parts->settings), std::move(parts->world));
  };
  return {name, make, [&config](const Surroundings& around, const Told& told) { examine(config, around, told); }};
}

}  // namespace nurturer::app
