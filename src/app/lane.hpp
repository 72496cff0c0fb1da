#pragma once
// What has to arrive in order: the lines for one person's private chat, those for one room, and those that go a way of their own.

#include <string>

#include "adapters/channel.hpp"

namespace nurturer::app {

/// The same for two lines of a channel if and only if the second must wait for the first.
[[nodiscard]] inline std::string lane_of(const channel::Outgoing& out) {
  if (!out.way.empty()) return "by " + out.way;
  return out.private_ ? "to " + out.to : "in " + out.room;
}

}  // namespace nurturer::app
