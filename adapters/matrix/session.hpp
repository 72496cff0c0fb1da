#pragma once
// Who we are at the homeserver, and by which device: what a login gives, and what is kept of it between runs.

#include <optional>
#include <string>
#include <vector>

#include "adapters/matrix/request.hpp"

namespace nurturer::matrix {

struct Session {
  std::string base;  // the homeserver's address, without a slash at its end
  std::string user;
  std::string device;  // keys and transaction ids hang on it: it stays the same over logins
  std::string token;
  std::string refresh_token;    // empty: this token is not refreshed
  std::optional<Time> expires;  // of the token
  bool spent = false;           // its keys are lost: the next login is by another device
};

/// For a file that only its owner may read: it holds the token.
[[nodiscard]] std::string write_session(const Session& session);
[[nodiscard]] std::optional<Session> read_session(std::string_view bytes);

/// What the operator wants. Secrets are the values, not the files.
struct Settings {
  std::string homeserver;
  std::string user;
  std::string password;      // this,
  std::string access_token;  // this, or both
  std::string device_name = "Nurturer";
  enum class Invites { anyone, nobody, listed };
  Invites invites = Invites::anyone;
  std::vector<std::string> invited_by;  // users and servers
  int timeline_limit = 50;
  bool encryption = false;                // the engine for it is here
  bool exclude_insecure_devices = false;  // speak to devices alone that their owner has signed
  std::vector<std::string> owners;        // users who may verify this device
  std::string recovery_key;               // opens the account's secret storage; empty: not known here
  std::string recovery_key_file;          // where it stands, or will: for sentences
};

}  // namespace nurturer::matrix
