// The machine against a homeserver in memory: what it sends, and what goes wrong with that.
#include <catch2/catch.hpp>

#include "adapters/keycap.hpp"
#include "home.hpp"

using namespace nurturer::matrix;
using namespace nurturer::matrix::test;
using Outcome = nurturer::channel::Delivery;
using nurturer::channel::Incoming;
using nurturer::channel::Outgoing;
using nurturer::channel::RoomKind;
using std::chrono::seconds;

TEST_CASE("A line goes out under its own id and is acknowledged once") {
  Home home;
  home.begin();
  home.say(line("o1"));
  CHECK(home.last("/send/")->target == "/_matrix/client/v3/rooms/%21r%3Aa.org/send/m.room.message/o1");
  REQUIRE(home.done.size() == 1);
  CHECK(home.done[0].id == "o1");
  CHECK(home.done[0].delivery == Outcome::sent);
}

TEST_CASE("A 429 closes the way until it says; nothing goes out before") {
  Home home;
  home.begin();
  home.on("/send/", [](const Request&) {
    return Answer{.status = 429, .body = R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":99})", .retry_after = seconds{5}};
  });
  home.say(line("o1"));
  REQUIRE(home.done.size() == 1);
  CHECK(home.done[0].delivery == Outcome::retry);
  CHECK(home.done[0].retry_at >= home.now + seconds{5});
  home.say(line("o2"));
  CHECK(home.done[1].retry_at >= home.now + seconds{5});
  CHECK(home.count("/send/") == 1);
}

TEST_CASE("A server that is down is asked at growing distances, by one at a time") {
  Home home;
  home.on("/send/", [](const Request&) { return Answer{.fault = "refused"}; });
  home.begin();
  home.on("&since=", [](const Request&) { return Answer{.fault = "refused"}; });
  home.answer_poll({.fault = "refused"});
  const std::size_t before = home.requests.size();
  for (int second = 0; second < 60; ++second) {
    for (int i = 0; i < 5; ++i) home.say(line("o" + std::to_string(i)));
    home.pass(seconds{1});
  }
  CHECK(home.requests.size() - before <= 40);
  CHECK(home.requests.size() - before >= 4);
  CHECK(std::all_of(home.done.begin(), home.done.end(), [](const auto& one) { return one.delivery == Outcome::retry; }));
  CHECK(home.log.size() == 1);
}

TEST_CASE("A page of a proxy is no answer, whatever its status") {
  for (const int status : {200, 403, 502}) {
    Home home;
    home.begin();
    home.answer_poll({.status = status, .body = "<html>no</html>"});
    CHECK(home.failures.empty());
    CHECK(home.polls.empty());
    home.pass(seconds{20});
    CHECK(home.polls.size() == 1);
  }
}

