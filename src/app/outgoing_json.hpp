#pragma once
// Outgoing as bytes for the outbox.

#include <optional>
#include <string>

#include "adapters/channel.hpp"

namespace nurturer::app {

[[nodiscard]] std::string write_outgoing(const channel::Outgoing& outgoing);
[[nodiscard]] std::optional<channel::Outgoing> read_outgoing(const std::string& bytes);

}  // namespace nurturer::app
