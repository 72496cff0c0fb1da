// Verification by emoji, from memory: what goes to the engine, what into rooms sealed, and what the operator reads. The engine's own part is
// tested with a strict client (tests/matrix/strict_test.py).
#include <catch2/catch.hpp>

#include "engine.hpp"

using namespace nurturer::matrix;
using namespace nurturer::matrix::test;
using std::chrono::minutes;

namespace {

const std::string me = "@me:a.org";

Settings owned() {
  Settings made = sealed_settings();
  made.owners = {me};
  return made;
}
Json encrypted_room() {
  return {{room, joined({}, {member(self), member(me), state_event("m.room.encryption", "", {{"algorithm", "m.megolm.v1.aes-sha2"}})})}};
}
Json asks(const std::string& who = me) {
  return message("$v", "asks", {{"msgtype", "m.key.verification.request"}, {"methods", {"m.sas.v1"}}, {"to", self}, {"from_device", "X"}},
                 who);
}
Json into_room(const std::string& id) {
  return {{"id", id},        {"type", "room_message"},
          {"room", room},    {"event_type", "m.key.verification.ready"},
          {"txn", "t" + id}, {"body", {{"methods", {"m.sas.v1"}}}}};
}
const Json* arguments_of(const SealedHome& home, const std::string& name) {
  const auto found = std::find_if(home.crypted.begin(), home.crypted.end(), [&](const Crypt& one) { return one.operation == name; });
  return found == home.crypted.end() ? nullptr : &found->arguments;
}
std::size_t lines_with(const SealedHome& home, const std::string& part) {
  return static_cast<std::size_t>(
      std::count_if(home.log.begin(), home.log.end(), [&](const std::string& line) { return line.find(part) != std::string::npos; }));
}

}  // namespace

TEST_CASE("devices of owners are known before they ask") {
  Engine engine;
  SealedHome home(engine, owned());
  home.begin();
  const auto tracked = std::count_if(home.crypted.begin(), home.crypted.end(), [](const Crypt& one) {
    return one.operation == "track" && one.arguments["users"] == Json(std::vector<std::string>{me});
  });
  CHECK(tracked == 1);
}

TEST_CASE("a request in a room goes to the engine with the owners, is not taken for words, and the answer goes back sealed, once") {
  Engine engine;
  SealedHome home(engine, owned());
  home.first_rooms = encrypted_room();
  home.on("/members", 200, {{"chunk", {member(self), member(me)}}});
  home.begin();
  engine.steps.push_back({{"requests", Json::array({into_room("1")})}, {"news", Json::array()}});
  engine.outgoing = {into_room("1")};  // the engine names it until it is told
  home.sync({{room, joined({asks()})}});
  CHECK(home.words().empty());
  const Json* heard = arguments_of(home, "verification_event");
  REQUIRE(heard != nullptr);
  CHECK((*heard)["event"]["room_id"] == room);
  CHECK((*heard)["event"]["sender"] == me);
  CHECK((*arguments_of(home, "verify"))["owners"] == Json(std::vector<std::string>{me}));
  CHECK(home.count("/send/m.room.encrypted/t1") == 1);
  CHECK(home.count("/send/m.key.verification") == 0);
  CHECK(engine.outgoing.empty());
}

TEST_CASE("in a room without encryption it goes as it is") {
  Engine engine;
  SealedHome home(engine, owned());
  home.first_rooms = {{room, joined({}, {member(self), member(me)})}};
  home.begin();
  engine.steps.push_back({{"requests", Json::array({into_room("1")})}, {"news", Json::array()}});
  home.sync({{room, joined({asks()})}});
  CHECK(home.count("/send/m.key.verification.ready/t1") == 1);
}

TEST_CASE("ordinary words and our own events are none of a verification's") {
  Engine engine;
  SealedHome home(engine, owned());
  home.begin();
  home.sync({{room, joined({message("$1", "hello"), asks(self)})}});
  CHECK(home.operations("verification_event") == 0);
  CHECK(home.words().size() == 1);
}

TEST_CASE("the operator reads the emoji, the end, and of strangers once in a while") {
  Engine engine;
  SealedHome home(engine, owned());
  home.begin();
  const auto news = [&](const Json& one) {
    engine.steps.push_back({{"requests", Json::array()}, {"news", Json::array({one})}});
    home.sync({{room, joined({asks()})}});
  };
  news({{"flow", "$v"}, {"is", "emoji"}, {"emoji", {"\u2693 Anchor", "\U0001F415 Dog"}}});
  CHECK(lines_with(home, "\u2693 Anchor, \U0001F415 Dog") == 1);
  news({{"flow", "$v"}, {"is", "done"}});
  CHECK(lines_with(home, "has verified this device") == 1);
  for (int i = 0; i < 5; ++i) news({{"flow", "$v"}, {"is", "stranger"}});
  CHECK(lines_with(home, "not among the owners") == 1);
  home.pass(minutes{11});
  news({{"flow", "$v"}, {"is", "stranger"}});
  CHECK(lines_with(home, "not among the owners") == 2);
  for (const std::string& line : home.log) CHECK(line.find(me) == std::string::npos);
}

TEST_CASE("a server that refuses the answer does not keep it from the next try") {
  Engine engine;
  SealedHome home(engine, owned());
  home.begin();
  home.on("/send/m.key", 403, {{"errcode", "M_FORBIDDEN"}});
  engine.steps.push_back({{"requests", Json::array({into_room("1")})}, {"news", Json::array()}});
  home.sync({{room, joined({asks()})}});
  engine.steps.push_back({{"requests", Json::array({into_room("1")})}, {"news", Json::array()}});
  home.sync({{room, joined({asks()})}});
  CHECK(home.count("/send/m.key") == 2);
}
