#include "shard.hpp"

#include <algorithm>

namespace nurturer::discord::test {

Shard::Shard(std::optional<Session> session, bool compress, std::uint32_t intents)
    : gateway({"the-token", intents, compress, 0, 1}, gate, std::move(session)) {
  gateway.set_url("wss://gateway.example");
  gateway.tick(now());
  collect();
}

void Shard::collect() {
  while (auto action = gateway.next_action()) actions.push_back(std::move(*action));
}

void Shard::pass(Millis time) {
  const Instant end = at + time;
  while (at < end) {
    at = std::min(end, std::max(gateway.deadline(), at + Millis{1}));
    gateway.tick(now());
    collect();
  }
}

void Shard::connect(int interval) {
  for (int n = 0; n < 100 && gateway.state() == Gateway::State::waiting; ++n) pass(Millis{1'000});
  opened();
  hear(10, {{"heartbeat_interval", interval}});
}

void Shard::make_ready(std::int64_t sequence, const std::string& session) {
  event("READY", sequence, {{"session_id", session}, {"resume_gateway_url", "wss://resume.example"}, {"user", {{"id", "1"}}}});
}

std::vector<Json> Shard::sent(int op) const {
  std::vector<Json> found;
  for (const auto& send : all<Gateway::Send>()) {
    Json json = *parse(send.bytes);
    if (json["op"] == op) found.push_back(json["d"]);
  }
  return found;
}

}  // namespace nurturer::discord::test
