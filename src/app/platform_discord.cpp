// Discord, from its table in the configuration.
#include "app/platforms.hpp"
#include "app/secret.hpp"

namespace nurturer::app {
namespace {

const std::string name = "discord";
const channel::Failure not_there{channel::Failure::Kind::configuration,
                                 "this version cannot connect to Discord yet. `nurturer chat` works in the terminal."};

}  // namespace

Platform discord_platform(const Config& /*config*/) {
  const auto make = [](const Surroundings&) -> Made { return tl::unexpected(not_there); };
  const auto examine = [](const Surroundings& around, const Told& told) {
    around.loop.post([told] { told({{channel::Finding::How::fault, name, not_there.sentence, not_there.kind}}); });
  };
  return {name, make, examine};
}

}  // namespace nurturer::app
