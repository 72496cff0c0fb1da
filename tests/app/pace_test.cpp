// What counts towards the limits, and how a minute passes.
#include "app/pace.hpp"

#include <catch2/catch.hpp>

using namespace nurturer;
using app::Paces;
using channel::Incoming;
using Pace = app::Bot::Pace;

namespace {

const channel::Time start{std::chrono::hours{1}};

Incoming message(const std::string& from, const std::string& room = {}) {
  Incoming incoming;
  incoming.from = from;
  incoming.room = room.empty() ? "dm " + from : room;
  incoming.room_kind = room.empty() ? channel::RoomKind::direct : channel::RoomKind::group;
  return incoming;
}

}  // namespace

TEST_CASE("a person has so many messages a minute, then one line, then none") {
  Paces paces({.person_per_minute = 5, .room_per_minute = 100});
  for (int i = 0; i < 5; ++i) CHECK(paces.count("matrix", message("ann"), start) == Pace::within);
  CHECK(paces.count("matrix", message("ann"), start) == Pace::first_above);
  CHECK(paces.count("matrix", message("ann", "team"), start) == Pace::above);
  CHECK(paces.count("discord", message("ann"), start) == Pace::within);
  CHECK(paces.count("matrix", message("ben"), start) == Pace::within);
  CHECK(paces.count("matrix", message("ann"), start + std::chrono::seconds{59}) == Pace::above);
  CHECK(paces.count("matrix", message("ann"), start + std::chrono::seconds{60}) == Pace::within);
}

TEST_CASE("a room has its own limit, and only what is addressed counts") {
  Paces paces({.person_per_minute = 100, .room_per_minute = 5});
  Incoming chatter = message("ann", "team");
  chatter.mention = false;
  for (int i = 0; i < 50; ++i) CHECK(paces.count("matrix", chatter, start) == Pace::within);
  for (int i = 0; i < 5; ++i) CHECK(paces.count("matrix", message("p" + std::to_string(i), "team"), start) == Pace::within);
  CHECK(paces.count("matrix", message("eve", "team"), start) == Pace::first_above);
  Incoming press = message("fay", "team");
  press.kind = Incoming::Kind::press;
  press.mention = false;
  CHECK(paces.count("matrix", press, start) == Pace::above);
  CHECK(paces.count("matrix", chatter, start) == Pace::within);
  CHECK(paces.count("matrix", message("eve", "other"), start) == Pace::within);
}
