#pragma once
// A WebSocket on a loop of its own, and all that it told.

#include <optional>
#include <vector>

#include "adapters/net/websocket.hpp"
#include "client.hpp"

namespace nurturer::net::test {

/// One connection and all that it told, until it was closed.
struct Watched {
  explicit Watched(WebSocket::Options options, const std::string& ca_file = {})
      : socket(loop, Trust::load(ca_file).value(), std::move(options),
               {[this] {
                  ++opened;
                  if (at_open) at_open();
                },
                [this](Frame frame) {
                  frames.push_back(frame);
                  if (at_frame) at_frame(frame);
                },
                [this](Closed told) {
                  ++closings;
                  closed = std::move(told);
                  loop.stop();
                }}) {}

  void run() {
    const Timer limit = loop.after(std::chrono::seconds{20}, [this] { loop.stop(); });
    loop.run();
  }

  Loop loop;
  std::function<void()> at_open;
  std::function<void(const Frame&)> at_frame;
  int opened = 0;
  int closings = 0;
  std::vector<Frame> frames;
  Closed closed;
  WebSocket socket;
};

inline WebSocket::Options options_of(const Server& server, const std::string& host = "127.0.0.1") {
  WebSocket::Options options;
  options.url = url_of(server.url("/?v=10", host));
  options.agent = "test";
  return options;
}

}  // namespace nurturer::net::test
