#pragma once
// A request to the homeserver and what became of it, as values. link.* carries them.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "adapters/channel.hpp"
#include "adapters/matrix/json.hpp"

namespace nurturer::matrix {

using channel::Time;

struct Request {
  std::string method = "GET";
  std::string target;             // from "/_matrix" on
  std::string body = {};          // JSON, or of media_type; empty: none
  std::string media_type = {};    // empty: JSON
  bool authorised = true;         // carries the access token
  bool asks_about_token = false;  // a token that is not taken is its answer, and brings no new one about
  std::string base = {};          // another server than the session's: while it is looked for
  std::chrono::milliseconds within{30'000};
  std::size_t body_limit = 1024 * 1024;  // bytes of the answer
};

struct Answer {
  int status = 0;  // 0: none came
  std::string body = {};
  std::optional<std::chrono::milliseconds> retry_after = {};  // of the header
  std::optional<Time> date = {};                              // when the server sent it, by its clock
  std::string fault = {};                                     // with status 0: host and reason, for the operator
  bool configuration = false;                                 // with status 0: trying again does not help
  bool too_large = false;                                     // with status 0: the body was longer than wished
};

/// Of an error's body ("M_FORBIDDEN"); empty if the body is none of Matrix's.
[[nodiscard]] std::string error_code(const Answer& answer);
/// How long a 429 asks us to wait: header, then body, else nothing.
[[nodiscard]] std::optional<std::chrono::milliseconds> asked_to_wait(const Answer& answer);
/// The server (or what stands before it) could not serve: no answer, 5xx, or a body that is not Matrix's, as of a proxy. A 429 is none.
[[nodiscard]] bool is_outage(const Answer& answer);
/// The server did what was asked (2xx).
[[nodiscard]] inline bool is_done(const Answer& answer) { return answer.status >= 200 && answer.status < 300; }
/// A 2xx whose body is a JSON object.
[[nodiscard]] std::optional<Json> read_good(const Answer& answer);

}  // namespace nurturer::matrix
