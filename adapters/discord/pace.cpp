#include "adapters/discord/pace.hpp"

#include <algorithm>

namespace nurturer::discord {
namespace {

constexpr std::size_t sends_a_minute = 120;
constexpr std::size_t kept_for_heartbeats = 5;
constexpr std::size_t counted = 200;  // identifies remembered for a shard
constexpr std::chrono::seconds slot{5};
constexpr std::chrono::minutes longest_wait{15};

}  // namespace

bool SendBudget::take(Instant now, bool heartbeat) {
  while (!sent_.empty() && now - sent_.front() >= std::chrono::seconds{60}) sent_.pop_front();
  if (sent_.size() >= (heartbeat ? sends_a_minute : sends_a_minute - kept_for_heartbeats)) return false;
  sent_.push_back(now);
  return true;
}

Millis Backoff::next(const Moment& moment) {
  const int n = failed_++;
  if (n == 0) return Millis{200} + share(moment, Millis{500});
  const Millis base = std::min<Millis>(std::chrono::seconds{1LL << std::min(n - 1, 6)}, std::chrono::seconds{60});
  return base + share(moment, std::min<Millis>(base, std::chrono::seconds{1}));
}

void IdentifyGate::limit(int max_concurrency, std::int64_t remaining, Millis reset_after, const Moment& moment) {
  max_concurrency_ = std::clamp(max_concurrency, 1, 1024);
  none_before_.reset();
  if (remaining <= 0) none_before_ = moment.now + std::clamp<Millis>(reset_after, std::chrono::seconds{1}, std::chrono::hours{24});
}

Millis IdentifyGate::wait(int shard, const Moment& moment) const {
  Millis wait{0};
  if (none_before_) wait = std::max(wait, *none_before_ - moment.now);
  const auto taken = slots_.find(shard % max_concurrency_);
  if (taken != slots_.end()) wait = std::max(wait, taken->second - moment.now);
  const auto found = used_.find(shard);
  if (found == used_.end()) return wait;
  const auto day_ago = moment.wall - std::chrono::hours{24};
  std::int64_t recent = 0;
  channel::Time last{};
  for (const channel::Time at : found->second) {
    if (at <= day_ago || at > moment.wall) continue;  // of a time to come: the clock was wrong then
    ++recent;
    last = std::max(last, at);
  }
  if (recent <= 5) return wait;
  const Millis pause = std::min<Millis>(slot * (1LL << std::min<std::int64_t>(recent - 5, 12)), longest_wait);
  return std::max(wait, last + pause - moment.wall);
}

void IdentifyGate::reserve(int shard, const Moment& moment) { slots_[shard % max_concurrency_] = moment.now + slot; }

void IdentifyGate::used(int shard, const Moment& moment) {
  slots_[shard % max_concurrency_] = moment.now + slot;
  auto& times = used_[shard];
  times.push_back(moment.wall);
  while (times.size() > counted || times.front() <= moment.wall - std::chrono::hours{24}) times.pop_front();
}

Json IdentifyGate::save() const {
  Json saved = Json::array();
  for (const auto& [shard, times] : used_) {
    Json one = Json::array({shard});
    for (const channel::Time at : times) one.push_back(at.time_since_epoch().count());
    saved.push_back(std::move(one));
  }
  return saved;
}

void IdentifyGate::load(const Json& saved) {
  if (!saved.is_array()) return;
  for (const Json& one : saved) {
    if (!one.is_array() || one.empty() || !one[0].is_number_integer() || one.size() > counted + 1) continue;
    auto& times = used_[one[0].get<int>()];
    for (std::size_t i = 1; i < one.size(); ++i) {
      if (one[i].is_number_integer()) times.emplace_back(Millis{one[i].get<std::int64_t>()});
    }
    std::ranges::sort(times);
    if (times.empty()) used_.erase(one[0].get<int>());
  }
}

}  // namespace nurturer::discord
