#pragma once
// From the configuration to adapters: the one place that knows which platforms there are. Each has a file of its own
// (platform_matrix.cpp, platform_discord.cpp), which alone includes the adapter.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/net/loop.hpp"
#include "app/config.hpp"
#include "engine/dialogue/script.hpp"

namespace nurturer::app {

/// What an adapter may use of the world; all of it outlives the adapters.
struct Surroundings {
  net::Loop& loop;
  std::function<channel::Time()> now;
  std::function<std::uint64_t()> dice;
  /// A line for the operator: kinds, counts, hashed ids; never text, tokens, frames or the names of people and rooms.
  std::function<void(const std::string& line)> log;
  /// A secret that was read: it is struck out of every line, whoever writes it.
  std::function<void(const std::string& secret)> hide;
  /// What a menu of exercises offers: the words that start one, and what it is called.
  std::vector<channel::Choice> exercises = {};
};

/// An adapter that start() may be called on, or why there will be none: a secret that cannot be read, a file of certificates.
using Made = tl::expected<std::unique_ptr<channel::Adapter>, channel::Failure>;
/// For `doctor`: tells, once, what was found, also after a failure; `done` is called from the loop.
using Findings = std::vector<channel::Finding>;
using Told = std::function<void(Findings)>;

struct Platform {
  std::string name;
  std::function<Made(const Surroundings&)> make;
  std::function<void(const Surroundings&, Told)> examine;
};

[[nodiscard]] Platform matrix_platform(const Config& config);
/// The device that was logged in, or why none was.
using LoggedIn = tl::expected<std::string, channel::Failure>;
/// Logs in by password, anew, with the device of the last time. `told` is called from the loop, once, while what is returned lives.
[[nodiscard]] std::shared_ptr<void> log_in_to_matrix(const Config& config, const Surroundings& around, std::function<void(LoggedIn)> told);
[[nodiscard]] Platform discord_platform(const Config& config);

[[nodiscard]] std::vector<channel::Choice> exercises_of(const dialogue::Library& library);

/// Those that have a table in the configuration. `config` must outlive them.
[[nodiscard]] std::vector<Platform> platforms(const Config& config);

}  // namespace nurturer::app
