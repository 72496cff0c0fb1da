#include "adapters/matrix/doctor.hpp"

#include <utility>

namespace nurturer::matrix {
namespace {

using channel::Failure;
using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr seconds patience{30};
constexpr seconds skew_noted{60};
constexpr std::chrono::minutes sync_is_old{5};

}  // namespace

void Doctor::start(std::function<void(Findings)> done) {
  done_ = std::move(done);
  if (!kept_ && settings_.access_token.empty()) {
    add(How::note, "account",
        settings_.user + " was not logged in from here yet: `nurturer matrix login` does it, and so does `nurturer run`");
    return finish();
  }
  // The doctor looks and changes nothing: no login by password.
  settings_.password.clear();
  encryption_ = std::exchange(settings_.encryption, false);
  wire_.wake(wire_.now() + patience, [this] {
    add(How::fault, "server", settings_.homeserver + " does not answer; look at the network, at the server, and at homeserver in [matrix]",
        Failure::Kind::unavailable);
    finish();
  });
  login_.start(kept_, [this](const Login::Result& result) { logged_in(result); });
}

void Doctor::add(How how, std::string what, std::string sentence, Failure::Kind kind) {
  findings_.push_back({how, std::move(what), std::move(sentence), kind});
}

void Doctor::finish() {
  if (const auto done = std::exchange(done_, nullptr)) done(findings_);
}

void Doctor::logged_in(const Login::Result& result) {
  if (!result) {
    add(How::fault, "account", result.error().sentence, result.error().kind);
    return finish();
  }
  add(How::good, "account", result->user + " at " + result->base);
  add(How::good, "device", result->device + "; other sessions of this account should not run another Nurturer");
  wire_.use(*result);
  wire_.ask({.target = "/_matrix/client/versions", .authorised = false}, [this](const Answer& answer) {
    look_at_clock(answer);
    look_at_rooms();
  });
}

void Doctor::look_at_clock(const Answer& answer) {
  if (!answer.date) return add(How::note, "clock", "the server does not tell its time");
  const auto apart = duration_cast<seconds>(wire_.now() - *answer.date);
  if (apart < skew_noted && -apart < skew_noted) return add(How::good, "clock", "as the server's");
  add(How::fault, "clock",
      "this machine and the server are " + std::to_string(std::abs(apart.count())) +
          " s apart: messages would count as too old, or reminders come late. Set the clock by NTP (timedatectl set-ntp true)",
      Failure::Kind::configuration);
}

void Doctor::look_at_rooms() {
  wire_.ask({.target = "/_matrix/client/v3/joined_rooms"}, [this](const Answer& answer) {
    const auto body = read_good(answer);
    if (body) {
      add(How::good, "rooms", std::to_string(array_at(*body, {"joined_rooms"}).size()) + " joined");
    } else {
      add(How::fault, "rooms", "the server does not tell them: " + std::to_string(answer.status) + " " + error_code(answer),
          Failure::Kind::unavailable);
    }
    look_at_status();
    look_at_keys();
  });
}

void Doctor::look_at_status() {
  if (!status_) return add(How::note, "last sync", "none yet: the service never ran with this folder");
  const auto age = wire_.now() - status_->last_sync;
  const std::string ago = std::to_string(duration_cast<seconds>(age).count()) + " s ago";
  if (age < sync_is_old)
    add(How::good, "last sync", ago);
  else
    add(How::note, "last sync", ago + ": the service does not run, or the server cannot be reached");
  add(status_->sending > 50 ? How::note : How::good, "backlog", std::to_string(status_->sending) + " lines were under way then");
  if (status_->limited == 0) return add(How::good, "rate limit", "no message was put off since the service was started");
  add(How::note, "rate limit",
      "the server put off " + std::to_string(status_->limited) +
          " messages since the service was started. Ask its administrator to exempt " + settings_.user +
          "; on Synapse: POST /_synapse/admin/v1/users/" + settings_.user +
          "/override_ratelimit with {\"messages_per_second\": 0, \"burst_count\": 0}");
}

}  // namespace nurturer::matrix
