#include "adapters/net/websocket.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <exception>
#include <utility>

#include "adapters/net/exchange.hpp"

namespace nurturer::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::redirect_error;
using asio::use_awaitable;

void rethrow(const std::exception_ptr& thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

/// From the constructor until both coroutines, reader and writer, have ended. `over` is set once closed() was told or the owner is gone.
struct WebSocket::State : std::enable_shared_from_this<State> {
  State(Loop::Io& io, Options wished, Events told)
      : context(io.context), lookups(io.lookups), options(std::move(wished)), events(std::move(told)), deadline(context),
        write_deadline(context), more(context), resolver(context) {
    more.expires_at(asio::steady_timer::time_point::max());
  }
  virtual ~State() = default;
  virtual void start() = 0;
  virtual void break_off() = 0;

  void finish(Closed closed) {
    const auto told = std::exchange(events.closed, nullptr);
    drop();
    if (told) told(std::move(closed));
  }

  void drop() {
    const Events gone = std::exchange(events, {});  // their owner may be this socket's: they go last
    over = true;
    open = false;
    deadline.cancel();
    write_deadline.cancel();
    resolver.cancel();
    more.cancel();
    break_off();
  }

  void finish_with(Error::Kind kind, const std::string& why) {
    finish({Error{kind, options.url.authority() + ": " + why, opened}, 0, {}, 0, close_code.has_value()});
  }

  void limit(asio::steady_timer& timer, std::chrono::milliseconds within, const char* why) {
    timer.expires_after(within);
    timer.async_wait([weak = weak_from_this(), why](const Code& code) {
      const auto self = weak.lock();
      if (!code && self && !self->over) self->finish_with(Error::Kind::timeout, why);
    });
  }

  asio::io_context& context;
  std::size_t& lookups;
  Options options;
  Events events;
  asio::steady_timer deadline;        // of opening, then of closing
  asio::steady_timer write_deadline;
  asio::steady_timer more;            // the writer sleeps on it; cancelled: something to write
  asio::ip::tcp::resolver resolver;
  std::deque<Frame> waiting;
  std::size_t waiting_bytes = 0;
  std::optional<websocket::close_reason> close_code;
  bool opened = false;
  bool open = false;
  bool over = false;
};

namespace {

template <class Next>
class StateOver final : public WebSocket::State {
 public:
  template <class... Parts>
  StateOver(Loop::Io& io, WebSocket::Options wished, WebSocket::Events told, Parts&&... parts)
      : State(io, std::move(wished), std::move(told)), stream_(io.context, std::forward<Parts>(parts)...) {}

  void start() override {
    limit(deadline, options.open_within, "did not open in time");
    asio::co_spawn(context, read_all(self()), rethrow);
  }

  void break_off() override { lowest().close(); }

 private:
  using Self = std::shared_ptr<StateOver>;
  Self self() { return std::static_pointer_cast<StateOver>(shared_from_this()); }
  Plain& lowest() { return beast::get_lowest_layer(stream_); }

  // The coroutines hold `self`: the frame must keep alive what it stands in.
  asio::awaitable<void> read_all(Self self) {
    const Code failed = co_await open_up();
    if (over) co_return;
    if (failed) {
      tell_end(failed);
      co_return;
    }
    deadline.cancel();
    opened = open = true;
    asio::co_spawn(context, write_all(self), rethrow);
    if (const auto told = events.open) told();
    beast::flat_buffer buffer;
    Code code;
    while (!over) {
      co_await stream_.async_read(buffer, redirect_error(use_awaitable, code));
      // While the writer closes, the server's close frame may be read by either of the two: the writer then tells the end.
      if (over || (code && closing_)) co_return;
      if (code) break;
      Frame frame{beast::buffers_to_string(buffer.data()), stream_.got_binary()};
      buffer.consume(buffer.size());
      // A copy: the function may drop the socket, and with it itself.
      if (const auto told = events.frame) told(std::move(frame));
    }
    if (!over) tell_end(code);
  }

  asio::awaitable<Code> open_up() {
    const Request request{.url = options.url, .headers = options.headers};
    const auto built = build(request, options.agent);
    if (!built) {
      finish({built.error(), 0, {}, 0, false});
      co_return Code{};
    }
    const Dial dial{options.url, options.open_within, resolver, over, lookups};
    Code code = co_await connect(stream_.next_layer(), dial);
    if (code || over) co_return code;
    lowest().expires_never();  // from here on the stream has its own clock
    const auto none = websocket::stream_base::none();
    const bool watched = options.silence.count() > 0;
    stream_.set_option(websocket::stream_base::timeout{options.open_within, watched ? options.silence : none, watched});
    stream_.set_option(websocket::stream_base::decorator([fields = *built](websocket::request_type& upgrade) {
      for (const auto& field : fields) upgrade.set(field.name_string(), field.value());
    }));
    stream_.read_message_max(options.largest);
    const std::string host((*built)[beast::http::field::host]);
    co_await stream_.async_handshake(answer_, host, options.url.target, redirect_error(use_awaitable, code));
    co_return code;
  }

  asio::awaitable<void> write_all(Self self) {
    Code code;
    while (!self->over) {
      if (waiting.empty() && close_code) {
        closing_ = true;
        co_await stream_.async_close(*close_code, redirect_error(use_awaitable, code));
        if (!over) tell_end(code);
        co_return;
      }
      if (waiting.empty()) {
        more.expires_at(asio::steady_timer::time_point::max());
        co_await more.async_wait(redirect_error(use_awaitable, code));
        continue;
      }
      const Frame frame = std::move(waiting.front());
      waiting.pop_front();
      stream_.binary(frame.binary);
      limit(write_deadline, options.write_within, "a frame was not taken in time");
      co_await stream_.async_write(asio::buffer(frame.bytes), redirect_error(use_awaitable, code));
      write_deadline.cancel();
      waiting_bytes -= frame.bytes.size();
      // A close frame that came meanwhile says more than the broken pipe: the reader is about to find it.
      if (code) co_return;
    }
  }

  void tell_end(const Code& code) {
    Closed closed;
    closed.by_us = close_code.has_value();
    // Many servers hang up right behind their close frame, without TLS's own goodbye: the frame counts.
    if (!code || code == websocket::error::closed || stream_.reason().code != 0) {
      closed.code = stream_.reason().code;
      if (closed.code == 0) closed.code = websocket::close_code::no_status;
      const auto& reason = stream_.reason().reason;
      closed.reason.assign(reason.data(), reason.size());
    } else {
      Error error = error_of(code, options.url, verify_fault(stream_.next_layer()));
      error.sent = opened;
      if (code == websocket::error::upgrade_declined) {
        closed.status = static_cast<int>(answer_.result_int());
        error = {Error::Kind::refused, options.url.authority() + ": the server did not open, status " + std::to_string(closed.status), false};
      }
      closed.error = std::move(error);
    }
    finish(std::move(closed));
  }

  websocket::stream<Next, false> stream_;
  websocket::response_type answer_;
  bool closing_ = false;
};

std::shared_ptr<WebSocket::State> make_state(Loop::Io& io, const Trust& trust, WebSocket::Options options, WebSocket::Events events) {
  if (options.url.secure) return std::make_shared<StateOver<Secure>>(io, std::move(options), std::move(events), trust.context().ssl);
  return std::make_shared<StateOver<Plain>>(io, std::move(options), std::move(events));
}

}  // namespace

WebSocket::WebSocket(Loop& loop, const Trust& trust, Options options, Events events)
    : state_(make_state(loop.io(), trust, std::move(options), std::move(events))) {
  state_->start();
}
WebSocket::WebSocket(WebSocket&&) noexcept = default;
WebSocket& WebSocket::operator=(WebSocket&& other) noexcept {
  if (this == &other) return *this;
  const auto before = std::exchange(state_, std::move(other.state_));
  if (before) before->drop();
  return *this;
}
WebSocket::~WebSocket() {
  if (state_) state_->drop();
}

bool WebSocket::send(Frame frame) {
  State& state = *state_;
  if (!state.open || state.close_code || state.waiting_bytes + frame.bytes.size() > state.options.queue) return false;
  state.waiting_bytes += frame.bytes.size();
  state.waiting.push_back(std::move(frame));
  state.more.cancel();
  return true;
}

void WebSocket::close(std::uint16_t code, const std::string& reason) {
  State& state = *state_;
  if (state.over || state.close_code) return;
  constexpr std::size_t longest_reason = 123;  // a control frame holds 125 bytes
  state.close_code = websocket::close_reason(static_cast<websocket::close_code>(code), reason.substr(0, longest_reason));
  if (!state.open) {
    asio::post(state.context, [self = state_] { self->finish_with(Error::Kind::cancelled, "called off"); });
    return;
  }
  state.limit(state.deadline, state.options.close_within, "the closing was not answered in time");
  state.more.cancel();
}

}  // namespace nurturer::net
