// Encryption as the machine sees it, from memory: keys before words, nothing in clear, words that wait for their key.
#include <catch2/catch.hpp>

#include "engine.hpp"

using namespace nurturer::matrix;
using namespace nurturer::matrix::test;
using Outcome = nurturer::channel::Delivery;
using std::chrono::seconds;

namespace {

const Json algorithm{{"algorithm", "m.megolm.v1.aes-sha2"}};

Json encrypted_room(int members = 2) {
  return {{room, joined({}, {member(self), member(ann), state_event("m.room.encryption", "", algorithm)}, members)}};
}
Json sealed_event(const std::string& id, const std::string& session = "S") {
  return {{"event_id", id},
          {"type", "m.room.encrypted"},
          {"sender", ann},
          {"origin_server_ts", start.time_since_epoch().count()},
          {"content", {{"algorithm", "m.megolm.v1.aes-sha2"}, {"ciphertext", "x"}, {"session_id", session}}}};
}
Crypted opened(const std::string& body) { return {{{"type", "m.room.message"}, {"content", {{"msgtype", "m.text"}, {"body", body}}}}}; }
Crypted locked(const std::string& session = "S") {
  return {{{"reason", "MissingMegolmSession"}, {"withheld", nullptr}, {"session", session}, {"may_come", true}}};
}
std::vector<std::string> operations_of(const SealedHome& home) {
  std::vector<std::string> names;
  for (const Crypt& one : home.crypted) names.push_back(one.operation);
  return names;
}

}  // namespace

TEST_CASE("a line into an encrypted room: members, devices, sessions, the room's key, and only then the sealed words") {
  Engine engine;
  SealedHome home(engine);
  home.first_rooms = encrypted_room();
  home.on("/members", 200, {{"chunk", {member(self), member(ann)}}});
  home.begin();
  home.crypted.clear();
  home.say(line("o1"));
  CHECK(operations_of(home) == std::vector<std::string>{"track", "outgoing", "claim", "share", "encrypt"});
  CHECK(home.crypted[3].arguments["users"] == Json(std::vector<std::string>{ann, self}));
  const Request* sent = home.last("/send/");
  REQUIRE(sent != nullptr);
  CHECK(sent->target.find("/send/m.room.encrypted/o1") != std::string::npos);
  CHECK(sent->body.find("hello") == std::string::npos);
  CHECK(sent->body.find("sealed") != std::string::npos);
  REQUIRE(home.done.size() == 1);
  CHECK(home.done[0].delivery == Outcome::sent);
}

TEST_CASE("what cannot be sealed is not sent, in clear least of all; it is tried again") {
  for (const std::string failing : {"share", "encrypt"}) {
    INFO(failing);
    Engine engine;
    engine.outcomes[failing] = {{}, "no_session", "the room has no key"};
    SealedHome home(engine);
    home.first_rooms = encrypted_room();
    home.on("/members", 200, {{"chunk", {member(self), member(ann)}}});
    home.begin();
    home.say(line("o1"));
    CHECK(home.count("/send/") == 0);
    REQUIRE(home.done.size() == 1);
    CHECK(home.done[0].delivery == Outcome::retry);
  }
}

TEST_CASE("a room whose encryption the server takes back stays encrypted for us") {
  Engine engine;
  engine.outcomes["rooms"] = {Json::array({room})};  // it was encrypted once
  SealedHome home(engine);
  home.on("/members", 200, {{"chunk", {member(self), member(ann)}}});
  home.begin();
  home.say(line("o1"));
  REQUIRE(home.count("/send/") == 1);
  CHECK(home.last("/send/")->target.find("m.room.encrypted") != std::string::npos);
}

TEST_CASE("an algorithm that is not known: nothing is said there") {
  Engine engine;
  SealedHome home(engine);
  home.first_rooms = {{room, joined({}, {member(self), member(ann), state_event("m.room.encryption", "", {{"algorithm", "org.new"}})})}};
  home.begin();
  home.say(line("o1"));
  CHECK(home.count("/send/") == 0);
}

