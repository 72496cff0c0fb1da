#pragma once
// What stands behind Call and Client: requests under way, the connections of each host, who waits for one. For files that may see Boost.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <set>

#include "adapters/net/connection.hpp"
#include "adapters/net/https.hpp"
#include "adapters/net/io.hpp"

namespace nurturer::net {

/// One request, from send() until its coroutine has ended. Its function is told once, which may be before that: a look-up of a name cannot
/// be broken off, only be left alone.
struct Call::State {
  State(boost::asio::io_context& context, Request wanted, std::function<void(Result)> told)
      : request(std::move(wanted)), done(std::move(told)), deadline(context), resolver(context) {}

  /// Tells the result, once, and breaks off what still runs.
  void finish(Result result);
  /// Breaks off without telling.
  void drop();

  Request request;
  std::function<void(Result)> done;
  boost::asio::steady_timer deadline;
  boost::asio::ip::tcp::resolver resolver;
  std::unique_ptr<Connection> connection;  // while it is this request's
  bool over = false;
  bool sent = false;
};

struct Client::Pool : std::enable_shared_from_this<Client::Pool> {
  using CallState = std::shared_ptr<Call::State>;
  struct Kept {
    std::unique_ptr<Connection> connection;
    std::chrono::steady_clock::time_point until;
  };
  struct Host {
    std::vector<Kept> idle;  // the last one was used last
    std::size_t busy = 0;
    std::deque<CallState> waiting;
  };

  Pool(Loop::Io& io, Trust trusted, Options wished)
      : context(io.context), trust(std::move(trusted)), options(std::move(wished)), lookups(io.lookups), tidy_timer(io.context) {}

  void start(const CallState& call);
  void close();

 private:
  void launch(const std::string& place, const CallState& call);
  boost::asio::awaitable<void> run(std::string place, CallState call);
  boost::asio::awaitable<Result> exchange(std::string place, CallState call);
  boost::asio::awaitable<Code> talk(CallState call, HttpRequest& request, std::unique_ptr<HttpParser>& parser);
  [[nodiscard]] std::unique_ptr<Connection> take_idle(const std::string& place);
  void give_back(const std::string& place, std::unique_ptr<Connection> connection);
  void next(const std::string& place);
  void tidy();

 public:
  boost::asio::io_context& context;
  Trust trust;
  Options options;

 private:
  std::size_t& lookups;
  std::map<std::string, Host> hosts;  // by scheme and authority
  std::set<CallState> running;
  boost::asio::steady_timer tidy_timer;
  bool closed = false;
};

/// What Boost would send, or what is wrong with the request.
[[nodiscard]] tl::expected<HttpRequest, Error> build(const Request& request, const std::string& agent);

}  // namespace nurturer::net
