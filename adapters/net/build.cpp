// A request as it goes out. What would let somebody write headers of their own is refused here.
#include <algorithm>
#include <boost/beast/http/field.hpp>
#include <string_view>

#include "adapters/net/exchange.hpp"

namespace nurturer::net {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_value = 32 * 1024;

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  const auto fits = [marks](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, fits);
}

bool is_value(std::string_view text) {
  const auto fits = [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); };
  return text.size() <= longest_value && std::ranges::all_of(text, fits);
}

bool is_target(std::string_view text) {
  const auto fits = [](char c) { return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7f && c != '#'; };
  return text.starts_with('/') && text.size() <= longest_value && std::ranges::all_of(text, fits);
}

Error refuse(const Url& url, const std::string& what) { return {Error::Kind::configuration, url.authority() + ": " + what, false}; }

std::string host_field(const Url& url) {
  const bool usual = url.port == (url.secure ? 443 : 80);
  const std::string whole = url.authority();
  return usual ? whole.substr(0, whole.rfind(':')) : whole;
}

}  // namespace

tl::expected<HttpRequest, Error> build(const Request& request, const std::string& agent) {
  if (!is_token(request.method)) return tl::unexpected(refuse(request.url, "the request's method is none"));
  if (!is_target(request.url.target)) return tl::unexpected(refuse(request.url, "the request's path holds characters that must be encoded"));
  HttpRequest built;
  built.version(11);
  built.method_string(request.method);
  built.target(request.url.target);
  built.set(http::field::host, host_field(request.url));
  if (!agent.empty()) built.set(http::field::user_agent, agent);
  for (const auto& [name, value] : request.headers) {
    // The value may be a token: only the name is told.
    if (!is_token(name)) return tl::unexpected(refuse(request.url, "the name of a header is none"));
    if (!is_value(value)) return tl::unexpected(refuse(request.url, "the header " + name + " holds characters that it may not, or is too long"));
    built.insert(name, value);
  }
  built.body() = request.body;
  built.prepare_payload();
  return built;
}

}  // namespace nurturer::net
