// Who is spoken to, what was pressed, what a body says; and the other way round, what a line looks like.
#include <catch2/catch.hpp>

#include "adapters/keycap.hpp"
#include "adapters/matrix/writing.hpp"
#include "home.hpp"

using namespace nurturer::matrix;
using namespace nurturer::matrix::test;
using nurturer::channel::key_of_place;
using nurturer::channel::Outgoing;
using nurturer::channel::place_of_key;

namespace {

Room group() {
  Room own_room;
  own_room.joined = 3;
  own_room.own_name = "Nurturer";
  return own_room;
}

std::optional<nurturer::channel::Incoming> read(const Json& json, const Room& room, Lines& lines) {
  const auto event = read_event(json);
  if (!event) return std::nullopt;
  return read_incoming(*event, test::room, room, self, lines);
}

bool addressed(const std::string& body, const Json& more = Json::object()) {
  Lines lines;
  const auto incoming = read(message("$1", body, more), group(), lines);
  return incoming && incoming->mention;
}

}  // namespace

TEST_CASE("In a group it is spoken to by mention, by name, by reply, in its thread") {
  CHECK_FALSE(addressed("hello everybody"));
  CHECK(addressed("hello", {{"m.mentions", {{"user_ids", {self}}}}}));
  CHECK_FALSE(addressed("hello", {{"m.mentions", {{"user_ids", {ann}}}}}));
  CHECK(addressed("Nurturer: hello"));
  CHECK(addressed("nurturer, hello"));
  CHECK(addressed("@nurturer hello"));
  CHECK(addressed("@n:a.org hello"));
  CHECK(addressed("hi", {{"formatted_body", "<a href=\"https://matrix.to/#/@n:a.org\">N</a> hi"}}));
  CHECK_FALSE(addressed("nurturers are kind"));
  CHECK_FALSE(addressed("nurturer is what she is"));
  Lines lines;
  lines.add("$b", {"o1", test::room, {}});
  const auto reply = read(message("$1", "yes", {{"m.relates_to", {{"m.in_reply_to", {{"event_id", "$b"}}}}}}), group(), lines);
  REQUIRE(reply);
  CHECK(reply->mention);
  CHECK(reply->reply_to == "o1");
  const Json in_thread{{"m.relates_to", {{"rel_type", "m.thread"}, {"event_id", "$root"}}}};
  CHECK_FALSE(read(message("$2", "and"), group(), lines)->mention);
  CHECK_FALSE(read(message("$3", "and", in_thread), group(), lines)->mention);
  CHECK(read(message("$4", "nurturer: and", in_thread), group(), lines)->room == test::room + " $root");
  CHECK(read(message("$5", "and", in_thread), group(), lines)->mention);
}

TEST_CASE("The name is no part of what was said, nor is a quoted message") {
  Lines lines;
  CHECK(read(message("$1", "Nurturer: I am sad"), group(), lines)->text == "I am sad");
  CHECK(read(message("$1", "nurturer"), group(), lines)->text == "nurturer");
  CHECK(without_quote("> <@a:b> one\n> two\n\nthree") == "three");
  CHECK(without_quote("no quote\n> here") == "no quote\n> here");
  CHECK(without_quote("> only") == "");
  CHECK(without_quote(">:( not a quote") == ">:( not a quote");
}

TEST_CASE("Notices, media in a room, others of our kind, our own, and edits without content are not heard") {
  Lines lines;
  const Room own_room = group();
  CHECK_FALSE(read(message("$1", "x", {{"msgtype", "m.notice"}}), own_room, lines));
  CHECK_FALSE(read(message("$1", "x", {{"msgtype", "m.image"}}), own_room, lines));
  CHECK_FALSE(read(message("$1", "x", {{"nurturer", {{"line", "o"}}}}), own_room, lines));
  CHECK_FALSE(read(message("$1", "x", Json::object(), self), own_room, lines));
  CHECK_FALSE(read(message("$1", "* x", {{"m.relates_to", {{"rel_type", "m.replace"}, {"event_id", "$0"}}}}), own_room, lines));
  const auto edit = read(message("$1", "* x",
                                 {{"m.relates_to", {{"rel_type", "m.replace"}, {"event_id", "$0"}}},
                                  {"m.new_content", {{"msgtype", "m.text"}, {"body", "y"}}}}),
                         own_room, lines);
  REQUIRE(edit);
  CHECK(edit->kind == nurturer::channel::Incoming::Kind::edit);
  CHECK(edit->text == "y");
}

