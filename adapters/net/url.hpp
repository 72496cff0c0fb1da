#pragma once
// A base address from the configuration, or the whole of a request's. http and ws go no further than this machine.

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace nurturer::net {

struct Url {
  bool secure = true;
  std::string host;    // lower case; an IPv6 address without its brackets
  std::uint16_t port = 443;
  std::string target;  // path and query as they are sent, at least "/"

  /// "host:port", without what follows: paths and queries may hold tokens and stay out of logs.
  [[nodiscard]] std::string authority() const;
  /// The same place with another path and query. `target` begins with "/".
  [[nodiscard]] Url with_target(std::string_view target) const;
};

/// https, wss; http and ws only towards localhost, 127.0.0.0/8 and ::1. Else a sentence for the operator, without the text's query.
[[nodiscard]] tl::expected<Url, std::string> read_url(std::string_view text);

/// Percent-encodes all but letters, digits and "-._~": one segment of a path, or a value of a query.
[[nodiscard]] std::string encode(std::string_view text);

}  // namespace nurturer::net
