#pragma once
// Discord as an adapter: the sockets, requests and timer that the pure Client asks for.
// Threads: the loop's alone.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/discord/client.hpp"
#include "adapters/net/loop.hpp"
#include "adapters/net/trust.hpp"

namespace nurturer::discord {

struct Options {
  Settings settings;
  std::string api_base = "https://discord.com/api/v10";
  std::string agent;  // User-Agent: "DiscordBot (URL, VERSION)", or Discord's shield may block
  std::function<std::uint64_t()> dice;
  std::function<void(const std::string&)> log;  // kinds and numbers only
};

/// `loop` must outlive the adapter.
[[nodiscard]] std::unique_ptr<channel::Adapter> make_adapter(net::Loop& loop, net::Trust trust, Options options);

/// For `doctor`: asks the API and tells once, from the loop.
void examine(net::Loop& loop, net::Trust trust, Options options, std::function<void(std::vector<channel::Finding>)> told);

}  // namespace nurturer::discord
