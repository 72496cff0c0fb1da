// Buckets, the global limit, waits told with a fraction, refusals.
#include <catch2/catch.hpp>

#include <chrono>

#include "adapters/discord/rest.hpp"

using namespace nurturer::discord;
using namespace std::chrono_literals;
using Kind = Outcome::Kind;

namespace {

struct Desk {
  Rest rest;
  Millis at{0};
  std::uint64_t dice = 5;

  [[nodiscard]] Moment now() { return {Instant{1'000s + at}, {}, dice}; }
  Ticket add(const std::string& channel, bool interaction = false, Millis patience = 60s) {
    Request request{
        "POST",  "/channels/" + channel + "/messages", "{}", "application/json", "POST /channels/:id/messages", channel, interaction,
        patience};
    if (interaction) request.route = "POST /interactions/:id/:token/callback";
    return *rest.add(std::move(request), now());
  }
  std::optional<Ticket> next() { return rest.next(now()); }
  /// Lets time pass until something may be sent; how long that took.
  Millis wait_for_next(std::optional<Ticket>& ticket) {
    const Millis begin = at;
    while (!(ticket = next()) && at - begin < 1h) at += 1ms;
    return at - begin;
  }
  std::optional<Outcome> hear(Ticket ticket, int status, const std::string& body = "{}",
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
    return rest.receive(ticket, {status, std::move(headers), body}, now());
  }
};

}  // namespace

TEST_CASE("requests of one channel go one at a time and in order, those of others beside them") {
  Desk desk;
  const Ticket one = desk.add("1");
  const Ticket two = desk.add("1");
  const Ticket other = desk.add("2");
  CHECK(desk.next() == one);
  CHECK(desk.next() == other);
  CHECK_FALSE(desk.next());
  CHECK(desk.hear(one, 200)->kind == Kind::good);
  CHECK(desk.next() == two);
}

TEST_CASE("a 429 with 1.337 s: the next try comes after 1.337 and before 2.0 s, other channels are not delayed") {
  for (const bool in_body : {true, false}) {
    Desk desk;
    const Ticket slow = desk.add("1");
    REQUIRE(desk.next() == slow);
    const std::string body = in_body ? R"({"message":"x","retry_after":1.337,"global":false})" : R"({"message":"x"})";
    CHECK_FALSE(desk.hear(slow, 429, body, {{"Retry-After", "1.337"}, {"x-ratelimit-scope", "user"}}));
    const Ticket other = desk.add("2");
    CHECK(desk.next() == other);
    std::optional<Ticket> next;
    const Millis waited = desk.wait_for_next(next);
    CHECK(next == slow);
    CHECK(waited >= 1'337ms);
    CHECK(waited < 2s);
  }
}

TEST_CASE("a global 429: only answers to interactions pass") {
  Desk desk;
  const Ticket slow = desk.add("1");
  REQUIRE(desk.next() == slow);
  const auto later = desk.hear(slow, 429, R"({"message":"x","retry_after":2.5,"global":true})", {{"X-RateLimit-Global", "true"}});
  REQUIRE(later);
  CHECK(later->after >= 2'500ms);
  (void)desk.add("2");
  CHECK_FALSE(desk.next());
  const Ticket urgent = desk.add("9", true);
  CHECK(desk.next() == urgent);
  std::optional<Ticket> next;
  CHECK(desk.wait_for_next(next) >= 2'500ms);
}

TEST_CASE("a 429 of the shield in front of Discord, in HTML: everything waits") {
  Desk desk;
  const Ticket slow = desk.add("1");
  REQUIRE(desk.next() == slow);
  CHECK(desk.hear(slow, 429, "<html>slow down</html>", {{"Retry-After", "20"}})->kind == Kind::later);
  (void)desk.add("2");
  std::optional<Ticket> next;
  CHECK(desk.wait_for_next(next) >= 20s);
  Desk without;
  const Ticket lost = without.add("1");
  REQUIRE(without.next() == lost);
  const auto outcome = without.hear(lost, 429, "<html>", {});
  REQUIRE(outcome);
  CHECK(outcome->kind == Kind::later);
  CHECK(outcome->after >= 60s);
}

TEST_CASE("waits that are no waits do not stop the machine for ever") {
  for (const char* wait : {"-1", "nan", "1e300", "", "x", "99999999"}) {
    Desk desk;
    const Ticket slow = desk.add("1");
    REQUIRE(desk.next() == slow);
    const auto outcome = desk.hear(slow, 429, R"({"retry_after":1e300})", {{"Retry-After", wait}});
    INFO(wait);
    REQUIRE(outcome);
    CHECK(outcome->kind == Kind::later);
    CHECK(outcome->after < 2min);
  }
}

TEST_CASE("an exhausted bucket is waited for, with a fraction of a second, and only where it holds") {
  Desk desk;
  const Ticket one = desk.add("1");
  REQUIRE(desk.next() == one);
  REQUIRE(desk.hear(one, 200, "{}", {{"X-RateLimit-Bucket", "abc"}, {"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset-After", "0.35"}}));
  (void)desk.add("1");
  const Ticket other = desk.add("2");
  CHECK(desk.next() == other);
  std::optional<Ticket> next;
  const Millis waited = desk.wait_for_next(next);
  CHECK(waited >= 350ms);
  CHECK(waited <= 500ms);
}

TEST_CASE("a lost answer and a 502 are tried again, ever more slowly, until patience ends") {
  Desk desk;
  const Ticket one = desk.add("1", false, 20s);
  std::optional<Outcome> outcome;
  int tries = 0;
  for (std::optional<Ticket> next; !outcome && tries < 100; ++tries) {
    (void)desk.wait_for_next(next);
    REQUIRE(next == one);
    outcome = desk.hear(one, tries % 2 == 0 ? 0 : 502, "");
  }
  REQUIRE(outcome);
  CHECK(outcome->kind == Kind::later);
  CHECK(tries >= 3);
  CHECK(tries <= 6);
}

TEST_CASE("what waits for longer than its patience comes back") {
  Desk desk;
  const Ticket slow = desk.add("1");
  REQUIRE(desk.next() == slow);
  (void)desk.hear(slow, 429, R"({"retry_after":30,"global":true})");
  (void)desk.add("2", false, 10s);
  CHECK_FALSE(desk.rest.expired(desk.now()));
  desk.at += 10s;
  const auto outcome = desk.rest.expired(desk.now());
  REQUIRE(outcome);
  CHECK(outcome->kind == Kind::later);
  CHECK(outcome->after >= 19s);
}

TEST_CASE("refusals are told with Discord's code and not tried again; a refused token ends it") {
  Desk desk;
  const Ticket one = desk.add("1");
  REQUIRE(desk.next() == one);
  const auto refused = desk.hear(one, 403, R"({"code":50007,"message":"x"})");
  REQUIRE(refused);
  CHECK(refused->kind == Kind::refused);
  CHECK(refused->code == 50007);
  const Ticket two = desk.add("1");
  REQUIRE(desk.next() == two);
  CHECK(desk.hear(two, 401)->kind == Kind::no_token);
  const Ticket expired = desk.add("5", true);
  REQUIRE(desk.next() == expired);
  CHECK(desk.hear(expired, 401)->kind == Kind::refused);  // the interaction's token, not the bot's
}

TEST_CASE("after a thousand invalid requests it stops by itself for the rest of the ten minutes") {
  Desk desk;
  for (int n = 0; n < 1'000; ++n) {
    const Ticket one = desk.add(std::to_string(n));
    std::optional<Ticket> next;
    (void)desk.wait_for_next(next);
    REQUIRE(next == one);
    (void)desk.hear(one, 403);
  }
  CHECK(desk.rest.invalid() == 1'000);
  (void)desk.add("x");
  std::optional<Ticket> next;
  CHECK(desk.wait_for_next(next) > 9min);
}

TEST_CASE("a 429 for everybody alike does not count as invalid") {
  Desk desk;
  const Ticket one = desk.add("1");
  REQUIRE(desk.next() == one);
  (void)desk.hear(one, 429, R"({"retry_after":0.1})", {{"X-RateLimit-Scope", "shared"}});
  CHECK(desk.rest.invalid() == 0);
}

TEST_CASE("at most 45 go out in a second, and six are under way") {
  Desk desk;
  for (int n = 0; n < 200; ++n) (void)desk.add(std::to_string(n));
  int sent = 0;
  std::vector<Ticket> under_way;
  while (const auto next = desk.next()) under_way.push_back(*next);
  CHECK(under_way.size() == 6);
  for (std::size_t n = 0; n < under_way.size(); ++n) {
    ++sent;
    (void)desk.hear(under_way[n], 200);
    while (const auto next = desk.next()) under_way.push_back(*next);
  }
  CHECK(sent == 45);
}

TEST_CASE("what waits is bounded; answers to interactions still find room") {
  Rest rest({.waiting = 10, .under_way = 1, .invalid = 10, .a_second = 10});
  const Moment now{Instant{1'000s}, {}, 1};
  const Request plain{"POST", "/x", "", "", "POST /x", "1", false, 60s};
  Request urgent = plain;
  urgent.interaction = true;
  for (int n = 0; n < 10; ++n) CHECK(rest.add(plain, now));
  CHECK_FALSE(rest.add(plain, now));
  for (int n = 0; n < 10; ++n) CHECK(rest.add(urgent, now));
  CHECK_FALSE(rest.add(urgent, now));
}

TEST_CASE("answers to what nobody asked are passed over") {
  Desk desk;
  CHECK_FALSE(desk.hear(77, 200));
  const Ticket one = desk.add("1");
  CHECK_FALSE(desk.hear(one, 200));  // not sent yet
  CHECK(desk.next() == one);
}

TEST_CASE("what waits behind another needs no clock of its own") {
  Desk desk;
  const Ticket head = desk.add("1");
  (void)desk.add("1");
  REQUIRE(desk.next() == head);
  CHECK(desk.rest.deadline(desk.now()) >= desk.now().now + 1s);
  CHECK_FALSE(desk.hear(head, 429, R"({"retry_after":1.337,"global":false})"));
  CHECK(desk.rest.deadline(desk.now()) >= desk.now().now + 1'337ms);
}
