#pragma once
// A connection from its address to the first byte of what it carries: name, socket, encryption. For files that may see Boost.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <chrono>

#include "adapters/net/error.hpp"
#include "adapters/net/trust.hpp"
#include "adapters/net/url.hpp"

namespace nurturer::net {

using Plain = boost::beast::tcp_stream;
// Not beast::ssl_stream: clang finds two async_teardown() for it that are as good as each other.
using Secure = boost::asio::ssl::stream<Plain>;
using Code = boost::system::error_code;

struct Trust::Context {
  boost::asio::ssl::context ssl{boost::asio::ssl::context::tls_client};
};

/// What one connection is about to do. `over` may become true at any time: then no further address is tried.
struct Dial {
  const Url& url;
  std::chrono::milliseconds idle;
  boost::asio::ip::tcp::resolver& resolver;
  const bool& over;
  std::size_t& lookups;  // Loop::Io's
};

/// Connects to the first address that takes it; without encryption to those of this machine alone. Each address has its share of the
/// patience, so that a dead one of two does not use up all.
[[nodiscard]] boost::asio::awaitable<Code> connect(Plain& stream, const Dial& dial);
/// The same, then TLS: sends the host's name, asks for its certificate.
[[nodiscard]] boost::asio::awaitable<Code> connect(Secure& stream, const Dial& dial);

/// Why a certificate was not taken, in OpenSSL's words; empty if it was, or none was looked at.
[[nodiscard]] std::string verify_fault(const Plain& stream);
[[nodiscard]] std::string verify_fault(const Secure& stream);

/// What went wrong with a peer, by who is to blame.
[[nodiscard]] Error error_of(const Code& code, const Url& url, const std::string& verify_fault);

}  // namespace nurturer::net
