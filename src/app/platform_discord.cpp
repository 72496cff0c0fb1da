// Discord, from its table in the configuration.
#include "adapters/discord/link.hpp"
#include "app/platforms.hpp"
#include "app/secret.hpp"

namespace nurturer::app {
namespace {

const std::string name = "discord";
// Discord's shield may block requests without one of this form.
const std::string agent = "DiscordBot (https://github.com/nurturer/nurturer, " NURTURER_VERSION ")";

using Ready = tl::expected<discord::Options, channel::Failure>;

tl::expected<std::string, channel::Failure> token_of(const DiscordConfig& config) {
  auto token = config.token_file.empty() ? read_secret_variable(config.token_env) : read_secret_file(config.token_file);
  if (!token) return tl::unexpected(channel::Failure{channel::Failure::Kind::configuration, "the bot's token: " + token.error()});
  // The portal shows it bare; people copy it from examples with the word before it.
  if (token->starts_with("Bot ")) token->erase(0, 4);
  return std::move(*token);
}

Ready options_of(const DiscordConfig& config, const Surroundings& around) {
  auto token = token_of(config);
  if (!token) return tl::unexpected(token.error());
  around.hide(*token);
  discord::Options options;
  options.settings = {std::move(*token),         config.gateway_url, config.message_content,
                      config.shards.value_or(0), config.compress,    around.exercises};
  options.api_base = config.api_base;
  options.agent = agent;
  options.dice = around.dice;
  options.log = around.log;
  return options;
}

tl::expected<net::Trust, channel::Failure> trust_of(const DiscordConfig& config) {
  auto trust = net::Trust::load(config.ca_file);
  if (!trust) return tl::unexpected(channel::Failure{channel::Failure::Kind::configuration, trust.error()});
  return std::move(*trust);
}

Made make(const DiscordConfig& config, const Surroundings& around) {
  auto options = options_of(config, around);
  if (!options) return tl::unexpected(options.error());
  auto trust = trust_of(config);
  if (!trust) return tl::unexpected(trust.error());
  return discord::make_adapter(around.loop, std::move(*trust), std::move(*options));
}

void examine(const DiscordConfig& config, const Surroundings& around, Told told) {
  auto options = options_of(config, around);
  auto trust = trust_of(config);
  if (options && trust) return discord::examine(around.loop, std::move(*trust), std::move(*options), std::move(told));
  const channel::Failure failure = options ? trust.error() : options.error();
  around.loop.post([told = std::move(told), failure] { told({{channel::Finding::How::fault, name, failure.sentence, failure.kind}}); });
}

}  // namespace

Platform discord_platform(const Config& config) {
  const DiscordConfig& discord = *config.discord;
  return {name, [&discord](const Surroundings& around) { return make(discord, around); },
          [&discord](const Surroundings& around, Told told) { examine(discord, around, std::move(told)); }};
}

}  // namespace nurturer::app
