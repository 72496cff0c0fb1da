// The connections of a client, and the coroutine of one request.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "adapters/net/exchange.hpp"

namespace nurturer::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Clock = std::chrono::steady_clock;

constexpr int interim_answers = 5;  // 1xx before the answer itself

bool harmless_twice(const std::string& method) {
  return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS";
}

Response response_of(HttpParser& parser) {
  Response response;
  response.status = static_cast<int>(parser.get().result_int());
  for (const auto& field : parser.get()) response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  response.body = std::move(parser.get().body());
  return response;
}

}  // namespace

void Client::Pool::start(const CallState& call) {
  running.insert(call);
  call->deadline.expires_after(call->request.within);
  call->deadline.async_wait([weak = std::weak_ptr(call)](const Code&) {
    const auto late = weak.lock();
    if (!late || late->over) return;
    late->finish(tl::unexpected(Error{Error::Kind::timeout, late->request.url.authority() + ": no answer in time", late->sent}));
  });
  const std::string place = (call->request.url.secure ? "https " : "http ") + call->request.url.authority();
  Host& host = hosts[place];
  if (host.busy >= options.per_host) {
    host.waiting.push_back(call);
    return;
  }
  launch(place, call);
}

void Client::Pool::launch(const std::string& place, const CallState& call) {
  ++hosts[place].busy;
  // Posted by co_spawn: nothing of it runs inside send().
  asio::co_spawn(context, run(place, call), [self = shared_from_this()](const std::exception_ptr& thrown) {
    if (thrown) std::rethrow_exception(thrown);
  });
}

// The pool outlives its coroutines: launch() holds it until the end.
asio::awaitable<void> Client::Pool::run(std::string place, CallState call) {
  Result result = co_await exchange(place, call);
  running.erase(call);
  --hosts[place].busy;
  next(place);
  call->finish(std::move(result));
}

asio::awaitable<Result> Client::Pool::exchange(std::string place, CallState call) {
  auto request = build(call->request, options.agent);
  if (!request) co_return tl::unexpected(request.error());
  call->connection = take_idle(place);
  bool kept = call->connection != nullptr;
  std::unique_ptr<HttpParser> parser;
  Code code;
  while (!call->over) {
    code = co_await talk(call, *request, parser);
    // The server may have closed a kept connection in the very moment in which we wrote.
    const bool unheard = code && kept && !(parser && parser->got_some());
    if (!unheard || !harmless_twice(call->request.method)) break;
    kept = false;
    call->connection.reset();
  }
  if (call->over) co_return tl::unexpected(Error{Error::Kind::cancelled, {}, call->sent});
  auto connection = std::move(call->connection);
  if (code) {
    Error error = error_of(code, call->request.url, connection ? connection->verify_fault() : std::string{});
    error.sent = call->sent;
    co_return tl::unexpected(std::move(error));
  }
  if (parser->keep_alive()) give_back(place, std::move(connection));
  co_return response_of(*parser);
}

asio::awaitable<Code> Client::Pool::talk(CallState call, HttpRequest& request, std::unique_ptr<HttpParser>& parser) {
  Code code;
  if (!call->connection) {
    call->connection = make_connection(context, trust.context(), call->request.url.secure, options.header_limit);
    const Dial dial{call->request.url, call->request.idle, call->resolver, call->over, lookups};
    code = co_await call->connection->open(dial);
    if (code || call->over) co_return code;
  }
  call->sent = true;
  const Code written = co_await call->connection->write(request, call->request.idle);
  if (call->over) co_return asio::error::operation_aborted;
  // A server may answer "too large" and close before it has read all: what it said counts.
  for (int i = 0; i < interim_answers; ++i) {
    parser = std::make_unique<HttpParser>();
    parser->header_limit(static_cast<std::uint32_t>(options.header_limit));
    parser->body_limit(call->request.body_limit);
    parser->skip(call->request.method == "HEAD");
    code = co_await call->connection->read(*parser, call->request.idle);
    if (code) co_return written ? written : code;
    if (parser->get().result_int() / 100 != 1) break;
  }
  if (parser->get().result_int() / 100 == 1) co_return http::error::bad_status;
  co_return code;
}

std::unique_ptr<Connection> Client::Pool::take_idle(const std::string& place) {
  auto& idle = hosts[place].idle;
  while (!idle.empty()) {
    Kept last = std::move(idle.back());
    idle.pop_back();
    if (Clock::now() < last.until && last.connection->quiet()) return std::move(last.connection);
  }
  return nullptr;
}

void Client::Pool::give_back(const std::string& place, std::unique_ptr<Connection> connection) {
  if (closed) return;
  hosts[place].idle.push_back({std::move(connection), Clock::now() + options.kept});
  tidy();
}

void Client::Pool::next(const std::string& place) {
  Host& host = hosts[place];
  while (!closed && host.busy < options.per_host && !host.waiting.empty()) {
    const CallState call = std::move(host.waiting.front());
    host.waiting.pop_front();
    if (call->over) {
      running.erase(call);
    } else {
      launch(place, call);
    }
  }
}

// Closes what was idle too long, and comes back when the next one will have been.
void Client::Pool::tidy() {
  const auto now = Clock::now();
  auto soonest = Clock::time_point::max();
  for (auto& [place, host] : hosts) {
    std::erase_if(host.idle, [now](const Kept& kept) { return kept.until <= now; });
    for (const Kept& kept : host.idle) soonest = std::min(soonest, kept.until);
  }
  if (soonest == Clock::time_point::max()) return;
  tidy_timer.expires_at(soonest);
  tidy_timer.async_wait([weak = weak_from_this()](const Code& code) {
    const auto self = weak.lock();
    if (!code && self && !self->closed) self->tidy();
  });
}

void Client::Pool::close() {
  closed = true;
  tidy_timer.cancel();
  const auto calls = std::exchange(running, {});
  for (const auto& call : calls) call->drop();
  for (auto& [place, host] : hosts) {
    host.idle.clear();
    host.waiting.clear();
  }
}

}  // namespace nurturer::net
