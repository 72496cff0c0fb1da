// Matrix, from its table in the configuration.
#include "adapters/matrix/link.hpp"
#include "app/platforms.hpp"
#include "app/secret.hpp"

namespace nurturer::app {
namespace {

using channel::Failure;
using channel::Finding;

const std::string name = "matrix";

tl::expected<matrix::Settings, Failure> settings_of(const MatrixConfig& config, const Surroundings& around) {
  matrix::Settings settings;
  settings.homeserver = config.homeserver;
  settings.user = config.user;
  settings.device_name = config.device_name;
  settings.invites = static_cast<matrix::Settings::Invites>(config.invites);
  settings.invited_by = config.invited_by;
  settings.timeline_limit = config.timeline_limit;
  const std::pair<const std::string&, std::string&> secrets[] = {{config.password_file, settings.password},
                                                                 {config.access_token_file, settings.access_token}};
  for (const auto& [file, secret] : secrets) {
    if (file.empty()) continue;
    auto read = read_secret_file(file);
    if (!read) return tl::unexpected(Failure{Failure::Kind::configuration, read.error()});
    if (around.hide) around.hide(*read);
    secret = std::move(*read);
  }
  return settings;
}

tl::expected<matrix::World, Failure> world_of(const Config& config, const Surroundings& around) {
  auto trust = net::Trust::load(config.matrix->ca_file);
  if (!trust) return tl::unexpected(Failure{Failure::Kind::configuration, trust.error()});
  return matrix::World{around.loop, std::move(*trust), "Nurturer/" NURTURER_VERSION, matrix_session_file(config), around.now, around.dice,
                       around.log,  around.hide};
}

}  // namespace

std::string matrix_session_file(const Config& config) { return config.store_path + "/matrix-session.json"; }

Platform matrix_platform(const Config& config) {
  const auto make = [&config](const Surroundings& around) -> Made {
    auto settings = settings_of(*config.matrix, around);
    if (!settings) return tl::unexpected(settings.error());
    auto world = world_of(config, around);
    if (!world) return tl::unexpected(world.error());
    return std::make_unique<matrix::Link>(std::move(*settings), std::move(*world));
  };
  const auto examine = [](const Surroundings& around, const Told& told) {
    around.loop.post([told] { told({{Finding::How::note, name, "not looked at yet", {}}}); });
  };
  return {name, make, examine};
}

}  // namespace nurturer::app
