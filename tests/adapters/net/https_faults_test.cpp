// Servers that misbehave: each ends in a value that says how, in time, and with nothing left behind.
#include <catch2/catch.hpp>
#include <chrono>

#include "client.hpp"

using namespace nurturer::net;
using namespace nurturer::net::test;
using Kind = Error::Kind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

Kind kind_of(const Result& result) {
  REQUIRE_FALSE(result.has_value());
  CHECK_FALSE(result.error().sentence.empty());
  return result.error().kind;
}

/// What a client gets from a server that reads the request, sends these bytes and ends the connection.
Result after(const std::string& bytes, Request request = {}) {
  Server server([&bytes](Peer& peer) {
    peer.read_request();
    peer.write(bytes);
    peer.finish();
    peer.wait_for_end();
  });
  Asker asker;
  request.url = url_of(server.url());
  return asker.ask(std::move(request));
}

}  // namespace

TEST_CASE("an answer that ends at any byte before its last is no answer") {
  const std::string whole = ok("hello", "X-One: 1\r\n");
  for (const bool tls : {false, true}) {
    const Identity identity = make_identity("127.0.0.1");
    const File ca(identity.certificate);
    for (std::size_t cut = 0; cut <= whole.size(); cut += tls ? 7 : 1) {
      CAPTURE(tls, cut);
      const Server::Serve serve = [&](Peer& peer) {
        peer.read_request();
        peer.write(whole.substr(0, cut));
        peer.finish();
      };
      Server server = tls ? Server(identity, serve) : Server(serve);
      Asker asker(ca.path);
      const Result result = asker.get(server.url());
      REQUIRE(result.has_value() == (cut == whole.size()));
      if (cut == whole.size()) continue;
      CHECK(kind_of(result) == Kind::closed);
      CHECK(result.error().sent);
    }
  }
}

TEST_CASE("an answer without a length ends with the connection") {
  const Result result = after("HTTP/1.1 200 OK\r\n\r\nall of it");
  REQUIRE(result);
  CHECK(result->body == "all of it");
}

TEST_CASE("an answer in chunks is put together") {
  const Result result = after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
  REQUIRE(result);
  CHECK(result->body == "abcde");
}

TEST_CASE("what is no HTTP is malformed") {
  CHECK(kind_of(after("220 mail.example.org ESMTP\r\n\r\n")) == Kind::malformed);
  CHECK(kind_of(after("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")) == Kind::malformed);
  CHECK(kind_of(after("HTTP/1.1 200 OK\r\nno colon\r\n\r\n")) == Kind::malformed);
}

TEST_CASE("interim answers are passed over, but not for ever") {
  const std::string interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
  const Result result = after(interim + interim + ok("then"));
  REQUIRE(result);
  CHECK(result->status == 200);
  CHECK(result->body == "then");
  std::string endless;
  for (int i = 0; i < 50; ++i) endless += interim;
  CHECK(kind_of(after(endless)) == Kind::malformed);
}

TEST_CASE("no body is waited for where none comes") {
  CHECK(after("HTTP/1.1 204 No Content\r\n\r\n")->status == 204);
  CHECK(after("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")->status == 304);
  const Result head = after("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", {.method = "HEAD"});
  REQUIRE(head);
  CHECK(head->body.empty());
}

TEST_CASE("a redirect comes out as it is") {
  const Result result = after("HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\nContent-Length: 0\r\n\r\n");
  REQUIRE(result);
  CHECK(result->status == 302);
  CHECK(*result->header("location") == "http://elsewhere.example/");
}

