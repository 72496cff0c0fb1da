// WebSockets against a real socket of this machine.
#include <catch2/catch.hpp>

#include "frames.hpp"
#include "watched.hpp"

using namespace nurturer::net;
using namespace nurturer::net::test;

TEST_CASE("frames go both ways, and the server's close code comes out") {
  std::string asked;
  std::vector<ClientFrame> got;
  Server server([&](Peer& peer) {
    asked = accept_upgrade(peer);
    peer.write(frame(1, "hello"));
    got.push_back(read_frame(peer));
    got.push_back(read_frame(peer));
    peer.write(frame(2, std::string(70'000, 'x')));
    peer.write(frame(1, "in two ", false) + frame(0, "parts"));
    peer.write(close_frame(4004, "no such token"));
    got.push_back(read_frame(peer));
  });
  WebSocket::Options options = options_of(server);
  options.headers = {{"X-One", "1"}};
  Watched watched(std::move(options));
  watched.at_open = [&] {
    CHECK(watched.socket.send({"first", false}));
    CHECK(watched.socket.send({std::string("\0\x01", 2), true}));
  };
  watched.run();
  CHECK(asked.starts_with("GET /?v=10 HTTP/1.1\r\n"));
  CHECK(asked.find("\r\nX-One: 1\r\n") != std::string::npos);
  CHECK(asked.find("\r\nUser-Agent: test\r\n") != std::string::npos);
  REQUIRE(watched.frames.size() == 3);
  CHECK(watched.frames[0].bytes == "hello");
  CHECK_FALSE(watched.frames[0].binary);
  CHECK(watched.frames[1].bytes.size() == 70'000);
  CHECK(watched.frames[1].binary);
  CHECK(watched.frames[2].bytes == "in two parts");
  REQUIRE(got.size() == 3);
  CHECK(got[0].payload == "first");
  CHECK(got[0].masked);
  CHECK(got[1].opcode == 2);
  CHECK(got[2].opcode == 8);
  CHECK(watched.opened == 1);
  CHECK(watched.closings == 1);
  CHECK(watched.closed.code == 4004);
  CHECK(watched.closed.reason == "no such token");
  CHECK_FALSE(watched.closed.error);
  CHECK_FALSE(watched.closed.by_us);
  CHECK_FALSE(watched.socket.send({"late", false}));
}

TEST_CASE("we close with a code of our own") {
  ClientFrame last;
  Server server([&](Peer& peer) {
    accept_upgrade(peer);
    while ((last = read_frame(peer)).opcode != 8) continue;
    peer.write(close_frame(4000));
  });
  Watched watched(options_of(server));
  watched.at_open = [&] {
    CHECK(watched.socket.send({"before", false}));
    watched.socket.close(4000, "resume");
    CHECK_FALSE(watched.socket.send({"after", false}));
  };
  watched.run();
  CHECK(watched.closings == 1);
  CHECK(watched.closed.by_us);
  CHECK(watched.closed.code == 4000);
  REQUIRE(last.payload.size() >= 2);
  CHECK(last.payload == std::string("\x0f\xa0resume"));
}
