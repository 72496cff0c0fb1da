#include "adapters/net/url.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

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
  if (url.has_port() && url.port_number() == 0) return tl::unexpected(std::string("the port must be from 1 to 65535"));
  const std::uint16_t usual = secure ? 443 : 80;
  const std::string target(url.encoded_target());
  return Url{secure, host_of(url), url.has_port() ? url.port_number() : usual, target.starts_with('/') ? target : "/" + target};
}

std::string encode(std::string_view text) {
  return urls::encode(urls::string_view(text.data(), text.size()), urls::unreserved_chars, {});
}

}  // namespace nurturer::net
