// The machine against a homeserver in memory: login and reading, and what goes wrong with each.
#include <catch2/catch.hpp>

#include "home.hpp"

using namespace nurturer::matrix;
using namespace nurturer::matrix::test;
using nurturer::channel::Failure;
using nurturer::channel::Incoming;
using nurturer::channel::RoomKind;
using std::chrono::seconds;

TEST_CASE("A kept session is confirmed, and goes on from its cursor") {
  Home home;
  home.begin("s7");
  CHECK(home.ready);
  CHECK(home.count("/login") == 0);
  CHECK(home.last("/sync?")->target.find("&since=s7&") == std::string::npos);
  CHECK(home.last("&since=s7") != nullptr);
  CHECK(home.heard.empty());
}

TEST_CASE("Without a session the password is used once, and the session kept before anything else is asked") {
  Home home(settings(), std::nullopt);
  home.begin("");
  CHECK(home.ready);
  REQUIRE(home.kept.size() == 1);
  CHECK(home.kept[0].token == "t2");
  CHECK(home.tokens.back() == "t2");
  CHECK(home.last("/login")->body.find("\"password\":\"pass\"") != std::string::npos);
  // The first start ever begins now: its place is stored before anything is answered.
  REQUIRE(home.heard.size() == 1);
  CHECK(home.heard[0].kind == Incoming::Kind::clock);
  CHECK(home.heard[0].cursor->bytes == "s0");
}

TEST_CASE("A refused password is final and names the account, not the password") {
  Home home(settings(), std::nullopt);
  home.on("/login", 403, {{"errcode", "M_FORBIDDEN"}, {"error", "pass"}});
  home.begin();
  REQUIRE(home.failures.size() == 1);
  CHECK(home.failures[0].kind == Failure::Kind::credentials);
  CHECK(home.failures[0].sentence.find(self) != std::string::npos);
  CHECK(home.failures[0].sentence.find("pass\"") == std::string::npos);
  CHECK(home.stopped);
}

TEST_CASE("The server is where /.well-known says, if no homeserver answers at the address") {
  Home home(settings(), std::nullopt);
  home.on("/versions", [](const Request& request) {
    return Answer{.status = request.base == "https://a.org" ? 404 : 200,
                  .body = request.base == "https://a.org" ? "<html>" : R"({"versions":[]})"};
  });
  home.on("/.well-known", 200, {{"m.homeserver", {{"base_url", "https://matrix.a.org/"}}}});
  home.begin();
  REQUIRE(home.kept.size() == 1);
  CHECK(home.kept[0].base == "https://matrix.a.org");
}

TEST_CASE("A token of somebody else, or of another device, is not used") {
  Home home;
  home.on("/whoami", 200, {{"user_id", "@other:a.org"}, {"device_id", "D"}});
  home.begin();
  REQUIRE(home.failures.size() == 1);
  CHECK(home.failures[0].kind == Failure::Kind::configuration);
  Home moved;
  moved.on("/whoami", 200, {{"user_id", self}, {"device_id", "E"}});
  moved.begin();
  REQUIRE(moved.failures.size() == 1);
  CHECK(moved.failures[0].kind == Failure::Kind::credentials);
}

TEST_CASE("An ended session stops within one sync; one that lives on gets a new token for the same device") {
  Home home;
  home.begin();
  home.answer_poll({.status = 401, .body = R"({"errcode":"M_UNKNOWN_TOKEN","soft_logout":false})"});
  REQUIRE(home.failures.size() == 1);
  CHECK(home.failures[0].kind == Failure::Kind::credentials);
  CHECK(home.failures[0].sentence.find(self) != std::string::npos);

  Home soft;
  soft.begin();
  soft.answer_poll({.status = 401, .body = R"({"errcode":"M_UNKNOWN_TOKEN","soft_logout":true})"});
  CHECK(soft.failures.empty());
  CHECK(soft.last("/login")->body.find("\"device_id\":\"D\"") != std::string::npos);
  CHECK(soft.tokens.back() == "t2");
  CHECK(soft.polls.size() == 1);
}

