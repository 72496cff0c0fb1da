// What was prepared is sent once, also over a new start; a private answer that never arrives leaves one line for the room.
#include <catch2/catch.hpp>

#include <algorithm>

#include "talker.hpp"

using namespace nurturer;
using channel::Delivery;
using channel::Incoming;
using std::chrono::minutes;

namespace {

// The shell without an adapter: nothing is acknowledged by itself.
struct Shell {
  std::unique_ptr<store::Store> store = store::open_memory();
  channel::Time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{21}};
  std::uint64_t dice = 1;
  std::unique_ptr<app::Bot> bot;
  channel::Capabilities can{.edit = false, .remove = true, .choices = true, .private_answer = true, .animates = false, .longest = 4000};

  Shell() { starts(); }

  void starts() {
    app::Bot::Options options;
    options.region = "GB";
    options.dice = [this] { return dice += 0x9E37'79B9'7F4A'7C15ULL; };
    bot = std::make_unique<app::Bot>(test::content(), *store, std::move(options));
  }

  std::vector<channel::Outgoing> hears(const std::string& id, const std::string& text, bool group = false,
                                       app::Bot::Pace pace = app::Bot::Pace::within, const std::string& from = "ann") {
    Incoming incoming;
    incoming.id = id;
    incoming.from = from;
    incoming.room = group ? "team" : "dm";
    incoming.room_kind = group ? channel::RoomKind::group : channel::RoomKind::direct;
    incoming.mention = !group;
    incoming.text = text;
    incoming.at = now;
    incoming.cursor = channel::Cursor{"after " + id};
    return bot->receive("matrix", can, incoming, now, pace);
  }

  void acknowledge(const std::vector<channel::Outgoing>& answer, Delivery delivery) {
    for (const auto& out : answer) bot->acknowledge("matrix", {out.id, delivery, now + minutes{1}}, now);
  }
};

std::vector<std::string> ids(const std::vector<channel::Outgoing>& answer) {
  std::vector<std::string> ids;
  for (const auto& out : answer) ids.push_back(out.id);
  return ids;
}

}  // namespace

TEST_CASE("the same message is answered once, over a new start too") {
  Shell shell;
  REQUIRE_FALSE(shell.hears("$1", "hello").empty());
  CHECK(shell.hears("$1", "hello").empty());
  shell.starts();
  CHECK(shell.hears("$1", "hello").empty());
  CHECK_FALSE(shell.hears("$2", "hello").empty());
}

TEST_CASE("what was not acknowledged is handed out again after a new start, under the same ids, what was sent is not") {
  Shell shell;
  const auto first = shell.hears("$1", "hello");
  const auto second = shell.hears("$2", "/panic");
  REQUIRE(second.size() > 1);
  shell.acknowledge(first, Delivery::sent);
  shell.starts();
  const auto again = shell.bot->take_up("matrix", shell.now);
  CHECK(ids(again) == ids(second));
  REQUIRE(again.size() == second.size());
  CHECK(again.back().text == second.back().text);
  CHECK(again.back().choices.size() == second.back().choices.size());
  shell.acknowledge(again, Delivery::sent);
  shell.starts();
  CHECK(shell.bot->take_up("matrix", shell.now).empty());
}

TEST_CASE("a retry waits for its time") {
  Shell shell;
  const auto answer = shell.hears("$1", "hello");
  shell.acknowledge(answer, Delivery::retry);
  CHECK(shell.bot->take_up("matrix", shell.now).empty());
  CHECK(ids(shell.bot->take_up("matrix", shell.now + minutes{1})) == ids(answer));
}

TEST_CASE("a private answer to a crisis that never arrives: one line for the room, after 2 to 10 minutes, naming nobody") {
  for (const bool restarts : {false, true}) {
    CAPTURE(restarts);
    Shell shell;
    auto answer = shell.hears("$1", "i want to die", true);
    REQUIRE(answer.size() > 1);
    for (const auto& out : answer) CHECK(out.private_);
    if (restarts) {
      shell.starts();
      answer = shell.bot->take_up("matrix", shell.now);
    }
    shell.acknowledge(answer, Delivery::never);
    CHECK(shell.bot->advance("matrix", shell.now + minutes{2} - std::chrono::seconds{1}).empty());
    // Ids of timers lie in clear on the disk.
    for (const auto& timer : shell.store->due(shell.now + minutes{10}, 10)) CHECK(timer.id.find("team") == std::string::npos);
    const auto room = shell.bot->advance("matrix", shell.now + minutes{10});
    REQUIRE(room.size() == 1);
    CHECK(room.front().room == "team");
    CHECK(room.front().room_kind == channel::RoomKind::group);
    CHECK(room.front().to.empty());
    CHECK_FALSE(room.front().private_);
    CHECK(room.front().text.find("ann") == std::string::npos);
    CHECK(room.front().text.find("116 123") != std::string::npos);
    CHECK(room.front().about.intent == std::nullopt);
    CHECK(room.front().at >= shell.now + minutes{2});
    CHECK(shell.bot->advance("matrix", shell.now + std::chrono::hours{2}).empty());
  }
}