TEST_CASE("What is too large is cut; what is forbidden is given up") {
  Home home;
  home.begin();
  home.on("/send/", [](const Request& request) -> std::optional<Answer> {
    if (request.body.size() > 2'000) return Answer{.status = 413, .body = R"({"errcode":"M_TOO_LARGE"})"};
    return Answer{.status = 200, .body = R"({"event_id":"$x"})"};
  });
  std::string text;
  while (text.size() < 5'000) text += "Some words. ";
  home.say(line("o1", text));
  REQUIRE(home.done.size() == 1);
  CHECK(home.done[0].delivery == Outcome::sent);
  CHECK(home.count("/send/") > 4);

  Home closed;
  closed.begin();
  closed.on("/send/", 403, {{"errcode", "M_FORBIDDEN"}});
  closed.on("/createRoom", 403, {{"errcode", "M_FORBIDDEN"}});
  closed.say(line("o1"));
  REQUIRE(closed.done.size() == 1);
  CHECK(closed.done[0].delivery == Outcome::never);
}

TEST_CASE("A private line of a group opens a private chat, remembers it, and never writes there in clear if it is encrypted") {
  for (const bool encrypted : {false, true}) {
    Home home;
    home.first_rooms = {{room, joined({}, {member(self), member(ann)}, 3)}};
    home.on("/createRoom", 200, {{"room_id", "!new:a.org"}});
    if (encrypted)
      home.on("/state/m.room.encryption", 200, {{"algorithm", "m.megolm.v1.aes-sha2"}});
    else
      home.on("/state/m.room.encryption", 404, {{"errcode", "M_NOT_FOUND"}});
    home.begin();
    Outgoing out = line("o1");
    out.room_kind = RoomKind::group;
    home.say(out);
    out.id = "o2";
    if (!encrypted) home.say(out);
    CHECK(home.count("/createRoom") == 1);
    CHECK(home.last("/createRoom")->body.find(ann) != std::string::npos);
    CHECK(home.count("/account_data/m.direct") == 1);
    CHECK(home.count("/send/") == (encrypted ? 0 : 2));
    CHECK(home.count("rooms/%21r%3Aa.org/send/") == 0);
    CHECK(home.done.front().delivery == (encrypted ? Outcome::never : Outcome::sent));
  }
}

TEST_CASE("In an encrypted room it says once why it cannot read, and nothing else goes there") {
  Home home;
  home.begin();
  const Json encrypted{{"event_id", "$e"},
                       {"type", "m.room.encrypted"},
                       {"sender", ann},
                       {"origin_server_ts", 2'000'000},
                       {"content", {{"ciphertext", "x"}}}};
  home.sync({{room, joined({state_event("m.room.encryption", "", {{"algorithm", "x"}}), encrypted})}});
  home.sync({{room, joined({encrypted})}});
  CHECK(home.count("/send/") == 1);
  CHECK(home.count("account_data/nurturer.told_encrypted") == 1);
  home.on("/createRoom", 403, {{"errcode", "M_FORBIDDEN"}});
  home.say(line("o1"));
  CHECK(home.count("/send/") == 1);
  CHECK(home.done.back().delivery == Outcome::never);
}

TEST_CASE("A reaction presses a choice by its place; also on a line of an earlier process") {
  Home home;
  home.begin();
  Outgoing out = line("o1");
  out.choices = {{"a.1", "one"}, {"a.2", "two"}};
  home.say(out);
  CHECK(home.count("/send/m.reaction/") == 2);
  const auto reaction = [](const std::string& id, const std::string& on, const std::string& key) {
    return Json{{"event_id", id},
                {"type", "m.reaction"},
                {"sender", ann},
                {"origin_server_ts", start.time_since_epoch().count()},
                {"content", {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", on}, {"key", key}}}}}};
  };
  home.sync({{room, joined({reaction("$1", "$b1", nurturer::channel::key_of_place(1)),
                            reaction("$2", "$b1", nurturer::channel::key_of_place(2)), reaction("$3", "$b1", "x")})}});
  REQUIRE(home.heard.size() == 3);
  CHECK(home.heard[1].kind == Incoming::Kind::reaction);
  CHECK(home.heard[2].kind == Incoming::Kind::reaction);
  CHECK(home.heard[0].kind == Incoming::Kind::press);
  CHECK(home.heard[0].press == "a.2");
  CHECK(home.heard[0].reply_to == "o1");
  home.on("/event/%24old", [](const Request&) {
    Json event = message("$old", "x", {{"nurturer", {{"line", "o0"}, {"choices", {"z.1"}}}}}, self);
    return Answer{.status = 200, .body = event.dump()};
  });
  home.sync({{room, joined({reaction("$4", "$old", "1")})}});
  REQUIRE(home.heard.size() == 4);
  CHECK(home.heard[3].press == "z.1");
}

TEST_CASE(
    "A quiet sign under somebody's message goes out once, is done when it stands there already, and is given up where it may not be") {
  for (const auto& [status, code, delivery] : {std::tuple{200, "", Outcome::sent}, std::tuple{400, "M_DUPLICATE_ANNOTATION", Outcome::sent},
                                               std::tuple{403, "M_FORBIDDEN", Outcome::never}}) {
    Home home;
    home.begin();
    Json sent;
    home.on("/send/m.reaction/", [&, status = status, code = std::string(code)](const Request& request) -> std::optional<Answer> {
      CHECK(request.target.ends_with("/send/m.reaction/o1"));
      sent = Json::parse(request.body);
      return Answer{.status = status, .body = code.empty() ? R"({"event_id": "$r"})" : Json{{"errcode", code}}.dump()};
    });
    Outgoing sign = line("o1", "\xF0\x9F\x8C\xBF");
    sign.kind = Outgoing::Kind::react;
    sign.reacts_to = "$m";
    home.say(sign);
    CHECK(sent["m.relates_to"]["event_id"] == "$m");
    CHECK(sent["m.relates_to"]["key"] == sign.text);
    REQUIRE(home.done.size() == 1);
    CHECK(home.done[0].delivery == delivery);
    CHECK(home.count("/send/m.room.message/") == 0);
    home.say(line("o2"));  // what refuses a reaction may take words
    CHECK(home.count("/send/m.room.message/") == 1);
  }
}

TEST_CASE("Choices of a crisis are not offered as reactions") {
  Home home;
  home.begin();
  Outgoing out = line("o1");
  out.choices = {{"a.1", "one"}, {"a.2", "two"}};
  out.about.level = "crisis";
  home.say(out);
  CHECK(home.count("/send/m.reaction/") == 0);
}

TEST_CASE("A line is removed by the events that it became") {
  Home home;
  home.begin();
  home.say(line("o1"));
  Outgoing out = line("o2");
  out.kind = Outgoing::Kind::remove;
  out.removes = "o1";
  home.say(out);
  CHECK(home.count("/redact/%24b1/") == 1);
  CHECK(home.done.back().delivery == Outcome::sent);
  out.id = "o3";
  out.removes = "unknown";
  home.say(out);
  CHECK(home.done.back().delivery == Outcome::never);
}

TEST_CASE("An upgraded room is followed, and left again if it does not know the old one") {
  for (const bool honest : {true, false}) {
    Home home;
    home.begin();
    home.sync({{room, joined({state_event("m.room.tombstone", "", {{"replacement_room", "!new:b.org"}})})}});
    CHECK(home.count("/join/%21new%3Ab.org?via=a.org") == 1);
    const Json create = state_event("m.room.create", "", {{"predecessor", {{"room_id", honest ? room : "!x:a.org"}}}});
    home.sync({{"!new:b.org", joined({create, member(self)})}});
    CHECK(home.count("/leave") == (honest ? 0 : 1));
  }
}

TEST_CASE("Stopping lets a running line end, and asks nothing new") {
  Home home;
  home.begin();
  home.on("/send/", [](const Request&) { return std::optional<Answer>{}; });
  home.say(line("o1"));
  home.machine.stop(home.now);
  home.run();
  CHECK_FALSE(home.stopped);
  const std::size_t before = home.requests.size();
  REQUIRE(home.open.size() == 1);
  home.machine.receive(home.open[0], {.status = 200, .body = R"({"event_id":"$x"})"}, home.now);
  home.run();
  CHECK(home.stopped);
  CHECK(home.done.size() == 1);
  CHECK(home.requests.size() == before);
}