TEST_CASE("An answer to the token before, come late, renews nothing again") {
  const Answer unknown{.status = 401, .body = R"({"errcode":"M_UNKNOWN_TOKEN","soft_logout":true})"};
  Home home;
  home.on("/send/", [](const Request&) { return std::nullopt; });
  home.begin();
  home.say(line("1"));
  REQUIRE(home.open.size() == 1);
  home.answer_poll(unknown);
  REQUIRE(home.count("/login") == 1);
  home.machine.receive(home.open[0], unknown, home.now);
  home.run();
  CHECK(home.count("/login") == 1);
  CHECK(home.count("/send/") == 2);
  CHECK(home.tokens.back() == "t2");
  // Of the new token it holds as before.
  home.machine.receive(home.open[1], unknown, home.now);
  home.run();
  CHECK(home.count("/login") == 2);
}

TEST_CASE("A token that ends while it is renewed is renewed once") {
  Session kept = session();
  kept.refresh_token = "r1";
  kept.expires = start + seconds{100};
  Home home(settings(), kept);
  home.on("/refresh", [](const Request&) { return std::nullopt; });
  home.begin();
  home.pass(seconds{85});
  REQUIRE(home.count("/refresh") == 1);
  home.answer_poll({.status = 401, .body = R"({"errcode":"M_UNKNOWN_TOKEN"})"});
  CHECK(home.count("/refresh") == 1);
  home.say(line("1"));
  CHECK(home.count("/send/") == 0);
  home.machine.receive(home.open[0], {.status = 200, .body = R"({"access_token":"t9","refresh_token":"r2"})"}, home.now);
  home.run();
  CHECK(home.count("/send/") == 1);
  CHECK(home.tokens.back() == "t9");
  CHECK(home.polls.size() == 1);
}

