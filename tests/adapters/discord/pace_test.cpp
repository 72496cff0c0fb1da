// Limits whose excess Discord punishes.
#include <catch2/catch.hpp>

#include <chrono>

#include "adapters/discord/pace.hpp"

using namespace nurturer::discord;
using namespace std::chrono_literals;

namespace {

Moment moment(Millis after, std::uint64_t dice = 3) {
  return {Instant{1'000s + after}, nurturer::channel::Time{1'795'000'000s + after}, dice};
}

}  // namespace

TEST_CASE("sends: 115 in a minute, five more for heartbeats") {
  SendBudget budget;
  int taken = 0;
  while (budget.take(moment(0ms).now, false)) ++taken;
  CHECK(taken == 115);
  int beats = 0;
  while (budget.take(moment(1s).now, true)) ++beats;
  CHECK(beats == 5);
  CHECK_FALSE(budget.take(moment(59s).now, true));
  CHECK(budget.take(moment(60s).now, false));
}

TEST_CASE("waits between dials grow to a minute and never beyond") {
  Backoff backoff;
  Millis last{0};
  for (int n = 0; n < 12; ++n) {
    const Millis wait = backoff.next(moment(0ms, 12'345));
    CHECK(wait >= std::min<Millis>(last, 60s));
    CHECK(wait <= 61s);
    last = wait;
  }
  CHECK(last >= 60s);
  backoff.reset();
  CHECK(backoff.next(moment(0ms)) < 1s);
}

TEST_CASE("identifies: five seconds between two of the same slot, none between slots") {
  IdentifyGate gate;
  gate.limit(2, 1'000, 1h, moment(0ms));
  gate.reserve(0, moment(0ms));
  CHECK(gate.wait(2, moment(0ms)) == 5s);
  CHECK(gate.wait(1, moment(0ms)) <= 0ms);
  CHECK(gate.wait(2, moment(5s)) <= 0ms);
}

TEST_CASE("none left today: none is made before the time that Discord names") {
  IdentifyGate gate;
  gate.limit(1, 0, 2h, moment(0ms));
  CHECK(gate.wait(0, moment(0ms)) == 2h);
  CHECK(gate.wait(0, moment(2h)) <= 0ms);
}

TEST_CASE("a process that is started again and again identifies ever more rarely: far from a thousand a day") {
  Json kept;
  int identifies = 0;
  Millis at{0};
  while (at < 24h) {
    IdentifyGate gate;
    gate.load(kept);
    const Millis wait = gate.wait(0, moment(at));
    if (wait > 0ms) {
      at += 1s;  // it is killed, and started again at once
      continue;
    }
    gate.used(0, moment(at));
    ++identifies;
    kept = gate.save();
    at += 1s;
  }
  CHECK(identifies > 20);
  CHECK(identifies < 150);
}

TEST_CASE("an identify that is dated to come, by a clock that was wrong, is waited for by nobody") {
  IdentifyGate gate;
  for (int n = 0; n < 8; ++n) gate.used(0, moment(n * 1s));
  Json kept = gate.save();
  kept[0].push_back((moment(0ms).wall + 24h * 3'650).time_since_epoch().count());
  IdentifyGate next;
  next.load(kept);
  CHECK(next.wait(0, moment(10s)) == 37s);  // 40 s after the last one of before
  CHECK(next.wait(0, moment(16min)) <= 0ms);
}

TEST_CASE("what was kept is read leniently") {
  IdentifyGate gate;
  for (const char* text : {"null", "[]", "[[]]", "[[0]]", "[[\"x\",1]]", "[[0,\"x\"]]", "{\"a\":1}", "[1,2]"}) gate.load(*parse(text));
  CHECK(gate.wait(0, moment(0ms)) <= 0ms);
}
