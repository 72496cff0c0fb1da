// Lines of `chat --json` that tell something other than words.
#include "adapters/console/json_lines.hpp"

#include <catch2/catch.hpp>

using namespace nurturer;
using channel::Incoming;
using console::read_line;

TEST_CASE("A reaction: under a line, for a place or for none") {
  const auto place = read_line(R"({"from": "ann", "room": "group:us", "react": "4\ufe0f\u20e3", "reply_to": "o1"})");
  REQUIRE(place);
  CHECK(place->says);
  CHECK(place->incoming.kind == Incoming::Kind::reaction);
  CHECK(place->incoming.reply_to == "o1");
  CHECK(place->incoming.place == std::size_t{3});
  const auto heart = read_line(R"({"room": "group:us", "react": "\u2764", "reply_to": "o1"})");
  REQUIRE(heart);
  CHECK(heart->incoming.kind == Incoming::Kind::reaction);
  CHECK_FALSE(heart->incoming.place);
}

TEST_CASE("Somebody leaves a room") {
  const auto left = read_line(R"({"from": "ben", "room": "group:us", "left": true})");
  REQUIRE(left);
  CHECK(left->says);
  CHECK(left->incoming.kind == Incoming::Kind::left);
  CHECK(left->incoming.from == "ben");
  CHECK(read_line(R"({"room": "group:us", "left": false, "text": "x"})")->incoming.kind == Incoming::Kind::message);
}

TEST_CASE("A line tells one thing; the rest is refused in words") {
  for (const char* line : {R"({"react": "1"})", R"({"left": true})", R"({"react": "1", "reply_to": "o", "text": "x"})",
                           R"({"react": "1", "reply_to": "o", "press": "x"})", R"({"left": true, "room": "group:us", "text": "x"})",
                           R"({"left": true, "room": "group:us", "react": "1", "reply_to": "o"})", R"({"react": 1, "reply_to": "o"})",
                           R"({"left": "yes", "room": "group:us"})", R"({"text": "x", "press": "y"})"}) {
    INFO(line);
    const auto read = read_line(line);
    REQUIRE_FALSE(read);
    CHECK(read.error().size() > 10);
  }
}

TEST_CASE("A sign is set under a message that has an id, and written as what it is") {
  CHECK(read_line(R"({"text": "x", "id": "m1"})")->incoming.may_react);
  CHECK_FALSE(read_line(R"({"text": "x"})")->incoming.may_react);
  channel::Outgoing sign;
  sign.kind = channel::Outgoing::Kind::react;
  sign.id = "o1";
  sign.room = "group:us";
  sign.reacts_to = "m1";
  sign.text = "*";
  CHECK(console::write_line(sign) ==
        R"({"kind":"react","id":"o1","room":"group:us","reply_to":"m1","text":"*","at":"1970-01-01T00:00:00Z"})");
}
