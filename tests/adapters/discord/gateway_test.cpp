// The gateway's life as its documentation tells it, and what goes wrong on it.
#include <catch2/catch.hpp>

#include <chrono>

#include "shard.hpp"

using namespace nurturer::discord;
using nurturer::discord::test::Shard;
using namespace std::chrono_literals;
using State = Gateway::State;

TEST_CASE("it dials, identifies without privileged intents, and is ready") {
  Shard shard;
  REQUIRE(shard.all<Gateway::Dial>().front().url == "wss://gateway.example/?v=10&encoding=json");
  shard.opened();
  CHECK(shard.gateway.state() == State::hello);
  CHECK(shard.sent(2).empty());
  shard.hear(10, {{"heartbeat_interval", 41'250}});
  REQUIRE(shard.sent(2).size() == 1);
  const Json identify = shard.sent(2).front();
  CHECK(identify["token"] == "the-token");
  CHECK(identify["intents"] == 4609);
  CHECK(identify["shard"] == Json::array({0, 1}));
  shard.make_ready();
  CHECK(shard.gateway.state() == State::ready);
  CHECK(shard.gateway.session()->id == "s1");
  REQUIRE(shard.all<Gateway::Dispatch>().size() == 1);
}

TEST_CASE("heartbeats: the first one within an interval by chance, then every interval, with the last sequence") {
  Shard shard;
  shard.opened();
  shard.hear(10, {{"heartbeat_interval", 1'000}});
  CHECK(shard.sent(1).empty());
  shard.make_ready(7);
  shard.pass(1s);
  REQUIRE(shard.sent(1).size() == 1);
  CHECK(shard.sent(1).front() == 7);
  for (int beat = 2; beat < 20; ++beat) {
    shard.hear(11, nullptr);
    shard.pass(1s);
    CHECK(shard.sent(1).size() == static_cast<std::size_t>(beat));
  }
  CHECK(shard.dials() == 1);
}

TEST_CASE("a heartbeat that Discord asks for is sent at once, and not instead of the next") {
  Shard shard;
  shard.connect(10'000);
  shard.make_ready();
  const auto before = shard.sent(1).size();
  shard.hear(1, nullptr);
  CHECK(shard.sent(1).size() == before + 1);
  shard.pass(10s);
  CHECK(shard.sent(1).size() == before + 2);
}

TEST_CASE("heartbeats before the first event carry null") {
  Shard shard;
  shard.connect(1'000);
  shard.pass(1s);
  REQUIRE(shard.sent(1).size() == 1);
  CHECK(shard.sent(1).front().is_null());
}

TEST_CASE("heartbeats that are not answered: closed with a code that keeps the session, resumed within two intervals") {
  Shard shard;
  shard.connect(1'000);
  shard.make_ready(3);
  shard.pass(1s);
  shard.hear(11, nullptr);
  const auto stopped = shard.at;
  shard.event("MESSAGE_CREATE", 4, {});
  while (shard.dials() < 2 && shard.at - stopped < 5s) shard.pass(10ms);
  CHECK(shard.at - stopped <= 2s + 700ms);
  REQUIRE(shard.all<Gateway::Close>().size() == 1);
  CHECK(shard.all<Gateway::Close>().front().code == 4000);
  CHECK(shard.all<Gateway::Dial>().back().url.starts_with("wss://resume.example/?v=10"));
  shard.opened();
  shard.hear(10, {{"heartbeat_interval", 1'000}});
  REQUIRE(shard.sent(6).size() == 1);
  CHECK(shard.sent(6).front() == Json{{"token", "the-token"}, {"session_id", "s1"}, {"seq", 4}});
  shard.event("MESSAGE_CREATE", 5, {});
  shard.event("RESUMED", 6, {});
  CHECK(shard.gateway.state() == State::ready);
  CHECK(shard.sent(2).size() == 1);  // the first one alone
}

TEST_CASE("every state before ready has a deadline") {
  Shard shard;
  const auto check = [&](const char* where) {
    INFO(where);
    const auto dials = shard.dials();
    shard.pass(20s);
    CHECK(shard.gateway.state() == State::waiting);
    for (int n = 0; n < 10 && shard.gateway.state() == State::waiting; ++n) shard.pass(1s);
    CHECK(shard.dials() == dials + 1);
  };
  check("no connection");
  shard.opened();
  check("no HELLO");
  shard.opened();
  shard.hear(10, {{"heartbeat_interval", 600'000}});
  check("no READY");
  shard.opened();
  shard.hear(10, {{"heartbeat_interval", 600'000}});
  shard.make_ready();
  shard.hear(7, nullptr);
  shard.connect(600'000);
  CHECK(shard.gateway.state() == State::resuming);
  check("no RESUMED");
}

TEST_CASE("a replay that takes long is waited for as long as it goes on") {
  Shard shard(Session{"s1", "wss://resume.example", 10});
  shard.connect(600'000);
  for (int n = 0; n < 10; ++n) {
    shard.pass(15s);
    shard.event("MESSAGE_CREATE", 11 + n, {});
  }
  CHECK(shard.gateway.state() == State::resuming);
  CHECK(shard.dials() == 1);
}

TEST_CASE("op 7: resumed at once, also when it comes before HELLO") {
  Shard shard(Session{"s1", "wss://resume.example", 10});
  shard.opened();
  shard.hear(7, nullptr);
  CHECK(shard.all<Gateway::Close>().front().code == 4000);
  shard.pass(1s);
  CHECK(shard.dials() == 2);
  shard.opened();
  shard.hear(10, {{"heartbeat_interval", 1'000}});
  CHECK(shard.sent(6).size() == 1);
  shard.event("RESUMED", 11, {});
  shard.hear(7, nullptr);
  shard.pass(3s);
  CHECK(shard.dials() == 3);
}

TEST_CASE("op 9 false: a new session, after one to five seconds, on a new connection") {
  Shard shard(Session{"s1", "wss://resume.example", 10});
  shard.connect();
  REQUIRE(shard.sent(6).size() == 1);
  shard.hear(9, false);
  CHECK_FALSE(shard.gateway.session());
  shard.pass(990ms);
  CHECK(shard.dials() == 1);
  shard.pass(4'100ms);
  REQUIRE(shard.dials() == 2);
  CHECK(shard.all<Gateway::Dial>().back().url.starts_with("wss://gateway.example/"));
  shard.opened();
  shard.hear(10, {{"heartbeat_interval", 1'000}});
  CHECK(shard.sent(2).size() == 1);
}

TEST_CASE("op 9 true: the session is kept") {
  Shard shard(Session{"s1", "wss://resume.example", 10});
  shard.connect();
  shard.hear(9, true);
  shard.connect();
  CHECK(shard.sent(6).size() == 2);
  CHECK(shard.sent(2).empty());
}

TEST_CASE("a session that cannot be resumed three times is given up") {
  Shard shard(Session{"s1", "wss://resume.example", 10});
  for (int n = 0; n < 3; ++n) {
    shard.connect();
    REQUIRE(shard.sent(6).size() == static_cast<std::size_t>(n + 1));
    shard.lost(1006);
  }
  shard.connect();
  CHECK(shard.sent(2).size() == 1);
}

TEST_CASE("refused connections do not cost the session, and are not dialed in a storm: at most 12 in 90 s") {
  Shard shard(Session{"s1", "wss://resume.example", 10});
  const auto begin = shard.at;
  while (shard.at - begin < 90s) {
    if (shard.gateway.state() == State::dialing) shard.lost(1006);
    shard.pass(50ms);
  }
  CHECK(shard.dials() <= 12);
  CHECK(shard.dials() >= 6);
  REQUIRE(shard.gateway.session());
  shard.connect();
  CHECK(shard.sent(6).size() == 1);
}

TEST_CASE("a connection that is closed again and again is dialed ever more slowly") {
  Shard shard(Session{"s1", "wss://resume.example", 10});
  const auto begin = shard.at;
  while (shard.at - begin < 90s) {
    if (shard.gateway.state() == State::dialing) {
      shard.opened();
      shard.hear(10, {{"heartbeat_interval", 45'000}});
      shard.event("RESUMED", 11, {});
      shard.lost(4002);
    }
    shard.pass(50ms);
  }
  CHECK(shard.dials() <= 12);
}

TEST_CASE("after a minute of peace the next dial is a quick one again") {
  Shard shard;
  for (int n = 0; n < 4; ++n) {
    shard.pass(19s);
    if (shard.gateway.state() == State::dialing) shard.lost(1006);
  }
  shard.connect();
  shard.make_ready();
  for (int n = 0; n < 70; ++n) shard.pass(1s), shard.hear(11, nullptr);
  const auto dials = shard.dials();
  shard.lost(1006);
  shard.pass(700ms);
  CHECK(shard.dials() == dials + 1);
}

TEST_CASE("what follows from each close code") {
  struct Row {
    int code;
    const char* then;
  };
  const auto row = GENERATE(values<Row>({{4000, "resume"},
                                         {4001, "resume"},
                                         {4002, "resume"},
                                         {4003, "identify"},
                                         {4004, "end"},
                                         {4005, "identify"},
                                         {4006, "resume"},  // in no list of Discord's any more: as every unknown one
                                         {4007, "identify"},
                                         {4008, "identify"},
                                         {4009, "identify"},
                                         {4010, "end"},
                                         {4011, "end"},
                                         {4012, "end"},
                                         {4013, "end"},
                                         {4014, "end"},
                                         {4999, "resume"},
                                         {1000, "resume"},
                                         {1001, "resume"},
                                         {1006, "resume"}}));
  INFO(row.code);
  Shard shard;
  shard.connect();
  shard.make_ready();
  shard.lost(row.code);
  if (row.then == std::string("end")) {
    REQUIRE(shard.all<Gateway::End>().size() == 1);
    shard.pass(10min);
    CHECK(shard.dials() == 1);
    return;
  }
  CHECK(shard.all<Gateway::End>().empty());
  shard.connect();
  CHECK(shard.dials() == 2);
  CHECK(shard.sent(6).size() == (row.then == std::string("resume") ? 1 : 0));
  CHECK(shard.sent(2).size() == (row.then == std::string("resume") ? 1 : 2));
}

TEST_CASE("what ends for good says why, which setting, and where in the portal") {
  using Kind = nurturer::channel::Failure::Kind;
  CHECK(close_code(4004).kind == Kind::credentials);
  CHECK(close_code(4004).sentence.find("token_file") != std::string_view::npos);
  CHECK(close_code(4014).kind == Kind::configuration);
  CHECK(close_code(4014).sentence.find("message_content = false") != std::string_view::npos);
  CHECK(close_code(4014).sentence.find("Privileged Gateway Intents") != std::string_view::npos);
  CHECK(close_code(4010).kind == Kind::configuration);
  CHECK(close_code(4011).sentence.find("shards = \"auto\"") != std::string_view::npos);
  CHECK(close_code(4012).kind == Kind::configuration);
  CHECK(close_code(4013).kind == Kind::internal);
}

TEST_CASE("what is new to us, missing or null is passed over") {
  Shard shard;
  shard.connect();
  shard.make_ready();
  shard.hear(R"({"op":99,"d":{"x":1}})");
  shard.hear(R"({"d":null})");
  shard.hear(R"({"op":0,"t":null,"s":null,"d":null})");
  shard.hear(R"({"op":0,"t":"NEVER_HEARD_OF","s":5,"d":[1,2,3],"more":{}})");
  shard.hear(R"({"op":10,"d":{"heartbeat_interval":5}})");
  CHECK(shard.dials() == 1);
  CHECK(shard.gateway.state() == State::ready);
  CHECK(shard.gateway.session()->sequence == 5);
}

TEST_CASE("several messages may come in one frame") {
  Shard shard;
  shard.opened();
  shard.hear(R"({"op":10,"d":{"heartbeat_interval":1000,"_trace":["{\"a\": \"}"]}}{"op":11} {"op":1})");
  CHECK(shard.sent(2).size() == 1);
  CHECK(shard.sent(1).size() == 1);
  CHECK(shard.all<Gateway::Close>().empty());
}

TEST_CASE("what is no JSON, or nests without end, costs the connection and nothing else") {
  for (const std::string& bad : {std::string("{"), std::string("[]"), std::string("\xFF"), std::string(), std::string("{}}"),
                                 std::string("{}{\""), "{\"op\":0,\"d\":" + std::string(5'000, '[') + std::string(5'000, ']') + "}"}) {
    Shard shard;
    shard.connect();
    shard.make_ready();
    shard.hear(bad);
    CHECK(shard.all<Gateway::Close>().size() == 1);
    CHECK(shard.gateway.session());
  }
}

TEST_CASE("a flood of requests for heartbeats stays below 120 sends a minute, and our own come through") {
  Shard shard;
  shard.connect(5'000);
  shard.make_ready();
  for (int n = 0; n < 1'000; ++n) shard.hear(1, nullptr);
  const auto before = shard.all<Gateway::Send>().size();
  CHECK(before <= 115);
  shard.pass(5s);
  CHECK(shard.all<Gateway::Send>().size() == before + 1);
  CHECK(shard.gateway.state() == State::ready);
}

TEST_CASE("leaving keeps the session for the next process") {
  Shard shard;
  shard.connect();
  shard.make_ready();
  shard.gateway.leave();
  const auto action = shard.gateway.next_action();
  REQUIRE(action);
  CHECK(std::get<Gateway::Close>(*action).code == 4000);
  CHECK(shard.gateway.session()->id == "s1");
  shard.pass(1h);
  CHECK(shard.dials() == 1);
}

TEST_CASE("READY without a session is no session") {
  Shard shard;
  shard.connect();
  shard.event("READY", 1, {{"user", {{"id", "1"}}}});
  CHECK(shard.gateway.state() == State::waiting);
  CHECK_FALSE(shard.gateway.session());
}
