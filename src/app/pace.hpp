#pragma once
// How much one person, and one room, asks for in a minute (config.hpp, RateLimits).

#include <chrono>
#include <string>
#include <unordered_map>

#include "adapters/channel.hpp"
#include "app/bot.hpp"
#include "app/config.hpp"

namespace nurturer::app {

class Paces {
 public:
  explicit Paces(RateLimits limits) : limits_(limits) {}

  /// Counts what is addressed to the companion: what people say to each other in a group is free. `now` by a clock that no one sets.
  [[nodiscard]] Bot::Pace count(const std::string& channel_name, const channel::Incoming& incoming, channel::Time now);

 private:
  struct Minute {
    channel::Time from{};
    int count = 0;
  };
  Bot::Pace count(const std::string& key, int limit, channel::Time now);
  void tidy(channel::Time now);

  RateLimits limits_;
  std::unordered_map<std::string, Minute> minutes_;
};

}  // namespace nurturer::app
