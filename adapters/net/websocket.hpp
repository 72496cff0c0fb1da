#pragma once
// A WebSocket (RFC 6455) towards a server, over TLS except towards this machine. No compression.
//
// Life: made, it connects. Events::open, then any number of Events::frame, then Events::closed exactly once, as the last: also when it
// never opened. Dropping the WebSocket breaks the connection off, and nothing is called any more; it may be dropped inside an event.
// Pings are answered. Each step has its deadline: opening, a write, the closing, and, if wished, silence.
// Threads: the loop's alone. Nothing is called from inside a method.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/https.hpp"
#include "adapters/net/loop.hpp"
#include "adapters/net/trust.hpp"
#include "adapters/net/url.hpp"

namespace nurturer::net {

struct Frame {
  std::string bytes;
  bool binary = false;
};

struct Closed {
  std::optional<Error> error;  // empty: ended by a close frame
  std::uint16_t code = 0;      // of the server's close frame (1000, 4004 ...), 1005 if it named none; 0: there was no frame
  std::string reason;          // the server's words; at most 123 bytes, anything may stand there: not for logs
  int status = 0;              // the HTTP status, if the server answered but did not open
  bool by_us = false;          // close() came first
};

class WebSocket {
 public:
  struct Options {
    Url url = {};
    Headers headers = {};
    std::string agent = {};
    std::chrono::milliseconds open_within{20'000};
    std::chrono::milliseconds write_within{15'000};
    std::chrono::milliseconds close_within{3'000};
    std::chrono::milliseconds silence{0};  // longest time without a byte, then it is over; half of it brings a ping. 0: any
    std::size_t largest = 16 * 1024 * 1024;  // bytes of a message from the server; more closes with 1009
    std::size_t queue = 1024 * 1024;         // bytes that may wait to be written
  };
  struct Events {
    std::function<void()> open;
    std::function<void(Frame)> frame;
    std::function<void(Closed)> closed;
  };

  /// `loop` must outlive it.
  WebSocket(Loop& loop, const Trust& trust, Options options, Events events);
  WebSocket(WebSocket&&) noexcept;
  WebSocket& operator=(WebSocket&&) noexcept;
  ~WebSocket();

  /// Frames go out in order. False, and nothing is sent, before Events::open, after close(), or when too much waits already.
  bool send(Frame frame);
  /// Sends what waits, then the close frame; Events::closed follows, at the latest after close_within.
  void close(std::uint16_t code, const std::string& reason = {});

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace nurturer::net
