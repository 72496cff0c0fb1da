#pragma once
// How much may be sent, and when. Three limits whose excess Discord punishes: sends of a connection (closed with 4008), identifies of
// all shards (the token is reset), and dials (nobody is helped by a storm).

#include <deque>
#include <map>
#include <optional>

#include "adapters/discord/json.hpp"
#include "adapters/discord/moment.hpp"

namespace nurturer::discord {

/// At most 120 sends in 60 s; some are kept for heartbeats.
class SendBudget {
 public:
  [[nodiscard]] bool take(Instant now, bool heartbeat);
  void clear() { sent_.clear(); }

 private:
  std::deque<Instant> sent_;
};

/// Waits between dials: 0.2-0.7 s, 1, 2, 4 ... 60 s, each with up to as much again, at most 1 s more, by chance.
class Backoff {
 public:
  [[nodiscard]] Millis next(const Moment& moment);
  void reset() { failed_ = 0; }
  [[nodiscard]] int failed() const { return failed_; }

 private:
  int failed_ = 0;
};

/// When a shard may identify. Shards whose numbers are the same modulo max_concurrency share a slot of 5 s; identifies of the last day
/// are counted over restarts, and the more there were, the longer the next one waits: a process that is started again and again
/// (a service manager, a crash) never reaches Discord's 1000 a day.
class IdentifyGate {
 public:
  /// What `GET /gateway/bot` told. `remaining` 0: none before `reset_after` is over.
  void limit(int max_concurrency, std::int64_t remaining, Millis reset_after, const Moment& moment);
  /// How long shard `shard` must still wait.
  [[nodiscard]] Millis wait(int shard, const Moment& moment) const;
  /// It goes on to dial; the slot is its own.
  void reserve(int shard, const Moment& moment);
  /// IDENTIFY was sent.
  void used(int shard, const Moment& moment);

  [[nodiscard]] Json save() const;
  void load(const Json& saved);

 private:
  int max_concurrency_ = 1;
  std::map<int, Instant> slots_;                   // by shard % max_concurrency: free from then on
  std::map<int, std::deque<channel::Time>> used_;  // by shard, of the last day, at most `counted`
  std::optional<Instant> none_before_;
};

}  // namespace nurturer::discord
