#pragma once
// How the service stands, written down from time to time for `nurturer doctor`, which is another process.

#include <optional>
#include <string>

#include "adapters/matrix/request.hpp"

namespace nurturer::matrix {

struct Status {
  Time last_sync{};
  std::int64_t rooms = 0, encrypted = 0;
  std::int64_t limited = 0;     // messages that the server put off since the service was started
  std::int64_t sending = 0;     // under way
  bool encryption = false;      // encrypted rooms can be read
  std::string fingerprint;      // the ed25519 key of this device
  bool is_signed = false;       // the device, by its account
  std::string recovery_fault;   // why the account's recovery key is kept nowhere
  std::int64_t unreadable = 0;  // messages since the start, and
  std::string why_unreadable;   // why the last of them
};

[[nodiscard]] std::string write_status(const Status& status);
[[nodiscard]] std::optional<Status> read_status(std::string_view bytes);

}  // namespace nurturer::matrix
