#pragma once
// How long to wait before the next try.

#include <chrono>
#include <cstdint>

namespace nurturer::net {

struct Backoff {
  std::chrono::milliseconds first{1'000};
  std::chrono::milliseconds most{60'000};
};

/// The wait before try `attempt` + 1, where 0 is the first that failed: doubled each time up to `most`, of that between half and all by
/// `dice` (any number), so that many clients of a server that fell down do not return in step.
[[nodiscard]] std::chrono::milliseconds wait_before_retry(const Backoff& backoff, unsigned attempt, std::uint64_t dice);

}  // namespace nurturer::net
