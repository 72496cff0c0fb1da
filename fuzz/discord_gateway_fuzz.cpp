// Any bytes from the gateway, at any time: no crash, no endless work, and the machine always knows what it waits for.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/discord/client.hpp"

using namespace nurturer::discord;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// The client, and the world that carries out what it wants.
class World {
 public:
  World(bool compress, bool with_cursor, std::string_view cursor)
      : client_({"token", "wss://gateway.example", false, 1, compress, {}},
                with_cursor ? std::optional(nurturer::channel::Cursor{std::string(cursor)}) : std::nullopt, now()) {}

  void run(std::string_view data) {
    client_.tick(now());
    drain();
    while (!data.empty()) {
      const auto step = static_cast<unsigned char>(data.front());
      data.remove_prefix(1);
      const std::size_t length = std::min<std::size_t>(data.size(), step & 0x3FU) * (step >= 0xC0U ? 16 : 1);
      const std::string_view piece = data.substr(0, length);
      data.remove_prefix(piece.size());
      act(step, piece);
      drain();
      at_ += Millis{step};
    }
    client_.stop(now());
    drain();
  }

 private:
  [[nodiscard]] Moment now() { return {Instant{at_}, nurturer::channel::Time{Millis{1'795'000'000'000} + at_}, dice_ += 13}; }

  void act(unsigned step, std::string_view piece) {
    switch (step >> 5U) {
      case 0: client_.opened(0, now()); break;
      case 1: client_.lost(0, static_cast<int>(4000 + (step & 0x1FU)), now()); break;
      case 2: client_.frame(0, std::string(R"({"op":10,"d":{"heartbeat_interval":)") + std::string(piece) + "}}", false, now()); break;
      case 3: client_.frame(0, std::string(R"({"op":0,"s":1,"t":")") + std::string(piece), false, now()); break;
      case 4: ready(piece); break;
      case 5: at_ += Millis{std::int64_t{1} << (step & 0x0FU)}, client_.tick(now()); break;
      default: client_.frame(0, piece, (step & 1U) != 0, now()); break;
    }
  }

  void ready(std::string_view piece) {
    client_.opened(0, now());
    client_.frame(0, R"({"op":10,"d":{"heartbeat_interval":1000}})", false, now());
    client_.frame(0, R"({"op":0,"t":"READY","s":1,"d":{"session_id":"s","resume_gateway_url":"wss://x","user":{"id":"1"}}})", false, now());
    client_.frame(0, R"({"op":0,"s":2,"t":"INTERACTION_CREATE","d":)" + std::string(piece) + "}", false, now());
    client_.frame(0, R"({"op":0,"s":3,"t":"MESSAGE_CREATE","d":)" + std::string(piece) + "}", false, now());
  }

  void drain() {
    int dials = 0;
    while (const auto action = client_.next_action()) {
      if (std::holds_alternative<Client::Dial>(*action)) require(++dials <= 1, "two dials at once");
      if (const auto* receive = std::get_if<Client::Receive>(&*action)) require(receive->incoming.cursor.has_value(), "no cursor");
    }
  }

  Millis at_{1'000'000};
  std::uint64_t dice_ = 1;
  Client client_;
};

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const bool with_cursor = (data[0] & 2U) != 0;
  const std::size_t cut = with_cursor ? size / 2 : 1;
  World((data[0] & 1U) != 0, with_cursor, bytes.substr(1, cut - 1)).run(bytes.substr(cut));
  return 0;
}
