#pragma once
// What the adapter keeps over restarts, in the cursor that the service stores with each turn (sealed): where the gateway's sessions
// stand, which channels to look into after an outage, interactions that wait for their answer, how often it identified.

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/discord/gateway.hpp"
#include "adapters/discord/requests.hpp"

namespace nurturer::discord {

/// A private chat, or a channel in which the companion was spoken to.
struct Watched {
  std::string channel;
  std::string user;  // of a private chat; empty: a server's channel
  std::string last;  // id of the last message that was handed over
};

/// An interaction that is not answered to its end.
struct Open {
  enum class State { fresh, answering, deferring, shown, gone };
  Answerable to;
  std::string user;
  bool hidden = false;   // only the person may see the answer
  bool pressed = false;  // a button or menu: its message stands there, and is the first answer's place no more
  bool noted = false;    // Discord was told that the press was heard; what is answered comes as a message of its own
  State state = State::fresh;
  bool deferred = false;  // Discord shows that an answer is being thought of
  Instant defer_at{};     // when it must be told that the answer comes later
  Body shown;             // what stands in the answer
};

class Memory {
 public:
  /// What cannot be read is as if there was none.
  void load(const std::string& cursor, const Moment& moment);
  [[nodiscard]] std::string save(const std::vector<std::optional<Session>>& sessions, const IdentifyGate& gate) const;

  /// Notes that a message was handed over; the channels last spoken in are kept.
  void heard(const std::string& channel, const std::string& user, const std::string& message);
  [[nodiscard]] std::string private_channel(const std::string& user) const;
  void set_private_channel(const std::string& user, const std::string& channel);

  std::vector<std::optional<Session>> sessions;  // as loaded
  Json identifies;                               // as loaded
  std::string us, application, commands;         // ids, and the fingerprint of what is registered
  std::map<std::string, Open> open;              // by interaction
  std::deque<Watched> watched;                   // the latest last
  /// People to whom something in private could not be delivered, and who were not told so yet.
  std::set<std::string> owed;
  void owe(const std::string& user);

 private:
  std::map<std::string, std::string> private_channels_;  // by user
};

}  // namespace nurturer::discord
