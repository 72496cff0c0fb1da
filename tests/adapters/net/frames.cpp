#include "frames.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace nurturer::net::test {

std::string accept_upgrade(Peer& peer) {
  const std::string asked = peer.read_request();
  const std::string mark = "Sec-WebSocket-Key: ";
  const auto at = asked.find(mark);
  if (at == std::string::npos) return asked;
  const std::string key = asked.substr(at + mark.size(), 24) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest);
  unsigned char text[64];
  EVP_EncodeBlock(text, digest, SHA_DIGEST_LENGTH);
  peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
             std::string(reinterpret_cast<char*>(text)) + "\r\n\r\n");
  return asked;
}

std::string frame(int opcode, std::string_view payload, bool last) {
  std::string bytes(1, static_cast<char>((last ? 0x80 : 0) | opcode));
  if (payload.size() < 126) {
    bytes += static_cast<char>(payload.size());
  } else {
    const bool small = payload.size() < 65536;
    bytes += static_cast<char>(small ? 126 : 127);
    for (int shift = small ? 8 : 56; shift >= 0; shift -= 8) bytes += static_cast<char>(payload.size() >> shift & 0xff);
  }
  return bytes + std::string(payload);
}

std::string close_frame(std::uint16_t code, std::string_view reason) {
  return frame(8, std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)} + std::string(reason));
}

ClientFrame read_frame(Peer& peer) {
  const auto number = [&peer](std::size_t bytes) {
    std::uint64_t value = 0;
    for (const char c : peer.read_exactly(bytes)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  };
  const std::string head = peer.read_exactly(2);
  if (head.empty()) return {};
  ClientFrame result;
  result.opcode = head[0] & 0x0f;
  result.masked = (head[1] & 0x80) != 0;
  std::uint64_t size = head[1] & 0x7f;
  if (size == 126) size = number(2);
  else if (size == 127) size = number(8);
  const std::string mask = result.masked ? peer.read_exactly(4) : std::string(4, '\0');
  result.payload = size > 0 ? peer.read_exactly(size) : std::string{};
  for (std::size_t i = 0; i < result.payload.size(); ++i) result.payload[i] = static_cast<char>(result.payload[i] ^ mask[i % 4]);
  return result;
}

}  // namespace nurturer::net::test
