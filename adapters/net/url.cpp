#include "adapters/net/url.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>

namespace nurturer::net {
namespace {

namespace urls = boost::urls;

bool is_loopback(const urls::url_view& url) {
  if (url.host_type() == urls::host_type::ipv4) return url.host_ipv4_address().is_loopback();
  if (url.host_type() == urls::host_type::ipv6) return url.host_ipv6_address().is_loopback();
  return url.host_name() == "localhost";
}

std::string host_of(const urls::url_view& url) {
  if (url.host_type() == urls::host_type::ipv6) return url.host_ipv6_address().to_string();
  std::string host = url.host_address();
  for (char& c : host) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return host;
}

// Not port_number(), which lets 65537 pass for 1.
std::optional<std::uint16_t> port_of(const urls::url_view& url) {
  const std::string text(url.port());
  if (text.empty()) return url.scheme() == "https" || url.scheme() == "wss" ? std::uint16_t{443} : std::uint16_t{80};
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || port == 0) return std::nullopt;
  return port;
}

}  // namespace

std::string Url::authority() const {
  const bool brackets = host.find(':') != std::string::npos;
  return (brackets ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Url Url::with_target(std::string_view other) const { return {secure, host, port, std::string(other)}; }

tl::expected<Url, std::string> read_url(std::string_view text) {
  const auto parsed = urls::parse_uri(urls::string_view(text.data(), text.size()));
  if (parsed.has_error()) return tl::unexpected(std::string("this is no address; write it as https://example.org"));
  const urls::url_view& url = *parsed;
  const std::string scheme = url.scheme();
  const bool secure = scheme == "https" || scheme == "wss";
  if (!secure && scheme != "http" && scheme != "ws") {
    return tl::unexpected(std::string("an address begins with https:// or wss://"));
  }
  if (url.host_address().empty()) return tl::unexpected(std::string("the address names no host"));
  if (url.has_userinfo()) return tl::unexpected(std::string("an address holds no user name and no password"));
  if (!secure && !is_loopback(url)) {
    return tl::unexpected(scheme + " without encryption goes to this machine alone; use " + (scheme == "ws" ? "wss" : "https"));
  }
  // Boost 1.81 takes "127.0.0.1.example.org" for an address with a path behind it: a path begins with a slash.
  const std::string path(url.encoded_path());
  if (!path.empty() && path.front() != '/') return tl::unexpected(std::string("the host's name is none"));
  const auto port = port_of(url);
  if (!port) return tl::unexpected(std::string("the port must be from 1 to 65535"));
  const std::string target(url.encoded_target());
  return Url{secure, host_of(url), *port, target.starts_with('/') ? target : "/" + target};
}

std::string encode(std::string_view text) {
  return urls::encode(urls::string_view(text.data(), text.size()), urls::unreserved_chars, {});
}

}  // namespace nurturer::net
