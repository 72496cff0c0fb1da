#pragma once
// Time and chance as the machines of this folder get them: values, given with every call.

#include <chrono>
#include <cstdint>

#include "adapters/channel.hpp"

namespace nurturer::discord {

using Millis = std::chrono::milliseconds;
/// For intervals and deadlines: never jumps.
using Instant = std::chrono::time_point<std::chrono::steady_clock, Millis>;

struct Moment {
  Instant now{};
  channel::Time wall{};    // for what is kept over restarts and what Discord dates
  std::uint64_t dice = 0;  // fresh for every call
};

/// A share of `whole` in [0, whole), drawn by the dice of `moment`.
[[nodiscard]] inline Millis share(const Moment& moment, Millis whole) {
  return whole.count() <= 0 ? Millis{0} : Millis{static_cast<std::int64_t>(moment.dice % static_cast<std::uint64_t>(whole.count()))};
}

}  // namespace nurturer::discord
