#pragma once
// Which messages an Outgoing became, for a day: they may be removed, and a reply to one of them is a reply to it.

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "adapters/discord/moment.hpp"
#include "adapters/discord/requests.hpp"

namespace nurturer::discord {

class Sent {
 public:
  struct Message {
    std::string channel, id;
    Answerable interaction;  // of an answer to one: it is removed by that
  };

  void add(const std::string& outbox_id, Message message, Instant now);
  [[nodiscard]] std::vector<Message> take(const std::string& outbox_id);
  /// The Outgoing that a message is of; empty: none known.
  [[nodiscard]] std::string outbox_id(const std::string& message) const;

 private:
  std::map<std::string, std::vector<Message>> by_outbox_id_;
  std::map<std::string, std::string> by_message_;
  std::deque<std::pair<Instant, std::string>> age_;
};

}  // namespace nurturer::discord
