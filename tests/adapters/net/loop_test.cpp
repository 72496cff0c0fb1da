// The loop, its timers and signals; waits between tries.
#include "adapters/net/loop.hpp"

#include <catch2/catch.hpp>
#include <csignal>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "adapters/net/backoff.hpp"
#include "adapters/net/url.hpp"

using namespace nurturer::net;
using std::chrono::milliseconds;

TEST_CASE("what is posted runs in order, never from inside post, and stop keeps the rest for the next run") {
  Loop loop;
  std::string order;
  loop.post([&] {
    order += "a";
    loop.post([&] { order += "c"; });
    order += "b";
    loop.stop();
  });
  loop.run();
  CHECK(order == "ab");
  loop.post([&] { loop.stop(); });
  loop.run();
  CHECK(order == "abc");
}

TEST_CASE("another thread may post and stop") {
  Loop loop;
  bool called = false;
  std::thread other([&] {
    loop.post([&] { called = true; });
    loop.post([&] { loop.stop(); });
  });
  loop.run();
  other.join();
  CHECK(called);
}

TEST_CASE("timers come in order of their time; a dropped one never") {
  Loop loop;
  std::string order;
  Timer second = loop.after(milliseconds{20}, [&] { order += "2"; });
  Timer first = loop.after(milliseconds{5}, [&] { order += "1"; });
  std::optional<Timer> dropped = loop.after(milliseconds{10}, [&] { order += "x"; });
  Timer cancelled = loop.after(milliseconds{10}, [&] { order += "y"; });
  Timer replaced = loop.after(milliseconds{10}, [&] { order += "z"; });
  CHECK(first.pending());
  dropped.reset();
  cancelled.cancel();
  replaced = loop.after(milliseconds{30}, [&] { loop.stop(); });
  loop.run();
  CHECK(order == "12");
  CHECK_FALSE(first.pending());
  CHECK_FALSE(second.pending());
  CHECK_FALSE(Timer().pending());
}

TEST_CASE("two timers due at once: the first may cancel the second") {
  Loop loop;
  bool called = false;
  Timer second;
  const Timer first = loop.after(milliseconds{0}, [&] { second.cancel(); });
  second = loop.after(milliseconds{0}, [&] { called = true; });
  std::this_thread::sleep_for(milliseconds{5});
  const Timer end = loop.after(milliseconds{10}, [&] { loop.stop(); });
  loop.run();
  CHECK_FALSE(called);
}

TEST_CASE("a timer may drop itself, and set itself anew") {
  Loop loop;
  int times = 0;
  std::optional<Timer> timer;
  std::function<void()> again = [&] {
    if (++times == 3) return timer.reset(), loop.stop();
    timer = loop.after(milliseconds{1}, again);
  };
  timer = loop.after(milliseconds{1}, again);
  loop.run();
  CHECK(times == 3);
}

TEST_CASE("signals are told, each time, until dropped") {
  Loop loop;
  std::vector<int> told;
  std::optional<Signals> signals = loop.on_signal([&](int number) {
    told.push_back(number);
    if (told.size() == 1) std::raise(SIGINT);
    if (told.size() == 2) loop.stop();
  });
  loop.post([] { std::raise(SIGTERM); });
  loop.run();
  CHECK(told == std::vector<int>{SIGTERM, SIGINT});
}

TEST_CASE("an exception leaves run") {
  Loop loop;
  loop.post([] { throw std::runtime_error("ours"); });
  CHECK_THROWS_WITH(loop.run(), "ours");
}

TEST_CASE("waits double up to the most, between half and all by the dice") {
  const Backoff backoff{milliseconds{1'000}, milliseconds{60'000}};
  const milliseconds whole[] = {milliseconds{1'000}, milliseconds{2'000}, milliseconds{4'000}, milliseconds{8'000}, milliseconds{16'000},
                                milliseconds{32'000}, milliseconds{60'000}, milliseconds{60'000}};
  for (unsigned attempt = 0; attempt < 8; ++attempt) {
    std::set<milliseconds> seen;
    for (std::uint64_t dice = 0; dice < 2'000; ++dice) {
      const auto wait = wait_before_retry(backoff, attempt, dice * 0x9E37'79B9'7F4A'7C15ULL);
      seen.insert(wait);
      CHECK(wait >= whole[attempt] / 2);
      CHECK(wait <= whole[attempt]);
    }
    CHECK(seen.size() > 300);
  }
  CHECK(wait_before_retry(backoff, 4'000'000'000U, 0) == milliseconds{30'000});
  CHECK(wait_before_retry({milliseconds{0}, milliseconds{0}}, 3, 7) <= milliseconds{1});
  CHECK(wait_before_retry({milliseconds{5}, milliseconds::max()}, 200, 1) > milliseconds{1'000'000});
}

TEST_CASE("addresses: what is taken, and why not") {
  const auto url = read_url("https://Example.org/a?b=c");
  REQUIRE(url);
  CHECK(url->secure);
  CHECK(url->host == "example.org");
  CHECK(url->port == 443);
  CHECK(url->target == "/a?b=c");
  CHECK(url->authority() == "example.org:443");
  CHECK(read_url("wss://gateway.example.org")->target == "/");
  CHECK(read_url("https://example.org?v=1")->target == "/?v=1");
  CHECK(read_url("http://[::1]:8008")->authority() == "[::1]:8008");
  CHECK(read_url("http://[::1]:8008")->host == "::1");
  CHECK(read_url("ws://localhost:1/").has_value());
  CHECK(read_url("http://127.9.9.9/").has_value());
  for (const char* wrong : {"", "example.org", "ftp://example.org", "http://example.org", "ws://192.168.1.2/", "http://localhost.example.org/",
                            "https://", "https:///x", "https://user:secret@example.org", "https://example.org:0", "https://example.org:99999",
                            "https://exa mple.org", "http://127.0.0.1.example.org", "http://[::2]/", "https://example.org/\r\nX: y"}) {
    CAPTURE(wrong);
    const auto refused = read_url(wrong);
    CHECK_FALSE(refused);
    if (!refused) CHECK(refused.error().find("secret") == std::string::npos);
  }
}

TEST_CASE("a part of a path is encoded whole") {
  CHECK(encode("!room:example.org/$x y") == "%21room%3Aexample.org%2F%24x%20y");
  CHECK(encode("a-z_0.9~") == "a-z_0.9~");
  CHECK(encode("\xc3\xa9") == "%C3%A9");
}