TEST_CASE("the keys of a batch are taken before its words are opened, and its token is stored after both") {
  Engine engine;
  engine.outcomes["decrypt"] = opened("hi there");
  SealedHome home(engine);
  home.first_rooms = encrypted_room();
  home.begin();
  home.crypted.clear();
  home.sync({{room, joined({sealed_event("$1")})}}, {{"to_device", {{"events", {{{"type", "m.room.encrypted"}}}}}}});
  const auto names = operations_of(home);
  const auto at = [&](const char* name) { return std::find(names.begin(), names.end(), name) - names.begin(); };
  CHECK(at("sync") < at("decrypt"));
  CHECK(home.words() == std::vector<std::string>{"hi there"});
}

TEST_CASE("keys that a full disk refuses are not let go by: the batch waits for them") {
  Engine engine;
  SealedHome home(engine);
  home.first_rooms = encrypted_room();
  home.begin();
  engine.outcomes["decrypt"] = opened("hi there");
  engine.outcomes["sync"] = {{}, "store", "the disk is full"};
  home.sync({{room, joined({sealed_event("$1")})}});
  CHECK(home.words().empty());
  CHECK(home.polls.empty());
  engine.outcomes.erase("sync");
  home.pass(seconds{11});
  CHECK(home.words().size() == 1);
  CHECK(home.polls.size() == 1);
}

TEST_CASE("words whose key comes later are heard then, in the order in which they were written") {
  Engine engine;
  SealedHome home(engine);
  home.first_rooms = encrypted_room();
  home.begin();
  engine.outcomes["decrypt"] = locked();
  home.sync({{room, joined({sealed_event("$1"), sealed_event("$2")})}});
  CHECK(home.words().empty());
  engine.outcomes.erase("decrypt");
  engine.outcomes["sync"] = {{{"sessions", {{{"room", room}, {"session", "S"}}}}}};
  int count = 0;
  home.engine = [&](const Crypt& wanted) {
    if (wanted.operation == "decrypt") return opened("word " + std::to_string(++count) + text_at(wanted.arguments, {"event", "event_id"}));
    return engine(wanted);
  };
  home.sync(Json::object());
  CHECK(home.words() == std::vector<std::string>{"word 1$1", "word 2$2"});
}

TEST_CASE("a key that never comes: said once, kindly, and counted with its reason") {
  Engine engine;
  SealedHome home(engine);
  home.first_rooms = encrypted_room();
  home.on("/members", 200, {{"chunk", {member(self), member(ann)}}});
  home.begin();
  engine.outcomes["decrypt"] = locked();
  home.sync({{room, joined({sealed_event("$1"), sealed_event("$2")})}});
  home.pass(seconds{40});
  CHECK(home.words().empty());
  CHECK(home.count("/send/m.room.encrypted/") == 1);
  CHECK(home.count("/send/m.room.message/") == 0);
  CHECK(
      std::any_of(home.log.begin(), home.log.end(), [](const auto& one) { return one.find("MissingMegolmSession") != std::string::npos; }));
}

TEST_CASE("who joins reads from then on, who left does not") {
  Engine engine;
  SealedHome home(engine);
  home.first_rooms = encrypted_room(3);
  home.on("/members", 200, {{"chunk", {member(self), member(ann)}}});
  home.begin();
  const auto say = [&home](const std::string& id) {
    auto out = line(id);
    out.private_ = false;
    out.room_kind = nurturer::channel::RoomKind::group;
    home.say(out);
  };
  say("o1");
  const auto readers = [&home] {
    const auto last = std::find_if(home.crypted.rbegin(), home.crypted.rend(), [](const Crypt& one) { return one.operation == "share"; });
    return last->arguments["users"];
  };
  home.sync({{room, joined({member("@bea:a.org")}, {}, 3)}});
  say("o2");
  CHECK(readers() == Json(std::vector<std::string>{ann, "@bea:a.org", self}));
  home.sync({{room, joined({member("@bea:a.org", "leave")}, {}, 3)}});
  say("o3");
  CHECK(readers() == Json(std::vector<std::string>{ann, self}));
  CHECK(home.count("/members") == 1);
}
