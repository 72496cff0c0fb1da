// WebSocket servers that misbehave: each connection ends once, in time, and says how.
#include <catch2/catch.hpp>
#include <chrono>

#include "frames.hpp"
#include "watched.hpp"

using namespace nurturer::net;
using namespace nurturer::net::test;
using Kind = Error::Kind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// How it ends with a server that opens, sends these bytes and hangs up.
Closed after(const std::string& bytes, std::size_t largest = 1000) {
  Server server([&bytes](Peer& peer) {
    accept_upgrade(peer);
    peer.write(bytes);
    peer.finish();
    peer.wait_for_end();
  });
  WebSocket::Options options = options_of(server);
  options.largest = largest;
  Watched watched(std::move(options));
  watched.run();
  CHECK(watched.closings == 1);
  return watched.closed;
}

Kind kind_of(const Closed& closed) {
  REQUIRE(closed.error);
  CHECK_FALSE(closed.error->sentence.empty());
  CHECK(closed.code == 0);
  return closed.error->kind;
}

}  // namespace

TEST_CASE("a server that refuses to open tells its status") {
  Server server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
    peer.wait_for_end();
  });
  Watched watched(options_of(server));
  watched.run();
  CHECK(watched.opened == 0);
  CHECK(watched.closings == 1);
  CHECK(kind_of(watched.closed) == Kind::refused);
  CHECK(watched.closed.status == 401);
}

TEST_CASE("a server that is none, opens wrongly, or never answers") {
  for (const char* bytes : {"220 mail.example.org\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n", ""}) {
    CAPTURE(bytes);
    Server server([bytes](Peer& peer) {
      peer.read_request();
      if (*bytes == '\0') return peer.wait_for_end();
      peer.write(bytes);
      peer.finish();
    });
    WebSocket::Options options = options_of(server);
    options.open_within = milliseconds{300};
    Watched watched(std::move(options));
    watched.run();
    CHECK(watched.opened == 0);
    CHECK(watched.closings == 1);
    CHECK(kind_of(watched.closed) == (*bytes == '\0' ? Kind::timeout : Kind::malformed));
  }
  WebSocket::Options options;
  options.url = url_of("ws://127.0.0.1:" + std::to_string(dead_port()) + "/");
  Watched nobody(std::move(options));
  nobody.run();
  CHECK(kind_of(nobody.closed) == Kind::refused);
}

TEST_CASE("a header that cannot be sent ends it before it begins") {
  WebSocket::Options options;
  options.url = url_of("ws://127.0.0.1:" + std::to_string(dead_port()) + "/");
  options.headers = {{"X-A", "b\r\nX-C: d"}};
  Watched watched(std::move(options));
  watched.run();
  CHECK(kind_of(watched.closed) == Kind::configuration);
}

TEST_CASE("a connection that is cut at any byte ends once, without a code") {
  const std::string whole = frame(1, "hello") + frame(9, "p") + frame(2, std::string(200, 'x')) + close_frame(4000, "bye");
  for (std::size_t cut = 0; cut < whole.size(); cut += cut < 12 || cut > 205 ? 1 : 40) {
    CAPTURE(cut);
    CHECK(kind_of(after(whole.substr(0, cut))) == Kind::closed);
  }
  const Closed closed = after(whole);
  CHECK(closed.code == 4000);
  CHECK_FALSE(closed.error);
}

