#pragma once
// One message on its way through the bot, for bot*.cpp alone.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/bot.hpp"

namespace nurturer::app {

struct Bot::Here {
  const std::string& channel_name;
  const channel::Capabilities& can;
  const channel::Incoming& incoming;
  channel::Time now;
  store::PersonId person;
  std::string room;       // of the talk that answers: a crisis in a group is answered in the private one
  std::string left_room;  // then the group's talk, which ends
  bool broken = false;    // the store failed in this turn
  dialogue::Event event;
  understanding::Reading reading;  // of the message alone; what it means in its talk is turn.reading
  dialogue::Turn turn;
  bool forgets = false;
  std::vector<channel::Outgoing> out;
  std::optional<dialogue::Room> in;                                   // the room that the message is about, as it was before
  std::vector<std::pair<store::PersonId, dialogue::Talk>> whispered;  // private talks in which something was opened
};

}  // namespace nurturer::app
