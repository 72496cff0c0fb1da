// Rooms as adapters tell of them: joining, leaving; and what the store keeps of them.
#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "app/room_json.hpp"
#include "engine/dialogue/rotation.hpp"
#include "tests/conversations/talker.hpp"

namespace {

using namespace nurturer;
using namespace std::chrono_literals;
using test::Answer;
using test::Talker;
using test::text_of;

constexpr channel::Capabilities can{.choices = true, .private_answer = true};

Answer comes(Talker& talker, channel::Incoming::Kind kind, const std::string& person, const std::string& id = {}) {
  channel::Incoming incoming;
  incoming.kind = kind;
  incoming.id = id;
  incoming.from = person;
  incoming.room = "group:team";
  incoming.room_kind = channel::RoomKind::group;
  return talker.bot().receive("console", can, incoming, talker.now());
}

Talker in_a_room(const std::string& from) {
  Talker talker;
  talker.from = from;
  talker.room = "group:team";
  return talker;
}

Answer says(Talker& talker, const std::string& from, const std::string& text, const std::string& room = "group:team") {
  talker.from = from;
  talker.room = room;
  return talker.says(text);
}

// What a moderator says in the room.
Answer orders(Talker& talker, const std::string& text) {
  channel::Incoming incoming;
  incoming.from = "ann";
  incoming.room = "group:team";
  incoming.room_kind = channel::RoomKind::group;
  incoming.moderator = true;
  incoming.text = text;
  return talker.bot().receive("console", can, incoming, talker.now());
}

bool tells_room(const Answer& answer) {
  return std::ranges::any_of(answer, [](const channel::Outgoing& out) { return !out.private_ && out.room == "group:team"; });
}

}  // namespace

TEST_CASE("it says once what it is when it joins, how it reads, and how that ends", "[rooms]") {
  Talker talker = in_a_room("ann");
  const Answer hello = comes(talker, channel::Incoming::Kind::joined, "", "joined:1");
  REQUIRE(hello.size() == 1);
  CHECK(hello[0].to.empty());
  CHECK_FALSE(hello[0].private_);
  CHECK(hello[0].text.find("program") != std::string::npos);
  CHECK(hello[0].text.find("don't read along") != std::string::npos);
  CHECK(comes(talker, channel::Incoming::Kind::joined, "", "joined:1").empty());
}

TEST_CASE("in a room that switched it off, what is not addressed is not read", "[rooms]") {
  Talker talker = in_a_room("ann");
  CHECK(tells_room(orders(talker, "@companion don't read along")));
  talker.restarts();
  talker.mention = false;
  CHECK(says(talker, "ben", "i want to kill myself").empty());
  talker.mention = true;
  CHECK_FALSE(says(talker, "ben", "@companion i want to kill myself").empty());
}

TEST_CASE("one of the two leaves the room: it stops, in the line of every stop", "[rooms]") {
  Talker talker = in_a_room("ann");
  CHECK(tells_room(says(talker, "ann", "team us with @ben")));
  const Answer begun = says(talker, "ben", "yes", "dm");
  CHECK(tells_room(begun));
  CHECK(comes(talker, channel::Incoming::Kind::left, "cem").empty());
  const Answer stopped = comes(talker, channel::Incoming::Kind::left, "ben");
  REQUIRE(stopped.size() == 1);
  CHECK(stopped[0].text.find("We stop here") != std::string::npos);
  CHECK(talker.bot().advance("console", talker.now() + 3h).empty());
}

TEST_CASE("one of the two leaves before the yes: as if nobody had answered", "[rooms]") {
  Talker talker = in_a_room("ann");
  CHECK(tells_room(says(talker, "ann", "team us with @ben")));
  CHECK(comes(talker, channel::Incoming::Kind::left, "ben").empty());
  const Answer over = talker.bot().advance("console", talker.now() + 10min);
  REQUIRE(over.size() == 1);
  CHECK(over[0].text.find("didn't come together") != std::string::npos);
}

