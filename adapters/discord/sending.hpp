#pragma once
// An Outgoing on its way.

#include <string>
#include <vector>

#include "adapters/discord/client.hpp"

namespace nurturer::discord {

struct Client::Sending {
  channel::Outgoing out;
  std::vector<Body> pieces;
  std::size_t next = 0;  // the piece that is to be sent
  std::string channel;   // where it goes; empty: not known yet
  std::size_t removing = 0;
};

}  // namespace nurturer::discord
