// Any answers from REST: no crash, every request ends, and texts of any bytes are cut into messages that Discord takes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "adapters/discord/requests.hpp"
#include "adapters/discord/rest.hpp"
#include "adapters/discord/split.hpp"

using namespace nurturer::discord;

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

std::string_view take(std::string_view& data, std::size_t most) {
  const std::string_view piece = data.substr(0, most);
  data.remove_prefix(piece.size());
  return piece;
}

void answers(std::string_view data) {
  Rest rest;
  Moment now{Instant{Millis{1'000'000}}, {}, 7};
  std::size_t open = 0;
  for (int n = 0; n < 8; ++n) {
    Request request = create_message(std::to_string(n % 3 + 1), {"hello", Json::array(), {}, {}, {}}, "nonce", "");
    request.interaction = n % 4 == 3;
    open += rest.add(std::move(request), now) ? 1 : 0;
  }
  while (const auto lost = rest.expired(now)) --open;
  for (int round = 0; round < 400 && open > 0; ++round) {
    while (const auto ticket = rest.next(now)) {
      Response response;
      const std::string_view status = take(data, 1);
      response.status =
          status.empty() ? 200 : (static_cast<unsigned char>(status[0]) % 2 != 0 ? 429 : static_cast<unsigned char>(status[0]) * 4);
      for (const char* name : {"Retry-After", "X-RateLimit-Reset-After", "X-RateLimit-Remaining", "X-RateLimit-Bucket"}) {
        response.headers.emplace_back(name, std::string(take(data, 4)));
      }
      response.body = std::string(take(data, 48));
      if (rest.receive(*ticket, response, now)) --open;
    }
    while (rest.expired(now)) --open;
    const Instant next = rest.deadline(now);
    if (next == Instant::max()) break;
    require(next > now.now, "a deadline in the past");
    now.now = next;
  }
  require(open == 0, "a request without an end");
}

void texts(std::string_view data) {
  for (const std::size_t longest : {std::size_t{20}, std::size_t{100}, longest_message}) {
    for (const std::string& piece : split(data, longest)) {
      require(length(piece) <= longest, "a piece that is too long");
      require(valid(piece) == piece, "a piece that is no UTF-8");
    }
  }
  (void)split(plain(data), longest_message);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it by this name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  answers(bytes);
  texts(bytes);
  return 0;
}
