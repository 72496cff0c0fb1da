// Whom we do not talk to.
#include <catch2/catch.hpp>

#include "client.hpp"

using namespace nurturer::net;
using namespace nurturer::net::test;
using Kind = Error::Kind;

namespace {

/// Asks a server that has `identity` by the name `host`, trusting `trusted` beside the system.
Result ask(const Identity& identity, const std::string& host, const std::string& trusted) {
  const File ca(trusted);
  Server server(identity, [](Peer& peer) {
    if (!peer.read_request().empty()) peer.write(ok("secret"));
  });
  Asker asker(ca.path);
  return asker.get(server.url("/", host));
}

}  // namespace

TEST_CASE("TLS: a name, and an address, that stand in the certificate") {
  const Identity name = make_identity("localhost");
  CHECK(ask(name, "localhost", name.certificate).has_value());
  const Identity address = make_identity("127.0.0.1");
  CHECK(ask(address, "127.0.0.1", address.certificate).has_value());
}

TEST_CASE("TLS: a certificate of another host, of nobody we trust, or past its time") {
  const Identity other = make_identity("example.org");
  const Identity right = make_identity("localhost");
  const Identity old = make_identity("localhost", 0);
  struct {
    Identity identity;
    std::string host, trusted, says;
  } const cases[] = {
      {other, "localhost", other.certificate, "match"},
      {right, "127.0.0.1", right.certificate, "match"},
      {right, "localhost", other.certificate, "self"},
      {make_identity("localhost", -1), "localhost", old.certificate, "self"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.host, one.says);
    const Result result = ask(one.identity, one.host, one.trusted);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == Kind::tls);
    CHECK(result.error().sentence.find(one.says) != std::string::npos);
    CHECK_FALSE(result.error().sent);
  }
  const Identity expired = make_identity("localhost", -1);
  const Result result = ask(expired, "localhost", expired.certificate);
  REQUIRE_FALSE(result);
  CHECK(result.error().sentence.find("expired") != std::string::npos);
}

TEST_CASE("TLS: a server without encryption on that port, or one that hangs up") {
  for (const char* bytes : {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
    Server server([bytes](Peer& peer) {
      peer.read(100);
      peer.write(bytes);
    });
    Asker asker;
    const Result result = asker.get("https://127.0.0.1:" + std::to_string(server.port()) + "/");
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == (*bytes == '\0' ? Kind::closed : Kind::tls));
    CHECK_FALSE(result.error().sent);
  }
}

TEST_CASE("TLS: a handshake that never ends is a timeout") {
  Server server([](Peer& peer) { peer.wait_for_end(); });
  Asker asker;
  const Result result = asker.ask({.url = url_of("https://127.0.0.1:" + std::to_string(server.port()) + "/"), .idle = std::chrono::milliseconds{200}});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == Kind::timeout);
}

TEST_CASE("TLS: a file of certificates that cannot be read is told by its name") {
  const auto missing = Trust::load("/nowhere/ca.pem");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().find("/nowhere/ca.pem") != std::string::npos);
  const File nonsense("no certificate");
  CHECK_FALSE(Trust::load(nonsense.path));
}
