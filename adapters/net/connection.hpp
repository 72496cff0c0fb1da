#pragma once
// One HTTP connection, encrypted or not, as the client sees it. For files that may see Boost.

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "adapters/net/dial.hpp"

namespace nurturer::net {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;
using HttpParser = boost::beast::http::response_parser<boost::beast::http::string_body>;

/// One exchange at a time. Each read and write that brings no byte within `idle` ends with a timeout.
class Connection {
 public:
  virtual ~Connection() = default;
  [[nodiscard]] virtual boost::asio::awaitable<Code> open(const Dial& dial) = 0;
  [[nodiscard]] virtual boost::asio::awaitable<Code> write(HttpRequest& request, std::chrono::milliseconds idle) = 0;
  /// One message, whose body may be skipped by the parser.
  [[nodiscard]] virtual boost::asio::awaitable<Code> read(HttpParser& parser, std::chrono::milliseconds idle) = 0;
  /// Ends whatever runs.
  virtual void close() = 0;
  /// Nothing has come since the last answer, neither bytes nor an end: fit for the next request.
  [[nodiscard]] virtual bool quiet() = 0;
  [[nodiscard]] virtual std::string verify_fault() const = 0;
};

[[nodiscard]] std::unique_ptr<Connection> make_connection(boost::asio::io_context& context, Trust::Context& trust, bool secure,
                                                          std::size_t header_limit);

}  // namespace nurturer::net