TEST_CASE("In private a picture is heard as what cannot be read, and its caption as what was said") {
  Lines lines;
  Room own_room;
  own_room.joined = 2;
  for (const char* type : {"m.image", "m.audio", "m.video", "m.file", "m.location"}) {
    INFO(type);
    const auto picture = read(message("$1", "x.png", {{"msgtype", type}}), own_room, lines);
    REQUIRE(picture);
    CHECK(picture->unreadable);
    CHECK(picture->text.empty());
  }
  const auto told = read(message("$1", "i feel sick", {{"msgtype", "m.image"}, {"filename", "x.png"}}), own_room, lines);
  REQUIRE(told);
  CHECK_FALSE(told->unreadable);
  CHECK(told->text == "i feel sick");
  CHECK_FALSE(read(message("$1", "Nurturer: look", {{"msgtype", "m.image"}}), group(), lines));
  const auto named = read(message("$1", "Nurturer: look", {{"msgtype", "m.image"}, {"filename", "x.png"}}), group(), lines);
  REQUIRE(named);
  CHECK(named->mention);
  CHECK(named->text == "look");
}

TEST_CASE("Moderators by power level; the founders of new rooms stand above") {
  Rooms rooms(self);
  const auto with = [&rooms](const Json& power, const std::string& version = "11") -> const Room& {
    rooms.leave(test::room);
    const Answer answer{.status = 200,
                        .body = Json{{"next_batch", "s"},
                                     {"rooms",
                                      {{"join",
                                        {{test::room, joined({}, {state_event("m.room.create", "", {{"room_version", version}}),
                                                                  state_event("m.room.power_levels", "", power)})}}}}}}
                                    .dump()};
    return rooms.apply(read_batch(answer, self)->joined.at(0));
  };
  CHECK(with({{"users", {{ann, 50}}}}).moderator(ann));
  CHECK_FALSE(with({{"users", {{ann, 49}}}}).moderator(ann));
  CHECK_FALSE(with({{"users", {{ann, 50}}}, {"kick", 60}}).moderator(ann));
  CHECK_FALSE(with({{"users", {{ann, 10}}}, {"kick", 0}}).moderator(ann));
  CHECK(with(Json::object(), "12").moderator(ann));
  CHECK_FALSE(with(Json::object()).moderator(ann));
}

TEST_CASE("A private chat is for two at most, whatever its flags say") {
  Room own_room;
  own_room.flagged_direct = true;
  own_room.joined = 2;
  CHECK(own_room.direct());
  own_room.invited = 1;
  CHECK_FALSE(own_room.direct());
  own_room = {};
  own_room.joined = 2;
  CHECK(own_room.direct());
  own_room.name = "team";
  CHECK_FALSE(own_room.direct());
}

TEST_CASE("A room that stands in m.direct is a private chat, whichever comes first") {
  JoinedRoom batch;
  batch.id = test::room;
  batch.joined = 2;
  batch.state = {read_event(state_event("m.room.name", "", {{"name", "us"}})).value()};
  const Json marks{{ann, Json::array({"!other:a.org", 7, test::room})}, {"@ben:a.org", "no list"}};
  for (const bool before : {false, true}) {
    Rooms rooms(self);
    if (before) rooms.apply_direct(marks);
    const Room& own_room = rooms.apply(batch);
    CHECK(own_room.direct() == before);
    rooms.apply_direct(marks);
    CHECK(own_room.direct());
  }
  Rooms rooms(self);
  CHECK(rooms.direct_with(ann, test::room)[ann] == Json::array({test::room}));
  CHECK(rooms.apply(batch).direct());
}

TEST_CASE("Places as keys, and back") {
  for (std::size_t place = 0; place < 10; ++place) CHECK(place_of_key(key_of_place(place)) == place);
  CHECK(place_of_key("3") == 2U);
  CHECK_FALSE(place_of_key(""));
  CHECK_FALSE(place_of_key("0"));
  CHECK_FALSE(place_of_key("12"));
  CHECK_FALSE(place_of_key("\xF0\x9F\x91\x8D"));
}

TEST_CASE("A reaction under a line of ours is heard: as its place, or as one that stands for none, in the thread of the line") {
  Lines lines;
  lines.add("$b", {"o1", test::room, {"x", "y"}, "$root"});
  const auto react = [&](const std::string& on, const std::string& key, const Room& in) {
    const Json relates{{"rel_type", "m.annotation"}, {"event_id", on}, {"key", key}};
    const Json event{
        {"event_id", "$1"}, {"type", "m.reaction"}, {"sender", ann}, {"origin_server_ts", 5}, {"content", {{"m.relates_to", relates}}}};
    return read(event, in, lines);
  };
  using Kind = nurturer::channel::Incoming::Kind;
  const auto place = react("$b", "2", group());
  REQUIRE(place);
  CHECK(place->kind == Kind::press);
  CHECK(place->press == "y");
  CHECK(place->room == test::room + " $root");
  for (const std::string key : {"\xF0\x9F\x91\x8D", "3", ""}) {
    const auto other = react("$b", key, group());
    REQUIRE(other);
    CHECK(other->kind == Kind::reaction);
    CHECK(other->reply_to == "o1");
    CHECK(other->press.empty());
  }
  CHECK_FALSE(react("$other", "1", group()));
}

