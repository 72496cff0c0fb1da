// Requests against a real socket of this machine.
#include <catch2/catch.hpp>

#include "client.hpp"

using namespace nurturer::net;
using namespace nurturer::net::test;
using Kind = Error::Kind;

TEST_CASE("a request goes out as asked for, and the answer comes back") {
  std::string asked;
  Server server([&](Peer& peer) {
    asked = peer.read_request();
    peer.write("HTTP/1.1 429 Slow Down\r\nContent-Length: 5\r\nRetry-After: 2\r\n\r\nwait!");
  });
  Asker asker;
  Request request{.method = "PUT", .url = url_of(server.url("/a/b?c=d")), .headers = {{"Authorization", "Bearer x"}}, .body = "{}"};
  const Result result = asker.ask(request);
  REQUIRE(result);
  CHECK(result->status == 429);
  CHECK(result->body == "wait!");
  REQUIRE(result->header("retry-after") != nullptr);
  CHECK(*result->header("retry-after") == "2");
  CHECK(result->header("x-none") == nullptr);
  CHECK(asked.starts_with("PUT /a/b?c=d HTTP/1.1\r\n"));
  CHECK(asked.find("\r\nHost: 127.0.0.1:" + std::to_string(server.port()) + "\r\n") != std::string::npos);
  CHECK(asked.find("\r\nAuthorization: Bearer x\r\n") != std::string::npos);
  CHECK(asked.find("\r\nUser-Agent: test\r\n") != std::string::npos);
  CHECK(asked.find("\r\nContent-Length: 2\r\n") != std::string::npos);
  CHECK(asked.ends_with("\r\n\r\n{}"));
}

TEST_CASE("a host that takes no connection is told as refused") {
  Asker asker;
  const Result result = asker.get("http://127.0.0.1:" + std::to_string(dead_port()) + "/secret?token=1");
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == Kind::refused);
  CHECK_FALSE(result.error().sent);
  CHECK(result.error().sentence.find("127.0.0.1") != std::string::npos);
  CHECK(result.error().sentence.find("secret") == std::string::npos);
}

TEST_CASE("TLS: a certificate that is trusted and the host's") {
  const Identity identity = make_identity("localhost");
  const File ca(identity.certificate);
  Server server(identity, [](Peer& peer) {
    while (!peer.read_request().empty()) peer.write(ok("hello"));
  });
  Asker asker(ca.path);
  for (int i = 0; i < 3; ++i) {
    const Result result = asker.get(server.url("/", "localhost"));
    REQUIRE(result);
    CHECK(result->body == "hello");
  }
  CHECK(server.connections() == 1);
}
