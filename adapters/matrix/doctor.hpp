#pragma once
// What `nurturer doctor` asks the homeserver, and what it says about the answers. Fed from memory, as the Machine is.

#include "adapters/matrix/login.hpp"
#include "adapters/matrix/status.hpp"

namespace nurturer::matrix {

class Doctor {
 public:
  using Findings = std::vector<channel::Finding>;

  /// `wire` must outlive it. `status`: as the service wrote it down last; nothing if it never ran.
  Doctor(Settings settings, std::optional<Session> kept, std::optional<Status> status, Wire& wire)
      : settings_(std::move(settings)), kept_(std::move(kept)), status_(status), wire_(wire), login_(settings_, wire_) {}

  /// `done` is called once, at the latest after half a minute.
  void start(std::function<void(Findings)> done);

 private:
  using How = channel::Finding::How;
  void add(How how, std::string what, std::string sentence, channel::Failure::Kind kind = {});
  void logged_in(const Login::Result& result);
  void look_at_clock(const Answer& answer);
  void look_at_rooms();
  void look_at_status();
  void look_at_keys();
  void compare_keys(const Answer& answer);
  void count_keys();
  void look_at_recovery();
  void look_at_unreadable();
  void finish();

  Settings settings_;
  std::optional<Session> kept_;
  std::optional<Status> status_;
  bool encryption_ = false;
  Wire& wire_;
  Login login_;
  Findings findings_;
  std::function<void(Findings)> done_;
};

}  // namespace nurturer::matrix