TEST_CASE("Somebody who leaves or is put out of the room is heard; who comes, and we ourselves, are not") {
  const auto heard = [](const Json& event) { return read_leaving(read_event(event).value(), test::room, self); };
  const auto left = heard(member(ann, "leave"));
  REQUIRE(left);
  CHECK(left->kind == nurturer::channel::Incoming::Kind::left);
  CHECK(left->from == ann);
  CHECK(left->room == test::room);
  CHECK(heard(state_event("m.room.member", "@ben:a.org", {{"membership", "ban"}}))->from == "@ben:a.org");
  CHECK_FALSE(heard(member(ann, "join")));
  CHECK_FALSE(heard(member(self, "leave")));
  CHECK_FALSE(heard(message("$1", "leave")));
}

TEST_CASE("In an encrypted room no reaction may be set: it would stand there in clear") {
  Lines lines;
  Room own_room = group();
  CHECK(read(message("$1", "hello"), own_room, lines)->may_react);
  own_room.encrypted = true;
  CHECK_FALSE(read(message("$1", "hello"), own_room, lines)->may_react);
}

TEST_CASE("A line: plain and formatted, choices by place, reply and mention in a group, thread kept") {
  Outgoing out = line("o1", "a < b & \"c\"");
  out.choices = {{"x", "one"}, {"y", "<two>"}};
  out.answers = "$q";
  const Json direct = write_contents(out, {test::room, {}}, true).at(0);
  CHECK(direct["msgtype"] == "m.text");
  CHECK(direct["body"] == "a < b & \"c\"\n\n1) one\n2) <two>");
  CHECK(direct["formatted_body"] == "a &lt; b &amp; &quot;c&quot;<ol><li>one</li><li>&lt;two&gt;</li></ol>");
  CHECK_FALSE(direct.contains("m.relates_to"));
  CHECK(direct["m.mentions"] == Json::object());
  out.private_ = false;
  const Json in_group = write_contents(out, {test::room, {}}, false).at(0);
  CHECK(in_group["m.mentions"]["user_ids"] == Json::array({ann}));
  CHECK(in_group["m.relates_to"]["m.in_reply_to"]["event_id"] == "$q");
  const Json in_thread = write_contents(out, {test::room, "$root"}, false).at(0);
  CHECK(in_thread["m.relates_to"]["rel_type"] == "m.thread");
  CHECK(in_thread["m.relates_to"]["event_id"] == "$root");
  CHECK(in_thread["m.relates_to"]["is_falling_back"] == true);
}

TEST_CASE("What is cut is cut between words, never inside a letter, and nothing is lost") {
  for (const std::string& word :
       {std::string("word "), std::string("\xC3\xA4"), std::string("\xF0\x9F\x91\x8D"), std::string("Sentence. ")}) {
    std::string text;
    while (text.size() < 1'000) text += word;
    std::string again;
    for (const Json& content : write_contents(line("o1", text), {test::room, {}}, true, 100)) {
      const auto body = content["body"].get<std::string>();
      CHECK(body.size() <= 100);
      CHECK_NOTHROW(content.dump());
      again += body;
    }
    CHECK(again == text);
  }
}

TEST_CASE("JSON that nests deep or is none is nothing") {
  CHECK(parse("{\"a\":[1]}"));
  CHECK_FALSE(parse("[1]"));
  CHECK_FALSE(parse("{"));
  CHECK_FALSE(parse("{\"a\":\"\xFF\"}"));
  CHECK_FALSE(parse("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"));
  CHECK(parse("{\"a\":\"" + std::string(1'000, '[') + "\"}"));
}

TEST_CASE("A session survives its file, and a broken file is none") {
  Session kept = session();
  kept.refresh_token = "r";
  kept.expires = start;
  const auto again = read_session(write_session(kept));
  REQUIRE(again);
  CHECK(again->token == "t1");
  CHECK(again->expires == start);
  CHECK_FALSE(read_session("{}"));
  CHECK_FALSE(read_session(""));
}
