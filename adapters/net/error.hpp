#pragma once
// Why a request or a connection came to nothing.

#include <string>

namespace nurturer::net {

struct Error {
  enum class Kind {
    configuration,  // ours or the operator's: an address or a header that cannot be sent. Trying again does not help
    no_address,     // the host's name was not found
    refused,        // nobody takes connections there
    timeout,        // the whole took too long, or no byte came for too long
    tls,            // no encryption, or a certificate that is not the host's
    too_large,      // header, body or frame above its limit
    malformed,      // what came is no HTTP
    closed,         // the peer ended the connection too early
    cancelled,      // by us
  };
  Kind kind = Kind::closed;
  std::string sentence;  // for logs and the operator: host and reason, never a path, a header or a body
  /// The peer may have seen the request: send again only what is harmless twice.
  bool sent = false;
};

/// "timeout", "tls" ...: for counting and logs.
[[nodiscard]] const char* name(Error::Kind kind);

}  // namespace nurturer::net