TEST_CASE("in an emergency the room's line is due at once") {
  Shell shell;
  const auto answer = shell.hears("$1", "ive taken all my pills i want to die", true);
  REQUIRE_FALSE(answer.empty());
  REQUIRE(answer.front().about.level == "emergency");
  shell.acknowledge(answer, Delivery::never);
  CHECK(shell.bot->advance("matrix", shell.now).size() == 1);
}

TEST_CASE("a private answer that arrived leaves nothing for the room") {
  Shell shell;
  shell.acknowledge(shell.hears("$1", "i want to die", true), Delivery::sent);
  CHECK(shell.bot->advance("matrix", shell.now + minutes{30}).empty());
}

TEST_CASE("a message without an answer moves the adapter on") {
  Shell shell;
  shell.now += std::chrono::hours{2};
  Incoming old;
  old.id = "$old";
  old.from = "ann";
  old.room = "dm";
  old.text = "hello";
  old.at = shell.now - std::chrono::hours{2};
  old.cursor = channel::Cursor{"after $old"};
  CHECK(shell.bot->receive("matrix", shell.can, old, shell.now).empty());
  CHECK(shell.store->cursor("matrix") == "after $old");
  (void)shell.hears("$1", "hello");
  CHECK(shell.store->cursor("matrix") == "after $1");
}

TEST_CASE("more messages than the limits allow: one line, then none, and the state stays as it was") {
  using Pace = app::Bot::Pace;
  Shell shell;
  const auto before = shell.hears("$1", "/panic");
  REQUIRE_FALSE(before.empty());
  const auto line = shell.hears("$2", "hello", false, Pace::first_above);
  REQUIRE(line.size() == 1);
  CHECK(line.front().private_);
  CHECK(line.front().answers == "$2");
  CHECK(line.front().text.find("Give me a minute") != std::string::npos);
  CHECK(shell.hears("$3", "hello", false, Pace::above).empty());
  CHECK(shell.store->cursor("matrix") == "after $3");
  CHECK(shell.hears("$2", "hello").empty());
  const auto again = shell.hears("$4", "again");
  REQUIRE_FALSE(again.empty());
  CHECK(again.front().about.script == before.back().about.script);
}

TEST_CASE("above the limits the net reads on, and an open crisis is answered") {
  using Pace = app::Bot::Pace;
  Shell shell;
  const auto crisis = shell.hears("$1", "i want to die", false, Pace::above);
  REQUIRE_FALSE(crisis.empty());
  CHECK(crisis.front().about.level == "crisis");
  CHECK_FALSE(shell.hears("$2", "no", false, Pace::above).empty());
}

TEST_CASE("one person's private chat does not wait for another's, a room's line does not wait for either") {
  Shell shell;
  const auto ann = shell.hears("$1", "hello");
  const auto ben = shell.hears("$2", "hello", false, app::Bot::Pace::within, "ben");
  shell.acknowledge({ann.front()}, Delivery::retry);
  const auto now = shell.bot->take_up("matrix", shell.now);
  CHECK(ids(now) == ids(ben));
  CHECK(shell.bot->take_up("matrix", shell.now, true).size() == ann.size() + ben.size());
}

TEST_CASE("what falls due goes to the channel that it came from") {
  Shell shell;
  shell.acknowledge(shell.hears("$1", "i want to die", true), Delivery::never);
  REQUIRE(shell.bot->next_due());
  CHECK(*shell.bot->next_due(shell.now) >= shell.now + minutes{2});
  store::Change others;
  for (int i = 0; i < 250; ++i) others.timers.push_back({"old " + std::to_string(i), {}, shell.now - minutes{5}, "discord\nteam"});
  shell.store->commit(others);
  CHECK(shell.bot->advance("matrix", shell.now + minutes{10}).size() == 1);
  CHECK_FALSE(shell.bot->next_due(shell.now));
}
