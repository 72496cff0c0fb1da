// Connections that are kept, shared and waited for; requests that are called off.
#include <catch2/catch.hpp>
#include <chrono>
#include <optional>

#include "client.hpp"

using namespace nurturer::net;
using namespace nurturer::net::test;
using Kind = Error::Kind;
using std::chrono::milliseconds;

namespace {

void answer_all(Peer& peer) {
  for (std::string asked; !(asked = peer.read_request()).empty();) peer.write(ok(asked.substr(0, asked.find('\r'))));
}

}  // namespace

TEST_CASE("one connection serves requests one after the other; a server that wants it closed is obeyed") {
  Server server(answer_all);
  Asker asker;
  for (int i = 0; i < 5; ++i) CHECK(asker.get(server.url()).has_value());
  CHECK(server.connections() == 1);
  Server closing([](Peer& peer) {
    peer.read_request();
    peer.write(ok("", "Connection: close\r\n"));
    peer.wait_for_end();
  });
  for (int i = 0; i < 3; ++i) CHECK(asker.get(closing.url()).has_value());
  CHECK(closing.connections() == 3);
}

TEST_CASE("a connection that is idle too long is closed by us") {
  std::atomic<bool> ended = false;
  Server server([&](Peer& peer) {
    answer_all(peer);
    ended = true;
  });
  Asker asker({}, {.agent = "test", .kept = milliseconds{100}});
  CHECK(asker.get(server.url()).has_value());
  const Timer wait = asker.loop.after(milliseconds{400}, [&] { asker.loop.stop(); });
  asker.loop.run();
  CHECK(ended);
  CHECK(asker.get(server.url()).has_value());
  CHECK(server.connections() == 2);
}

TEST_CASE("a kept connection that has ended meanwhile, or talks unasked, is not used") {
  for (const bool talks : {false, true}) {
    Server server([talks](Peer& peer) {
      peer.read_request();
      peer.write(ok("once"));
      if (peer.number == 0 && talks) {
        std::this_thread::sleep_for(milliseconds{20});
        peer.write(ok("stolen"));
        peer.wait_for_end();
      }
    });
    Asker asker;
    CHECK(asker.get(server.url()).has_value());
    const Timer wait = asker.loop.after(milliseconds{100}, [&] { asker.loop.stop(); });
    asker.loop.run();
    const Result second = asker.ask({.method = "POST", .url = url_of(server.url())});
    REQUIRE(second);
    CHECK(second->body == "once");
    CHECK(server.connections() == 2);
  }
}

TEST_CASE("a connection that ends under a request: sent again only where that is harmless") {
  for (const std::string method : {"GET", "PUT", "DELETE", "POST", "PATCH"}) {
    CAPTURE(method);
    // The first connection answers once, reads the second request, and hangs up.
    Server server([](Peer& peer) {
      peer.read_request();
      peer.write(ok("answer"));
      peer.read_request();
    });
    Asker asker;
    REQUIRE(asker.get(server.url()).has_value());
    const Result second = asker.ask({.method = method, .url = url_of(server.url()), .body = method == "GET" ? "" : "{}"});
    const bool harmless = method == "GET" || method == "PUT" || method == "DELETE";
    REQUIRE(second.has_value() == harmless);
    CHECK(server.connections() == (harmless ? 2 : 1));
    if (!second) CHECK(second.error().kind == Kind::closed);
    if (!second) CHECK(second.error().sent);
  }
}

TEST_CASE("no more connections to a host than allowed; the others wait in order, within their own time") {
  std::atomic<int> open = 0;
  std::atomic<int> most = 0;
  Server server([&](Peer& peer) {
    for (std::string asked; !(asked = peer.read_request()).empty();) {
      most = std::max<int>(most, ++open);
      std::this_thread::sleep_for(milliseconds{30});
      --open;
      peer.write(ok(asked.substr(4, asked.find(' ', 4) - 4)));
    }
  });
  Asker asker({}, {.agent = "test", .per_host = 2});
  std::vector<std::string> done;
  std::vector<Call> calls;
  for (int i = 0; i < 8; ++i) {
    calls.push_back(asker.client.send({.url = url_of(server.url("/" + std::to_string(i)))}, [&](Result result) {
      done.push_back(result ? result->body : name(result.error().kind));
      if (done.size() == 9) asker.loop.stop();
    }));
  }
  calls.push_back(asker.client.send({.url = url_of(server.url("/late")), .within = milliseconds{10}}, [&](Result result) {
    CHECK_FALSE(result.error().sent);
    done.push_back(name(result.error().kind));
  }));
  asker.loop.run();
  CHECK(most == 2);
  CHECK(server.connections() == 2);
  REQUIRE(done.size() == 9);
  CHECK(done.front() == "timeout");
  CHECK((done.back() == "/7" || done.back() == "/6"));  // the last two are on their way side by side
  CHECK(std::find(done.begin(), done.end(), "/0") < std::find(done.begin(), done.end(), "/5"));
}

TEST_CASE("a request that is called off says so once; one that is dropped says nothing") {
  Server server([](Peer& peer) { peer.wait_for_end(); });
  Asker asker;
  std::vector<std::string> told;
  Call called_off = asker.client.send({.url = url_of(server.url())}, [&](Result result) {
    told.push_back(name(result.error().kind));
    asker.loop.stop();
  });
  std::optional<Call> dropped = asker.client.send({.url = url_of(server.url())}, [&](const Result&) { told.push_back("dropped"); });
  Call replaced = asker.client.send({.url = url_of(server.url())}, [&](const Result&) { told.push_back("replaced"); });
  const Timer timer = asker.loop.after(milliseconds{50}, [&] {
    dropped.reset();
    replaced = Call();
    called_off.cancel();
    called_off.cancel();
    CHECK(told.empty());  // never from inside
  });
  asker.loop.run();
  const Timer wait = asker.loop.after(milliseconds{50}, [&] { asker.loop.stop(); });
  asker.loop.run();
  CHECK(told == std::vector<std::string>{"cancelled"});
}

TEST_CASE("a function may send on, drop its own call, and end the client") {
  Server server(answer_all);
  Loop loop;
  std::optional<Client> client(std::in_place, loop, Trust::load().value(), Client::Options{.agent = "test"});
  std::optional<Call> first, second;
  int told = 0;
  first = client->send({.url = url_of(server.url("/a"))}, [&](const Result& one) {
    CHECK(one.has_value());
    ++told;
    second = client->send({.url = url_of(server.url("/b"))}, [&](const Result& two) {
      CHECK(two.has_value());
      ++told;
      client.reset();
      second.reset();
      loop.stop();
    });
    first.reset();
  });
  loop.run();
  CHECK(told == 2);
}

TEST_CASE("a client that ends takes its requests with it, and a loop that ends what still runs") {
  Server server([](Peer& peer) { peer.wait_for_end(); });
  bool told = false;
  Loop loop;
  Call kept;
  {
    Client client(loop, Trust::load().value(), {.agent = "test", .per_host = 1});
    kept = client.send({.url = url_of(server.url())}, [&](const Result&) { told = true; });
    const Call waits = client.send({.url = url_of(server.url())}, [&](const Result&) { told = true; });
    const Timer wait = loop.after(milliseconds{50}, [&] { loop.stop(); });
    loop.run();
  }
  const Timer wait = loop.after(milliseconds{50}, [&] { loop.stop(); });
  loop.run();
  CHECK_FALSE(told);
}
