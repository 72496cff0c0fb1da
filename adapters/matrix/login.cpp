#include "adapters/matrix/login.hpp"

#include <algorithm>
#include <utility>

namespace nurturer::matrix {
namespace {

using channel::Failure;

std::string without_slash(std::string url) {
  while (!url.empty() && url.back() == '/') url.pop_back();
  return url;
}

std::optional<Time> expiry(const Json& body, Time now) {
  const auto wait = number_at(body, {"expires_in_ms"});
  if (!wait || *wait <= 0) return std::nullopt;
  return now + std::chrono::milliseconds{std::min<std::int64_t>(*wait, std::int64_t{365} * 24 * 3600 * 1000)};
}

}  // namespace

void Login::start(std::optional<Session> kept, Done done) { begin(std::move(kept), false, std::move(done)); }
void Login::again(std::optional<Session> kept, Done done) { begin(std::move(kept), true, std::move(done)); }

void Login::begin(std::optional<Session> kept, bool by_password, Done done) {
  // A session of another account is none of ours: the settings were changed.
  if (kept && kept->user != settings_.user) kept.reset();
  kept_ = std::move(kept);
  by_password_ = by_password;
  done_ = std::move(done);
  find_server();
}

void Login::finish(Result result) {
  const Done done = std::exchange(done_, nullptr);
  if (done) done(std::move(result));
}

std::string Login::remedy() const {
  if (!settings_.access_token.empty()) return "Put a new token into access_token_file.";
  return "If this was not you, change its password. Then log in again: nurturer matrix login --config FILE";
}

void Login::refuse(Failure::Kind kind, std::string sentence) { finish(tl::unexpected(Failure{kind, std::move(sentence)})); }

// The server is down or full: later, and the operator hears of it once.
void Login::retry(const Answer& answer, std::function<void()> task) {
  if (answer.configuration) return refuse(Failure::Kind::configuration, answer.fault);
  if (answer.status == 429) {
    const auto wait = asked_to_wait(answer).value_or(std::chrono::milliseconds{5'000});
    wire_.log("the server limits logins; the next try is in " + std::to_string(wait.count() / 1000 + 1) + " s");
    return wire_.wake(wire_.now() + wait + std::chrono::milliseconds{200}, std::move(task));
  }
  if (!std::exchange(told_down_, true)) {
    wire_.log("the homeserver cannot be reached: " +
              (answer.fault.empty() ? "it answers with status " + std::to_string(answer.status) : answer.fault) + "; trying on");
  }
  wire_.wake(wire_.try_at(), std::move(task));
}

void Login::find_server() {
  const std::string given = without_slash(settings_.homeserver);
  wire_.ask({.target = "/_matrix/client/versions", .authorised = false, .base = given}, [this, given](const Answer& answer) {
    const auto body = read_good(answer);
    if (body && at(*body, {"versions"}) != nullptr) return enter(given);
    if (answer.status == 0 || answer.status == 429 || answer.status >= 500) return retry(answer, [this] { find_server(); });
    ask_well_known();
  });
}

void Login::ask_well_known() {
  const std::string given = without_slash(settings_.homeserver);
  wire_.ask({.target = "/.well-known/matrix/client", .authorised = false, .base = given}, [this, given](const Answer& answer) {
    if (answer.status == 0 || answer.status == 429 || answer.status >= 500) return retry(answer, [this] { find_server(); });
    const auto body = read_good(answer);
    const std::string base = body ? without_slash(text_at(*body, {"m.homeserver", "base_url"})) : std::string{};
    if (base.empty() || base == given) {
      return refuse(Failure::Kind::configuration, "there is no Matrix homeserver at " + given +
                                                      ", and no /.well-known/matrix/client that names one. Mend homeserver in [matrix].");
    }
    enter(base);
  });
}

void Login::enter(const std::string& base) {
  base_ = base;
  if (by_password_ && kept_ && settings_.encryption) return look_at_kept();
  if (by_password_) return by_password(kept_ ? kept_->device : "");
  if (!settings_.access_token.empty()) return confirm({base, settings_.user, "", settings_.access_token, "", std::nullopt});
  if (!kept_) return by_password("");
  kept_->base = base;
  confirm(*kept_);
}

void Login::confirm(Session session) {
  wire_.use(session);
  wire_.ask({.target = "/_matrix/client/v3/account/whoami", .asks_about_token = true},
            [this, session](const Answer& answer) { confirmed(session, answer); });
}

void Login::confirmed(Session session, const Answer& answer) {
  const auto body = read_good(answer);
  if (!body) {
    if (is_outage(answer) || answer.status == 429) return retry(answer, [this, session] { confirm(session); });
    const auto refusal = parse(answer.body);
    const bool soft = refusal && flag_at(*refusal, {"soft_logout"});
    if (answer.status == 401) return renew(session, soft, std::exchange(done_, nullptr));
    return refuse(Failure::Kind::credentials, "the homeserver does not take the access token of " + settings_.user + " (" +
                                                  std::to_string(answer.status) + " " + error_code(answer) + "). " + remedy());
  }
  const std::string user = text_at(*body, {"user_id"});
  const std::string device = text_at(*body, {"device_id"});
  if (user != settings_.user) {
    return refuse(Failure::Kind::configuration,
                  "the access token belongs to " + user + ", but user in [matrix] is " + settings_.user + ". Mend one of them.");
  }
  if (device.empty() || (!session.device.empty() && device != session.device)) {
    return refuse(Failure::Kind::credentials,
                  "the access token of " + user + " belongs to no device, or to another one than before. " + remedy());
  }
  session.device = device;
  finish(std::move(session));
}

// Keys hang on the device. One that was logged out cannot come back with them, and one whose keys are lost had better go.
void Login::look_at_kept() {
  Session kept = *kept_;
  kept.base = base_;
  wire_.use(kept);
  wire_.ask({.target = "/_matrix/client/v3/account/whoami", .asks_about_token = true}, [this, kept](const Answer& answer) {
    if (is_outage(answer) || answer.status == 429) return retry(answer, [this] { look_at_kept(); });
    const auto body = parse(answer.body);
    const bool lives = is_done(answer) || (body && flag_at(*body, {"soft_logout"}));
    if (lives && !kept.spent) return by_password(kept.device);
    if (!is_done(answer)) return by_password("");
    wire_.ask({.method = "POST", .target = "/_matrix/client/v3/logout", .body = "{}", .asks_about_token = true},
              [this](const Answer&) { by_password(""); });
  });
}

void Login::by_password(const std::string& device) {
  if (settings_.password.empty()) {
    return refuse(Failure::Kind::credentials, "the access token of " + settings_.user +
                                                  " is not taken, and there is no password to log in with: put a new token into its file.");
  }
  Json body{{"type", "m.login.password"},
            {"identifier", {{"type", "m.id.user"}, {"user", settings_.user}}},
            {"password", settings_.password},
            {"initial_device_display_name", settings_.device_name},
            {"refresh_token", true}};
  if (!device.empty()) body["device_id"] = device;
  wire_.ask({.method = "POST", .target = "/_matrix/client/v3/login", .body = write(body), .authorised = false, .base = base_},
            [this, device](const Answer& answer) {
              if (is_outage(answer) || answer.status == 429) return retry(answer, [this, device] { by_password(device); });
              logged_in(answer);
            });
}

void Login::logged_in(const Answer& answer) {
  const auto body = read_good(answer);
  if (!body) {
    const std::string code = error_code(answer);
    const std::string why = code == "M_USER_DEACTIVATED" ? "is deactivated" : code == "M_FORBIDDEN" ? "or its password is not right" : "";
    return refuse(Failure::Kind::credentials, "the homeserver refuses the login of " + settings_.user + " (" + code + ")" +
                                                  (why.empty() ? "" : ": the account " + why) +
                                                  ". Mend user or password_file in [matrix].");
  }
  Session session{base_,
                  text_at(*body, {"user_id"}),
                  text_at(*body, {"device_id"}),
                  text_at(*body, {"access_token"}),
                  text_at(*body, {"refresh_token"}),
                  expiry(*body, wire_.now())};
  if (session.token.empty() || session.device.empty() || session.user != settings_.user) {
    return refuse(Failure::Kind::configuration, "the homeserver logged in another account than " + settings_.user +
                                                    ", or without a device. Write user in [matrix] as the server writes it.");
  }
  wire_.use(session);
  wire_.give(Keep{session});
  finish(std::move(session));
}

void Login::renew(const Session& session, bool soft, Done done) {
  done_ = std::move(done);
  kept_ = session;
  base_ = session.base;
  if (!session.refresh_token.empty()) return refresh(session, soft);
  if (soft && settings_.access_token.empty()) return by_password(session.device);
  // The server has let the device go, and with it what the keys here were good for.
  if (settings_.encryption && !soft && settings_.access_token.empty() && !session.spent) {
    Session ended = session;
    ended.spent = true;
    wire_.give(Keep{std::move(ended)});
  }
  refuse(Failure::Kind::credentials,
         "the homeserver has ended the session of " + settings_.user + ", or never knew its token. " + remedy());
}

void Login::refresh(Session session, bool soft) {
  const Json body{{"refresh_token", session.refresh_token}};
  wire_.ask({.method = "POST", .target = "/_matrix/client/v3/refresh", .body = write(body), .authorised = false, .base = base_},
            [this, session, soft](const Answer& answer) {
              if (is_outage(answer) || answer.status == 429) return retry(answer, [this, session, soft] { refresh(session, soft); });
              const auto good = read_good(answer);
              Session next = session;
              next.refresh_token = good ? text_at(*good, {"refresh_token"}) : "";
              if (!good || text_at(*good, {"access_token"}).empty()) {
                next.refresh_token.clear();
                return renew(next, soft, std::exchange(done_, nullptr));
              }
              // A server may leave out the refresh token: then the old one goes on.
              if (next.refresh_token.empty()) next.refresh_token = session.refresh_token;
              next.token = text_at(*good, {"access_token"});
              next.expires = expiry(*good, wire_.now());
              wire_.give(Keep{next});
              wire_.use(next);
              finish(std::move(next));
            });
}

}  // namespace nurturer::matrix
