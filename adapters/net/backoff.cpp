#include "adapters/net/backoff.hpp"

#include <algorithm>

namespace nurturer::net {

std::chrono::milliseconds wait_before_retry(const Backoff& backoff, unsigned attempt, std::uint64_t dice) {
  const std::int64_t most = std::max<std::int64_t>(backoff.most.count(), 1);
  std::int64_t whole = std::clamp<std::int64_t>(backoff.first.count(), 1, most);
  for (unsigned i = 0; i < attempt && whole < most; ++i) whole = whole > most / 2 ? most : whole * 2;
  const std::int64_t half = whole / 2;
  const auto span = static_cast<std::uint64_t>(whole - half) + 1;
  return std::chrono::milliseconds{half + static_cast<std::int64_t>(dice % span)};
}

}  // namespace nurturer::net