TEST_CASE("a body above its limit is not read to its end") {
  const Result told = after("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nabc", {.body_limit = 1000});
  CHECK(kind_of(told) == Kind::too_large);
  for (const char* kind : {"Transfer-Encoding: chunked\r\n", ""}) {
    Server server([kind](Peer& peer) {
      peer.read_request();
      peer.write("HTTP/1.1 200 OK\r\n" + std::string(kind) + "\r\n");
      while (peer.write("400\r\n" + std::string(1024, 'x') + "\r\n")) continue;
    });
    Asker asker;
    CHECK(kind_of(asker.ask({.url = url_of(server.url()), .body_limit = 100'000})) == Kind::too_large);
  }
}

TEST_CASE("an endless header is not read to its end") {
  for (const char* piece : {"X-Header: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) {
    Server server([piece](Peer& peer) {
      peer.read_request();
      peer.write("HTTP/1.1 200 OK\r\nX: ");
      while (peer.write(piece)) continue;
    });
    Asker asker;
    CHECK(kind_of(asker.get(server.url())) == Kind::too_large);
  }
}

TEST_CASE("slow bytes: enough of them is an answer, silence is a timeout, and so is the end of patience") {
  const std::string whole = ok("hello");
  Server server([&](Peer& peer) {
    const bool stops = peer.read_request().starts_with("GET /stops");
    for (std::size_t i = 0; i < whole.size(); ++i) {
      if (stops && i == 20) return peer.wait_for_end();
      if (!peer.write(whole.substr(i, 1))) return;
      std::this_thread::sleep_for(milliseconds{5});
    }
  });
  Asker asker;
  const auto ask = [&](const std::string& target, milliseconds within, milliseconds idle) {
    return asker.ask({.url = url_of(server.url(target)), .within = within, .idle = idle});
  };
  CHECK(ask("/", milliseconds{10'000}, milliseconds{2'000}).has_value());
  auto begin = steady_clock::now();
  CHECK(kind_of(ask("/", milliseconds{100}, milliseconds{10'000})) == Kind::timeout);
  CHECK(steady_clock::now() - begin < milliseconds{1'000});
  begin = steady_clock::now();
  CHECK(kind_of(ask("/stops", milliseconds{10'000}, milliseconds{300})) == Kind::timeout);
  CHECK(steady_clock::now() - begin < milliseconds{3'000});
}

TEST_CASE("a server that never takes what we write is a timeout") {
  Server server([](Peer& peer) {
    peer.read(1);
    std::this_thread::sleep_for(milliseconds{1'500});
  });
  Asker asker;
  const Result result = asker.ask({.method = "POST", .url = url_of(server.url()), .body = std::string(32U << 20U, 'x'), .idle = milliseconds{200}});
  CHECK(kind_of(result) == Kind::timeout);
  CHECK(result.error().sent);
}

TEST_CASE("a server that answers before it has read all is heard") {
  Server server([](Peer& peer) {
    peer.read(1000);
    peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
    peer.finish();
    peer.wait_for_end();
  });
  Asker asker;
  const Result result = asker.ask({.method = "POST", .url = url_of(server.url()), .body = std::string(8U << 20U, 'x')});
  REQUIRE(result);
  CHECK(result->status == 413);
}

TEST_CASE("what would write headers or paths of its own is not sent") {
  Server server([](Peer& peer) {
    if (!peer.read_request().empty()) peer.write(ok(""));
  });
  Asker asker;
  const Url url = url_of(server.url());
  const auto refused = [&](Request request) { return kind_of(asker.ask(std::move(request))) == Kind::configuration; };
  CHECK(refused({.method = "GET /x HTTP/1.1\r\nX:", .url = url}));
  CHECK(refused({.url = url.with_target("/a b")}));
  CHECK(refused({.url = url.with_target("/a\r\nX: y")}));
  CHECK(refused({.url = url.with_target("no-slash")}));
  CHECK(refused({.url = url, .headers = {{"X-A", "b\r\nX-C: d"}}}));
  CHECK(refused({.url = url, .headers = {{"X A", "b"}}}));
  CHECK(refused({.url = url, .headers = {{"X-A", std::string(40'000, 'x')}}}));
  CHECK(server.connections() == 0);
}

TEST_CASE("a name that nobody has") {
  Asker asker;
  CHECK(kind_of(asker.get("https://nowhere.invalid/")) == Kind::no_address);
}