TEST_CASE("what no server may send ends it as malformed, what is too large as that") {
  CHECK(kind_of(after(frame(3, "reserved"))) == Kind::malformed);
  CHECK(kind_of(after(frame(0, "goes on, but nothing began"))) == Kind::malformed);
  CHECK(kind_of(after(frame(1, "\xff\xfe"))) == Kind::malformed);
  CHECK(kind_of(after(frame(9, "a ping in two", false))) == Kind::malformed);
  CHECK(kind_of(after(std::string("\x81\x85mask", 6) + "hello")) == Kind::malformed);  // a server does not mask
  CHECK(kind_of(after(frame(1, std::string(1001, 'x')))) == Kind::too_large);
  CHECK(kind_of(after(frame(1, std::string(600, 'x'), false) + frame(0, std::string(600, 'x')))) == Kind::too_large);
  std::string endless("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10);
  CHECK(kind_of(after(endless)) == Kind::too_large);
}

TEST_CASE("a close frame without a code is told as 1005") {
  const Closed closed = after(frame(8, ""));
  CHECK_FALSE(closed.error);
  CHECK(closed.code == 1005);
}

TEST_CASE("pings are answered; without an answer to ours the silence ends it") {
  for (const bool answers : {true, false}) {
    CAPTURE(answers);
    std::atomic<int> pongs = 0;
    Server server([&](Peer& peer) {
      accept_upgrade(peer);
      peer.write(frame(9, "are you there"));
      for (ClientFrame got = read_frame(peer); got.opcode != 0; got = read_frame(peer)) {
        if (got.opcode == 10 && got.payload == "are you there") ++pongs;
        if (got.opcode == 9 && answers) peer.write(frame(10, got.payload));
      }
    });
    WebSocket::Options options = options_of(server);
    options.silence = milliseconds{400};
    Watched watched(std::move(options));
    const Timer enough = watched.loop.after(milliseconds{1'500}, [&] { watched.loop.stop(); });
    watched.run();
    CHECK(pongs == 1);
    CHECK(watched.closings == (answers ? 0 : 1));
    if (!answers) CHECK(kind_of(watched.closed) == Kind::timeout);
  }
}

TEST_CASE("a closing that is not answered, and a frame that is not taken, end in time") {
  Server server([](Peer& peer) {
    accept_upgrade(peer);
    std::this_thread::sleep_for(milliseconds{1'200});
  });
  WebSocket::Options options = options_of(server);
  options.close_within = options.write_within = milliseconds{200};
  options.queue = 64U << 20U;
  Watched closing(options);
  closing.at_open = [&] { closing.socket.close(4000); };
  auto begin = steady_clock::now();
  closing.run();
  CHECK(steady_clock::now() - begin < milliseconds{1'000});
  CHECK(kind_of(closing.closed) == Kind::timeout);
  CHECK(closing.closed.by_us);

  Watched writing(options);
  writing.at_open = [&] {
    CHECK(writing.socket.send({std::string(32U << 20U, 'x'), true}));
    CHECK(writing.socket.send({std::string(32U << 20U, 'x'), true}));
    CHECK_FALSE(writing.socket.send({"x", true}));  // the queue is full
  };
  begin = steady_clock::now();
  writing.run();
  CHECK(steady_clock::now() - begin < milliseconds{1'000});
  CHECK(kind_of(writing.closed) == Kind::timeout);
  CHECK_FALSE(writing.closed.by_us);
}

TEST_CASE("a close while it opens is told as called off") {
  Server server([](Peer& peer) { peer.wait_for_end(); });
  Watched watched(options_of(server));
  watched.socket.close(1000);
  CHECK(watched.closings == 0);
  watched.run();
  CHECK(watched.closings == 1);
  CHECK(kind_of(watched.closed) == Kind::cancelled);
}

TEST_CASE("a socket may be dropped and replaced inside its events, and nothing more is told") {
  Server server([](Peer& peer) {
    accept_upgrade(peer);
    peer.write(frame(1, "one") + frame(1, "two"));
    peer.wait_for_end();
  });
  for (const std::string when : {"before", "open", "frame"}) {
    CAPTURE(when);
    Loop loop;
    const Trust trust = Trust::load().value();
    std::optional<WebSocket> socket;
    int frames = 0, closings = 0;
    const auto dials = [&] {
      return WebSocket(loop, trust, options_of(server),
                       {[&] {
                          if (when == "open") socket.reset();
                        },
                        [&](const Frame&) {
                          ++frames;
                          if (when == "frame") socket.reset();
                        },
                        [&](const Closed&) { ++closings; }});
    };
    socket = dials();
    if (when == "before") socket = dials(), socket.reset();
    const Timer end = loop.after(milliseconds{150}, [&] { loop.stop(); });
    loop.run();
    CHECK_FALSE(socket);
    CHECK(frames == (when == "frame" ? 1 : 0));
    CHECK(closings == 0);
  }
}

TEST_CASE("TLS: frames, and a host that is another") {
  const Identity identity = make_identity("localhost");
  const File ca(identity.certificate);
  Server server(identity, [](Peer& peer) {
    accept_upgrade(peer);
    peer.write(frame(1, "secret"));
    peer.write(close_frame(1000));
    read_frame(peer);
  });
  Watched right(options_of(server, "localhost"), ca.path);
  right.run();
  REQUIRE(right.frames.size() == 1);
  CHECK(right.frames[0].bytes == "secret");
  CHECK(right.closed.code == 1000);
  Watched wrong(options_of(server, "127.0.0.1"), ca.path);
  wrong.run();
  CHECK(wrong.frames.empty());
  CHECK(kind_of(wrong.closed) == Kind::tls);
}
