#include "adapters/net/error.hpp"

namespace nurturer::net {

const char* name(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::configuration: return "configuration";
    case Error::Kind::no_address: return "no_address";
    case Error::Kind::refused: return "refused";
    case Error::Kind::timeout: return "timeout";
    case Error::Kind::tls: return "tls";
    case Error::Kind::too_large: return "too_large";
    case Error::Kind::malformed: return "malformed";
    case Error::Kind::closed: return "closed";
    case Error::Kind::cancelled: return "cancelled";
  }
  return "unknown";
}

}  // namespace nurturer::net
