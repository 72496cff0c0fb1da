#pragma once
// The server's side of a WebSocket for tests, byte by byte, so that it can send what no good server would.

#include <cstdint>
#include <string>
#include <string_view>

#include "server.hpp"

namespace nurturer::net::test {

/// Reads the upgrade and accepts it; what was asked.
std::string accept_upgrade(Peer& peer);

/// A frame of a server (unmasked). `opcode`: 1 text, 2 binary, 8 close, 9 ping, 10 pong.
std::string frame(int opcode, std::string_view payload, bool last = true);
std::string close_frame(std::uint16_t code, std::string_view reason = {});

struct ClientFrame {
  int opcode = 0;  // 0: the other side is gone
  std::string payload;
  bool masked = false;
};
ClientFrame read_frame(Peer& peer);

}  // namespace nurturer::net::test