TEST_CASE("A refresh token is used before the token ends, and when it is not taken") {
  Session kept = session();
  kept.refresh_token = "r1";
  kept.expires = start + seconds{100};
  Home home(settings(), kept);
  home.on("/refresh", 200, {{"access_token", "t9"}, {"refresh_token", "r2"}, {"expires_in_ms", 100'000}});
  home.begin();
  CHECK(home.count("/refresh") == 0);
  home.pass(seconds{85});
  CHECK(home.count("/refresh") == 1);
  REQUIRE(!home.kept.empty());
  CHECK(home.kept.back().refresh_token == "r2");
  // The open poll went out with the token before: it is asked again with the new one, and only if that is not taken either ...
  home.answer_poll({.status = 401, .body = R"({"errcode":"M_UNKNOWN_TOKEN"})"});
  CHECK(home.count("/refresh") == 1);
  home.answer_poll({.status = 401, .body = R"({"errcode":"M_UNKNOWN_TOKEN"})"});
  CHECK(home.count("/refresh") == 2);
  CHECK(home.last("/refresh")->body.find("r2") != std::string::npos);
  CHECK(home.failures.empty());
}

TEST_CASE("Messages come in order, the cursor with the last of a batch") {
  Home home;
  home.begin();
  home.sync({{room, joined({message("$1", "one"), message("$2", "two")})}});
  REQUIRE(home.heard.size() == 2);
  CHECK(home.heard[0].text == "one");
  CHECK_FALSE(home.heard[0].cursor);
  CHECK(home.heard[1].cursor->bytes == "s1");
  CHECK(home.heard[0].room_kind == RoomKind::direct);
  CHECK(home.heard[0].id == "$1");
  CHECK(home.last("&since=s1") != nullptr);
  // Nothing to answer: the place moves on all the same.
  home.sync({{room, joined({message("$3", "x", {{"msgtype", "m.notice"}})})}});
  CHECK(home.heard.back().kind == Incoming::Kind::clock);
  CHECK(home.heard.back().cursor->bytes == "s2");
}

TEST_CASE("A gap is filled page by page before anything of the batch is handed over") {
  Home home;
  home.begin();
  Json batch = joined({message("$5", "five")});
  batch["timeline"]["limited"] = true;
  int page = 0;
  home.on("/messages?", [&page](const Request&) {
    ++page;
    Json body{
        {"chunk", Json::array({message("$" + std::to_string(5 - page * 2 + 1), "b"), message("$" + std::to_string(5 - page * 2), "a")})}};
    if (page < 2) body["end"] = "q";
    return Answer{.status = 200, .body = body.dump()};
  });
  home.sync({{room, batch}});
  REQUIRE(home.heard.size() == 5);
  for (int i = 0; i < 5; ++i) CHECK(home.heard[static_cast<std::size_t>(i)].id == "$" + std::to_string(i + 1));
  CHECK(home.last("/messages?")->target.find("to=s0") != std::string::npos);
  CHECK(home.heard[4].cursor->bytes == "s1");
}

TEST_CASE("A gap that cannot be filled while the server is down is filled later, not left out") {
  Home home;
  home.begin();
  Json batch = joined({message("$2", "two")});
  batch["timeline"]["limited"] = true;
  int tries = 0;
  home.on("/messages?", [&tries](const Request&) {
    if (++tries < 3) return Answer{.status = 502, .body = "<html>"};
    return Answer{.status = 200, .body = Json{{"chunk", Json::array({message("$1", "one")})}}.dump()};
  });
  home.sync({{room, batch}});
  CHECK(home.heard.empty());
  home.pass(seconds{60});
  REQUIRE(home.heard.size() == 2);
  CHECK(home.heard[0].id == "$1");
}

TEST_CASE("In a group nothing from before the join is heard; in a private chat what came with the invitation is") {
  const Json invite = state_event("m.room.member", self, {{"membership", "invite"}, {"is_direct", true}});
  const std::vector<Json> timeline({message("$0", "old"), invite, message("$1", "first"), member(self), message("$2", "second")});
  Home home;
  home.first_rooms = Json::object();
  home.begin();
  home.sync({{"!d:a.org", joined(timeline, {}, 2)}});
  REQUIRE(home.heard.size() == 3);
  CHECK(home.heard[0].kind == Incoming::Kind::joined);
  CHECK(home.heard[1].id == "$1");
  CHECK(home.heard[2].id == "$2");
  home.heard.clear();
  home.sync({{"!g:a.org", joined(timeline, {}, 3)}});
  REQUIRE(home.heard.size() == 2);
  CHECK(home.heard[1].id == "$2");
  CHECK(home.heard[1].room_kind == RoomKind::group);
}

TEST_CASE("Invitations: by policy, tried again, a few a minute") {
  const auto invitation = [](const std::string& from) {
    return Json{{"invite_state", {{"events", {state_event("m.room.member", self, {{"membership", "invite"}}, from)}}}}};
  };
  Settings listed = settings();
  listed.invites = Settings::Invites::listed;
  listed.invited_by = {"@ann:a.org", "b.org"};
  Home home(listed);
  int refused = 0;
  home.on("/join/", [&refused](const Request&) {
    return ++refused == 1 ? Answer{.status = 403, .body = R"({"errcode":"M_FORBIDDEN"})"} : Answer{.status = 200, .body = "{}"};
  });
  home.begin();
  home.sync(
      Json::object(),
      {{"rooms",
        {{"invite", {{"!1:a.org", invitation(ann)}, {"!2:a.org", invitation("@eve:a.org")}, {"!3:b.org", invitation("@x:b.org")}}}}}});
  CHECK(home.count("/join/%211") == 1);
  CHECK(home.count("/join/%212") == 0);
  CHECK(home.count("/join/%213%3Ab.org?via=b.org") == 1);
  home.pass(seconds{10});
  CHECK(home.count("/join/%211") == 2);

  Home many;
  many.begin();
  Json invites = Json::object();
  for (int i = 0; i < 150; ++i) invites["!" + std::to_string(i) + ":a.org"] = invitation(ann);
  many.sync(Json::object(), {{"rooms", {{"invite", invites}}}});
  CHECK(many.count("/join/") == 100);
  many.pass(std::chrono::minutes{3});
  CHECK(many.count("/join/") == 150);
}

TEST_CASE("a room in which nobody else is left is left: at once, or when who asked us in had their time to bring others") {
  for (const auto& [since, at_once] : {std::pair{Time{}, true}, std::pair{start, false}}) {
    Home home;
    Json own = member(self);
    own["origin_server_ts"] = since.time_since_epoch().count() + 1'000;
    home.first_rooms = {{room, joined({}, {own, member(ann)})}};
    home.begin();
    home.sync({{room, joined({member(ann, "leave")}, {}, 1)}});
    CHECK(home.count("/leave") == (at_once ? 1 : 0));
    home.pass(std::chrono::minutes{3});
    CHECK(home.count("/leave") == 1);
  }
  Home home;
  Json own = member(self);
  own["origin_server_ts"] = start.time_since_epoch().count();
  home.first_rooms = {{room, joined({}, {own, member(ann)})}};
  home.begin();
  home.sync({{room, joined({member(ann, "leave")}, {}, 1)}});
  home.sync({{room, joined({member("@bea:a.org")}, {}, 2)}});
  home.pass(std::chrono::minutes{3});
  CHECK(home.count("/leave") == 0);
}
