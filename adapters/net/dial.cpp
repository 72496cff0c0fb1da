#include "adapters/net/dial.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/websocket/error.hpp>
#include <vector>

namespace nurturer::net {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;

// Given to the second and further addresses too, when the first ones let us wait.
constexpr std::chrono::milliseconds one_of_several{5'000};

asio::awaitable<std::vector<tcp::endpoint>> find_addresses(const Dial& dial, Code& code) {
  std::vector<tcp::endpoint> found;
  const auto literal = asio::ip::make_address(dial.url.host, code);
  if (!code) {
    found.emplace_back(literal, dial.url.port);
  } else {
    const std::string port = std::to_string(dial.url.port);
    ++dial.lookups;
    const auto results = co_await dial.resolver.async_resolve(dial.url.host, port, redirect_error(use_awaitable, code));
    --dial.lookups;
    for (const auto& result : results) found.push_back(result.endpoint());
  }
  // A name of this machine that leads elsewhere must not get what is not encrypted.
  if (!dial.url.secure) std::erase_if(found, [](const tcp::endpoint& end) { return !end.address().is_loopback(); });
  if (!code && found.empty()) code = asio::error::host_not_found;
  co_return found;
}

// Whom the certificate must name. RFC 6066: the name is sent too, of hosts that have one.
bool expect_host(SSL* ssl, const std::string& host) {
  X509_VERIFY_PARAM* wanted = SSL_get0_param(ssl);
  Code no_address;
  asio::ip::make_address(host, no_address);
  if (!no_address) return X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1;
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size()) == 1 && SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
}

std::string sentence_of(Error::Kind kind, const Code& code, const std::string& verify_fault) {
  switch (kind) {
    case Error::Kind::timeout: return "no answer in time";
    case Error::Kind::no_address: return "no address is known for this name";
    case Error::Kind::tls: return verify_fault.empty() ? "no encrypted connection: " + code.message() : "its certificate is not taken: " + verify_fault;
    case Error::Kind::too_large: return "the answer is larger than allowed";
    case Error::Kind::malformed: return "the answer is not understood: " + code.message();
    case Error::Kind::closed: return "the connection ended too early: " + code.message();
    default: return code.message();
  }
}

Error::Kind kind_of(const Code& code) {
  using Kind = Error::Kind;
  namespace http = beast::http;
  if (code == beast::error::timeout || code == asio::error::timed_out) return Kind::timeout;
  if (code == asio::error::operation_aborted) return Kind::cancelled;
  if (code == http::error::header_limit || code == http::error::body_limit || code == http::error::buffer_overflow) return Kind::too_large;
  if (code == beast::websocket::error::message_too_big || code == beast::websocket::error::buffer_overflow) return Kind::too_large;
  if (code == http::error::end_of_stream || code == http::error::partial_message || code == asio::ssl::error::stream_truncated) return Kind::closed;
  if (code.category() == asio::error::get_ssl_category() || code.category() == asio::ssl::error::get_stream_category()) return Kind::tls;
  if (code.category() == http::make_error_code(http::error::bad_version).category()) return Kind::malformed;
  if (code.category() == beast::websocket::make_error_code(beast::websocket::error::closed).category()) return Kind::malformed;
  if (code.category() == asio::error::get_netdb_category() || code.category() == asio::error::get_addrinfo_category()) return Kind::no_address;
  if (code == asio::error::connection_refused || code == asio::error::host_unreachable || code == asio::error::network_unreachable) return Kind::refused;
  return Kind::closed;
}

}  // namespace

asio::awaitable<Code> connect(Plain& stream, const Dial& dial) {
  Code code;
  const auto addresses = co_await find_addresses(dial, code);
  if (code) co_return code;
  const auto share = addresses.size() > 1 ? std::min(dial.idle, one_of_several) : dial.idle;
  for (const tcp::endpoint& address : addresses) {
    if (dial.over) co_return asio::error::operation_aborted;
    stream.expires_after(share);
    co_await stream.async_connect(address, redirect_error(use_awaitable, code));
    if (!code) break;
  }
  if (!code) stream.socket().set_option(tcp::no_delay(true), code);
  co_return code;
}

asio::awaitable<Code> connect(Secure& stream, const Dial& dial) {
  Plain& plain = beast::get_lowest_layer(stream);
  Code code = co_await connect(plain, dial);
  if (code || dial.over) co_return code;
  if (!expect_host(stream.native_handle(), dial.url.host)) co_return asio::error::invalid_argument;
  plain.expires_after(dial.idle);
  co_await stream.async_handshake(asio::ssl::stream_base::client, redirect_error(use_awaitable, code));
  co_return code;
}

std::string verify_fault(const Plain&) { return {}; }

std::string verify_fault(const Secure& stream) {
  // OpenSSL's handle is not ours to change, its getter is not const.
  const long result = SSL_get_verify_result(const_cast<Secure&>(stream).native_handle());
  return result == X509_V_OK ? std::string{} : X509_verify_cert_error_string(result);
}

Error error_of(const Code& code, const Url& url, const std::string& fault) {
  const Error::Kind kind = kind_of(code);
  return {kind, url.authority() + ": " + sentence_of(kind, code, fault), false};
}

}  // namespace nurturer::net
