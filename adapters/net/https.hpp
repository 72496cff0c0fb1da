#pragma once
// HTTP/1.1 requests, over TLS except towards this machine. Connections are kept and shared by host.
//
// No redirect is followed, no cookie kept, no compression asked for: what the server answers is what comes out, any status.
// A GET, HEAD, PUT, DELETE that meets a kept connection which the server has just closed goes out once more on a new one; a POST does not,
// its Error says `sent`.
// Threads: the loop's alone. Functions are called from the loop, never from inside send().

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "adapters/net/error.hpp"
#include "adapters/net/loop.hpp"
#include "adapters/net/trust.hpp"
#include "adapters/net/url.hpp"

namespace nurturer::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method = "GET";
  Url url = {};
  Headers headers = {};  // Host, Content-Length and Connection are set here
  std::string body = {};
  std::chrono::milliseconds within{30'000};  // from send() to the last byte, waiting for a connection included
  std::chrono::milliseconds idle{20'000};    // the longest time without a byte; of a long poll at least as long as it may last
  std::size_t body_limit = 8 * 1024 * 1024;
};

struct Response {
  int status = 0;
  Headers headers;  // names as the server wrote them
  std::string body = {};

  /// The first header of that name, whatever its case; null if there is none.
  [[nodiscard]] const std::string* header(std::string_view name) const;
};

using Result = tl::expected<Response, Error>;

/// A request under way. Dropping it ends the request, and its function is not called.
class Call {
 public:
  Call();
  Call(Call&&) noexcept;
  Call& operator=(Call&&) noexcept;
  ~Call();
  /// Ends it; its function is called soon with Error::Kind::cancelled, unless its result was told already.
  void cancel();

 private:
  friend class Client;
  struct State;
  explicit Call(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

class Client {
 public:
  struct Options {
    std::string agent = {};    // the User-Agent
    std::size_t header_limit = 64 * 1024;  // bytes of an answer's header
    std::size_t per_host = 8;  // connections at a time; further requests wait for their turn, in order
    std::chrono::milliseconds kept{45'000};  // how long an idle connection is kept
  };

  /// `loop` must outlive the client.
  Client(Loop& loop, Trust trust, Options options);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) = delete;
  /// Ends what is under way without calling anything.
  ~Client();

  /// `done` is called exactly once, unless the Call or the client is dropped before.
  [[nodiscard]] Call send(Request request, std::function<void(Result)> done);

 private:
  friend class Call;
  struct Pool;
  std::shared_ptr<Pool> pool_;
};

}  // namespace nurturer::net
