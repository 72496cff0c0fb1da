// `nurturer run`: the service with the platforms of its configuration, until SIGTERM or until none is left.
#include <fmt/core.h>

#include <chrono>

#include "app/clock.hpp"
#include "app/commands.hpp"
#include "app/loading.hpp"
#include "app/opening.hpp"
#include "app/platforms.hpp"
#include "app/service.hpp"

namespace nurturer::app {
namespace {

Bot::Options bot_options(const Config& config) {
  Bot::Options options;
  options.region = config.region;
  options.export_folder = config.store_path + "/exports";
  options.answer_within = config.answer_within;
  options.idle = std::chrono::hours{24 * config.idle_days};
  options.dice = real_dice();
  return options;
}

Service::Options service_options(const Config& config) {
  Service::Options options;
  options.rates = config.rates;
  options.clock = [] { return Post::Now{wall_now(), steady_now()}; };
  options.ready = [](const std::string& platform, const std::string& account) {
    fmt::print(stderr, "ready: {} {}\n", platform, account);
    std::fflush(stderr);
  };
  return options;
}

ExitCode serve(const Config& config, const content::Content& content, store::Store& store) {
  Log log;
  net::Loop loop;
  Bot bot(content, store, bot_options(config));
  Service service(loop, bot, store, log, service_options(config));
  const Surroundings around{loop, wall_now, real_dice(), [&log](const std::string& line) { log.info(line); },
                            [&log](const std::string& secret) { log.hide(secret); }, exercises_of(content.library)};
  for (const Platform& platform : platforms(config)) {
    auto made = platform.make(around);
    if (made) service.add(std::move(*made));
    else service.add_failure(platform.name, made.error());
  }
  const net::Signals signals = loop.on_signal([&](int) { service.stop(); });
  service.start();
  loop.run();
  return service.code();
}

}  // namespace

ExitCode run(const std::string& file) {
  const auto config = open_config(file);
  if (!config) return ExitCode::configuration;
  const auto content = load_content(config->content);
  if (!content) return ExitCode::configuration;
  // A service without any platform would wait for nobody, in silence.
  if (!config->matrix && !config->discord) {
    fmt::print(stderr, "nurturer: {}: no platform is configured: add a table [matrix] or [discord].\n", file);
    return ExitCode::configuration;
  }
  try {
    const auto store = store::open_sqlite(config->store_path, config->key_file);
    return serve(*config, *content, *store);
  } catch (const store::Unavailable& error) {
    fmt::print(stderr, "nurturer: {}\n", error.what());
    return code_of(error);
  }
}

}  // namespace nurturer::app
