#pragma once
// What the encryption engine wants of the homeserver: its requests are sent one after the other, and it is told what came of them.

#include <deque>
#include <memory>

#include "adapters/matrix/wire.hpp"

namespace nurturer::matrix {

class KeyTraffic {
 public:
  /// Given the answer of the last request, or the first that was not taken (status 0: the engine itself failed).
  using Done = std::function<void(const Answer&)>;

  /// `wire` must outlive it.
  explicit KeyTraffic(Wire& wire) : wire_(wire) {}

  /// The server has other one-time keys under our names: the store is an old copy. Nothing should be sent any more.
  std::function<void()> on_stale_store;

  /// A message of the engine's own into a room (of a verification): sent apart from all others, since to seal it they are needed.
  std::function<void(const Json& request)> on_room_message;

  /// A request as the engine names it (crypto/src/wire.rs).
  void send(const Json& request, Done done);
  /// A list of them, in order.
  void send_all(const Json& requests, Done done);
  /// All that the engine has waiting at the time of the call.
  void drain(Done done);
  /// Fetches what is needed to speak to all devices of `users`, and to such as went out of step.
  void claim(std::vector<std::string> users, Done done);

  [[nodiscard]] static Request request_of(const Json& request);
  [[nodiscard]] static Answer failed(const Crypted& outcome) { return {.fault = outcome.what}; }

 private:
  void send_from(const std::shared_ptr<Json>& requests, std::size_t index, const Done& done);
  void pass(int rounds);
  void passed(const Answer& answer);
  void next_claim();
  void claimed(const Answer& answer);

  Wire& wire_;
  std::vector<Done> draining_, waiting_;
  bool busy_ = false;
  std::deque<std::pair<std::vector<std::string>, Done>> claims_;
  bool claiming_ = false;
};

}  // namespace nurturer::matrix