TEST_CASE("who the two are is in the store while it lasts, and no longer", "[rooms]") {
  Talker talker = in_a_room("ann");
  const auto kept = [&] { return talker.store().find(app::id_of_room("console", "group:team"), app::room_record); };
  says(talker, "ann", "listening with @benjamin");
  REQUIRE(kept());
  CHECK(kept()->find("benjamin") != std::string::npos);
  says(talker, "benjamin", "yes", "dm");
  says(talker, "benjamin", "stop");
  CHECK_FALSE(kept());
  says(talker, "ann", "listening with @benjamin");
  says(talker, "benjamin", "forget me", "dm");
  CHECK_FALSE(kept());
}

TEST_CASE("the person is remembered: an answer to a check-in leaves nothing in their records", "[rooms]") {
  Talker talker = in_a_room("ann");
  says(talker, "ben", "remember me", "dm");
  CHECK(tells_room(orders(talker, "@companion check-ins every day at 9")));
  const auto due = talker.bot().next_due(talker.now());
  REQUIRE(due);
  talker.passes(std::chrono::duration_cast<std::chrono::seconds>(*due - talker.now()));
  const Answer came = talker.bot().advance("console", *due);
  REQUIRE(came.size() == 1);
  const std::string before = talker.store().find({"console:ben"}, "person").value_or("");
  CHECK_FALSE(before.empty());
  talker.mention = false;
  says(talker, "ben", "wave");
  channel::Incoming written;
  written.from = "ben";
  written.room = "group:team";
  written.room_kind = channel::RoomKind::group;
  written.text = "i feel so lonely these days";
  written.reply_to = came[0].id;
  const Answer answer = talker.bot().receive("console", can, written, talker.now());
  CHECK(tells_room(answer));
  CHECK(talker.store().find({"console:ben"}, "person").value_or("") == before);
  CHECK_FALSE(talker.store().find({"console:ben"}, "talk:group:team"));
  const std::string room = talker.store().find(app::id_of_room("console", "group:team"), app::room_record).value_or("");
  CHECK(room.find("ben") == std::string::npos);
}

TEST_CASE("where the platform sets reactions, what is written gets one, and no line", "[rooms]") {
  Talker talker = in_a_room("ann");
  CHECK(tells_room(orders(talker, "@companion check-ins every day at 9")));
  const auto due = talker.bot().next_due(talker.now());
  REQUIRE(due);
  const Answer came = talker.bot().advance("console", *due);
  REQUIRE(came.size() == 1);
  channel::Capabilities reacts = can;
  reacts.reactions = true;
  channel::Incoming written;
  written.id = "m1";
  written.from = "ben";
  written.room = "group:team";
  written.room_kind = channel::RoomKind::group;
  written.text = "the red kettle";
  written.reply_to = came[0].id;
  const Answer answer = talker.bot().receive("console", reacts, written, *due);
  REQUIRE(answer.size() == 1);
  CHECK(answer[0].kind == channel::Outgoing::Kind::react);
  CHECK(answer[0].reacts_to == "m1");
  CHECK_FALSE(answer[0].text.empty());
}

TEST_CASE("a rotation says all before it says one again, and never one twice in a row", "[rooms]") {
  for (const std::size_t count : {1U, 2U, 3U, 10U, 65U}) {
    for (const std::uint64_t seed : {1U, 2U, 77U}) {
      std::size_t last = count;
      for (std::size_t round = 0; round < 5; ++round) {
        std::set<std::size_t> seen;
        for (std::size_t turn = round * count; turn < (round + 1) * count; ++turn) {
          const std::size_t line = dialogue::line_of_turn(seed, turn, count);
          CHECK(line < count);
          CHECK((count < 3 || line != last));
          seen.insert(last = line);
        }
        CHECK(seen.size() == count);
      }
    }
  }
}

TEST_CASE("there are lines for two months of check-ins", "[rooms]") {
  const auto count = [](const char* kind) { return test::content().library.find({"checkin_lines", kind})->say.size(); };
  CHECK(count("affirmation") >= 60);
  CHECK(count("question") >= 40);
  CHECK(count("moment") >= 12);
  CHECK(count("reflection") >= 8);
}
