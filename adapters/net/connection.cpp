#include "adapters/net/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <utility>

namespace nurturer::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::redirect_error;
using asio::use_awaitable;

template <class Stream>
class ConnectionOver final : public Connection {
 public:
  template <class... Parts>
  explicit ConnectionOver(std::size_t header_limit, Parts&&... parts) : stream_(std::forward<Parts>(parts)...), buffer_(header_limit) {}

  asio::awaitable<Code> open(const Dial& dial) override { return connect(stream_, dial); }

  asio::awaitable<Code> write(HttpRequest& request, std::chrono::milliseconds idle) override {
    http::request_serializer<http::string_body> serializer(request);
    Code code;
    while (!code && !serializer.is_done()) {
      plain().expires_after(idle);
      co_await http::async_write_some(stream_, serializer, redirect_error(use_awaitable, code));
    }
    co_return code;
  }

  asio::awaitable<Code> read(HttpParser& parser, std::chrono::milliseconds idle) override {
    Code code;
    while (!code && !parser.is_done()) {
      plain().expires_after(idle);
      co_await http::async_read_some(stream_, buffer_, parser, redirect_error(use_awaitable, code));
    }
    plain().expires_never();
    co_return code;
  }

  void close() override { plain().close(); }

  bool quiet() override {
    char byte = 0;
    const auto came = ::recv(plain().socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return buffer_.size() == 0 && came < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  }

  std::string verify_fault() const override { return net::verify_fault(stream_); }

 private:
  Plain& plain() { return beast::get_lowest_layer(stream_); }

  Stream stream_;
  beast::flat_buffer buffer_;
};

}  // namespace

std::unique_ptr<Connection> make_connection(asio::io_context& context, Trust::Context& trust, bool secure, std::size_t header_limit) {
  if (secure) return std::make_unique<ConnectionOver<Secure>>(header_limit, context, trust.ssl);
  return std::make_unique<ConnectionOver<Plain>>(header_limit, context);
}

}  // namespace nurturer::net
