#pragma once
// A shard of the gateway and the clock around it, for tests: Discord's side is said in JSON.

#include <string>
#include <variant>
#include <vector>

#include "adapters/discord/gateway.hpp"

namespace nurturer::discord::test {

class Shard {
 public:
  explicit Shard(std::optional<Session> session = std::nullopt, bool compress = false, std::uint32_t intents = 4609);

  /// Lets time pass; ticks whenever the machine wants to be ticked.
  void pass(Millis time);
  void hear(const std::string& json) { gateway.receive(json, false, now()), collect(); }
  void hear(int op, Json d) { hear(dump({{"op", op}, {"d", std::move(d)}, {"s", nullptr}, {"t", nullptr}})); }
  void event(const std::string& type, std::int64_t sequence, Json d) {
    hear(dump({{"op", 0}, {"t", type}, {"s", sequence}, {"d", std::move(d)}}));
  }
  void opened() { gateway.opened(now()), collect(); }
  void lost(int code) { gateway.lost(code, now()), collect(); }
  /// Dialed, greeted, identified or resumed.
  void connect(int interval = 1'000);
  void make_ready(std::int64_t sequence = 1, const std::string& session = "s1");

  [[nodiscard]] Moment now() { return {at, wall + (at - begin), dice += 7}; }
  template <class Wanted>
  [[nodiscard]] std::vector<Wanted> all() const {
    std::vector<Wanted> found;
    for (const auto& action : actions) {
      if (const auto* one = std::get_if<Wanted>(&action)) found.push_back(*one);
    }
    return found;
  }
  /// What was sent with this opcode.
  [[nodiscard]] std::vector<Json> sent(int op) const;
  [[nodiscard]] std::size_t dials() const { return all<Gateway::Dial>().size(); }

  static constexpr Instant begin{Millis{1'000'000}};
  Instant at = begin;
  channel::Time wall{Millis{1'795'000'000'000}};
  std::uint64_t dice = 1;
  IdentifyGate gate;
  Gateway gateway;
  std::vector<Gateway::Action> actions;  // all so far

 private:
  void collect();
};

}  // namespace nurturer::discord::test
