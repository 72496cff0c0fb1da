#pragma once
// The machine's way to the world: requests out, answers back to those who asked, wake-ups, and the state of the server.
//
// The server is `down` from an answer that is an outage until the next that is none. While it is down, one request at a time may find out
// whether it is back (may_try), at growing distances; whoever else wants something waits. A 429 closes the way for sending until it says; a token that is not taken parks what needs one
// until use() brings the next.
// Functions are called from receive() and tick(), never from inside ask() or wake().

#include <deque>
#include <functional>
#include <map>
#include <variant>

#include "adapters/adapter.hpp"
#include "adapters/matrix/request.hpp"
#include "adapters/matrix/session.hpp"
#include "adapters/matrix/status.hpp"

namespace nurturer::matrix {

/// What the carrier has to do, in order.
struct Send {
  std::uint64_t id = 0;
  std::string base;
  Request request;
  std::string token;  // empty: none
};
struct Crypt {  // an operation of the encryption engine (crypto/src/engine.rs); in the order in which they are given
  std::uint64_t id = 0;
  std::string operation;
  Json arguments;
};
struct KeepRecovery {  // the key that opens the account's secret storage, for the operator alone; told as an operation whether it could be
  std::uint64_t id = 0;
  std::string key;
};
struct Cancel {  // no answer will be looked at
  std::uint64_t id = 0;
};
struct Keep {  // write the session down before what follows is done
  Session session;
};
struct Tell {  // for doctor
  Status status;
};
struct Ready {
  std::string account;
};
struct Log {
  std::string line;
};
struct Stopped {};
using Action = std::variant<Send, Crypt, Cancel, Keep, KeepRecovery, Tell, channel::Incoming, channel::Acknowledgement, Ready,
                            channel::Failure, Log, Stopped>;

/// What became of an operation of the encryption engine.
struct Crypted {
  Json value;
  std::string fault = {};  // its kind; empty: done
  std::string what = {};   // for the operator
};

class Wire {
 public:
  using Done = std::function<void(const Answer&)>;
  using Opened = std::function<void(const Crypted&)>;

  explicit Wire(std::function<std::uint64_t()> dice) : dice_(std::move(dice)) {}

  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] std::uint64_t dice() { return dice_(); }
  void at(Time now) { now_ = now; }

  std::uint64_t ask(Request request, Done done);
  /// The same, tried again while the server is down or full: `done` sees an answer of a server that serves.
  void ask_until_served(Request request, Done done);
  void crypt(std::string operation, Json arguments, Opened done);
  /// `done` without a fault when the key lies in the operator's file.
  void keep_recovery(std::string key, Opened done);
  void cancel(std::uint64_t id);
  void cancel_all();
  void wake(Time when, std::function<void()> task);
  void give(Action action) { actions_.push_back(std::move(action)); }
  void log(std::string line) { actions_.emplace_back(Log{std::move(line)}); }

  /// What needs a token waits from now on, until use(). False if it waits already: somebody is about to renew it.
  bool hold() { return !std::exchange(renewing_, true); }
  void use(Session session);
  [[nodiscard]] const Session& session() const { return session_; }
  /// Called when a request came back because of its token, once until use().
  std::function<void(const Answer&)> on_unknown_token;

  [[nodiscard]] bool down() const { return down_; }
  /// True, unless the server is down and was tried a short while ago. While it is down a true is the leave for one request.
  [[nodiscard]] bool may_try();
  /// When may_try() is worth the next call.
  [[nodiscard]] Time try_at() const { return down_ ? next_try_ : now_; }
  /// Until then a message would come back with 429.
  [[nodiscard]] Time full_until() const { return full_until_; }
  void full(std::chrono::milliseconds wait);
  [[nodiscard]] std::size_t limited() const { return limited_; }

  void receive(std::uint64_t id, const Answer& answer);
  void receive(std::uint64_t id, const Crypted& outcome);
  void tick();
  [[nodiscard]] std::optional<Action> next_action();
  [[nodiscard]] std::optional<Time> deadline() const;

 private:
  struct Asked {
    Request request;
    Done done;
    std::string token;  // that it was sent with
  };
  void send(std::uint64_t id, Asked asked);
  void count_outage(bool outage);

  std::function<std::uint64_t()> dice_;
  Time now_{};
  std::uint64_t last_id_ = 0;
  Session session_;
  bool renewing_ = false;
  bool down_ = false;
  unsigned failures_ = 0;
  Time next_try_{};
  Time full_until_{};
  std::size_t limited_ = 0;
  std::map<std::uint64_t, Asked> waiting_;
  std::map<std::uint64_t, Asked> parked_;
  std::map<std::uint64_t, Opened> crypting_;
  std::multimap<Time, std::function<void()>> wakes_;
  std::deque<Action> actions_;
};

}  // namespace nurturer::matrix
