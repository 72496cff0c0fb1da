#pragma once
// Verification by emoji with the owners whom the operator named (`owners` in [matrix]); strangers are refused. The emoji go to the operator's
// log; the owner compares them with their screen, and when they have said there that they are the same, so do we.
// https://spec.matrix.org/v1.16/client-server-api/#short-authentication-string-sas-verification

#include <set>

#include "adapters/matrix/key_traffic.hpp"
#include "adapters/matrix/session.hpp"

namespace nurturer::matrix {

class Verifying {
 public:
  /// All must outlive it.
  Verifying(const Settings& settings, Wire& wire, KeyTraffic& traffic);

  /// Before the first batch: the devices of owners must be known when they ask.
  void start();
  /// An event of a room belongs to a verification.
  [[nodiscard]] static bool is_about(const std::string& type, const Json& content);
  /// Such an event, opened, as the specification writes it.
  void hear(const Json& event);
  /// Does what is next; after each batch that brought something to this device.
  void step();

  /// Sends a content into a room as its encryption wants it, under a transaction id of its own.
  std::function<void(const std::string& room, const std::string& type, const std::string& transaction, const Json& content,
                     KeyTraffic::Done done)>
      send_into_room;

 private:
  void take(const Json& steps);
  void tell(const Json& news);
  void carry(const Json& request);

  const Settings& settings_;
  Wire& wire_;
  KeyTraffic& traffic_;
  Time told_strangers_{};
  std::set<std::string> carried_;  // ids of what is on its way into rooms
};

}  // namespace nurturer::matrix
