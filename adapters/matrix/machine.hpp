#pragma once
// The whole of Matrix, fed from memory: no socket, clock or file. The carrier (link.*) calls in, then does what next_action() names until
// there is nothing more, and comes back with tick() at deadline().
//
// Order: start() once; receive() for each answer, send() from Ready on; stop(), after which come only the answers of what still runs and
// at last Stopped.

#include "adapters/matrix/delivery.hpp"
#include "adapters/matrix/login.hpp"
#include "adapters/matrix/sync.hpp"

namespace nurturer::matrix {

class Machine {
 public:
  Machine(Settings settings, std::optional<Session> kept, std::function<std::uint64_t()> dice);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  void start(const std::optional<channel::Cursor>& cursor, Time now);
  void send(const channel::Outgoing& out, Time now);
  void receive(std::uint64_t request, const Answer& answer, Time now);
  void receive(std::uint64_t operation, const Crypted& outcome, Time now);
  void tick(Time now);
  void stop(Time now);

  [[nodiscard]] std::optional<Action> next_action() { return wire_.next_action(); }
  [[nodiscard]] std::optional<Time> deadline() const { return wire_.deadline(); }

 private:
  enum class State { new_, logging_in, serving, stopping, over };
  void logged_in(Login::Result result, const std::string& since);
  void serve(const std::string& since);
  void renew(const Answer& answer);
  void renewed(Login::Result result);
  void refresh_early(const Session& session);
  void tell_status();
  void fail(channel::Failure failure);
  /// The keys of this device are lost: it is not to be used again.
  void fail_spent(channel::Failure failure);

  Settings settings_;
  std::optional<Session> kept_;
  State state_ = State::new_;
  Wire wire_;
  Rooms rooms_;
  Lines lines_;
  Keys keys_;
  Login login_;
  Invites invites_;
  Sync sync_;
  Delivery delivery_;
  Time told_{};
};

}  // namespace nurturer::matrix
