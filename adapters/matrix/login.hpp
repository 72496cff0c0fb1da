#pragma once
// From the settings to a session that the server has confirmed, and to a new token when the old one ran out.
//
// Server: the address as given if a homeserver answers there, else what its /.well-known names. Waits, as long as it takes, for a server
// that is down; a refusal is final.
// One thing at a time: do not call again before `done`.

#include <tl/expected.hpp>

#include "adapters/matrix/wire.hpp"

namespace nurturer::matrix {

class Login {
 public:
  using Result = tl::expected<Session, channel::Failure>;
  using Done = std::function<void(Result)>;

  /// Both must outlive it.
  Login(const Settings& settings, Wire& wire) : settings_(settings), wire_(wire) {}

  /// With `kept` (or an access token in the settings) asks only whether it still holds; else logs in by password.
  void start(std::optional<Session> kept, Done done);
  /// Logs in by password even if `kept` would do. Its device is kept, unless its keys are lost or it was logged out: then it is another.
  void again(std::optional<Session> kept, Done done);
  /// After a token was not taken: by the refresh token, else by the password if the server says that the session lives on
  /// (soft_logout), else a failure.
  void renew(const Session& session, bool soft, Done done);

 private:
  void begin(std::optional<Session> kept, bool by_password, Done done);
  void find_server();
  void ask_well_known();
  void enter(const std::string& base);
  void confirm(Session session);
  void confirmed(Session session, const Answer& answer);
  void look_at_kept();
  void by_password(const std::string& device);
  void logged_in(const Answer& answer);
  void refresh(Session session, bool soft);
  void finish(Result result);
  void refuse(channel::Failure::Kind kind, std::string sentence);
  [[nodiscard]] std::string remedy() const;
  void retry(const Answer& answer, std::function<void()> task);

  const Settings& settings_;
  Wire& wire_;
  std::optional<Session> kept_;
  bool by_password_ = false;
  std::string base_;
  Done done_;
  bool told_down_ = false;
};

}  // namespace nurturer::matrix
