// Reminders as people have them: set, corrected, said, snoozed, moved, missed, paused, taken back, in words.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "tests/conversations/talker.hpp"

namespace {

using namespace nurturer;
using namespace std::chrono_literals;
using test::Answer;
using test::Talker;
using test::text_of;

Talker berliner() {
  Talker talker;
  talker.zone = "Europe/Berlin";
  return talker;
}

// What falls due while the clock passes.
Answer due(Talker& talker, std::chrono::seconds time) {
  const auto until = talker.now() + time;
  Answer all;
  channel::Time passed{};
  while (const auto next = talker.bot().next_due(passed)) {
    if (*next > until) break;
    for (auto& line : talker.bot().advance("console", *next)) all.push_back(std::move(line));
    passed = *next;
  }
  talker.passes(time);
  return all;
}

bool has(const Answer& answer, const std::string& words) { return text_of(answer).find(words) != std::string::npos; }

}  // namespace

TEST_CASE("set, said back, said", "[reminders]") {
  Talker me = berliner();
  const Answer set = me.says("can you remind me in 20 minutes to drink water");
  CHECK(has(set, "drink water"));
  CHECK(has(set, "in 20 minutes"));
  CHECK(has(set, "(Europe/Berlin)"));
  CHECK(has(set, "undo"));
  CHECK(due(me, 19min).empty());
  const Answer said = due(me, 1min);
  REQUIRE(said.size() == 1);
  CHECK(has(said, "drink water"));
  CHECK(said[0].to == "me");
  CHECK(said[0].private_);
  CHECK_FALSE(said[0].about.intent);
  CHECK(due(me, 48h).empty());
}

TEST_CASE("what is kept of somebody who agreed to nothing else is the reminder alone", "[reminders]") {
  Talker me = berliner();
  me.says("remind me tomorrow at 17:00 to call ann");
  CHECK(me.kept());
  me.restarts();
  CHECK(has(me.says("what will you remind me of?"), "call ann"));
  me.says("forget me");
  CHECK_FALSE(me.kept());
  me.restarts();
  CHECK_FALSE(has(me.says("what will you remind me of?"), "call ann"));
  CHECK_FALSE(me.bot().next_due());
}

TEST_CASE("corrected at once", "[reminders]") {
  Talker me = berliner();
  me.says("remind me tomorrow at 9 to stretch");
  CHECK(has(me.says("no, 17:00"), "17:00 (Europe/Berlin)"));
  CHECK(has(me.says("make it friday"), "Friday"));
  const Answer list = me.says("reminders");
  CHECK(has(list, "Friday"));
  CHECK(has(list, "17:00"));
  CHECK(has(list, "of 1:"));
}

TEST_CASE("it asks where it would guess", "[reminders]") {
  Talker me = berliner();
  CHECK(has(me.says("remind me on saturday before i see my mother"), "When"));
  CHECK(has(me.says("3pm"), "15:00"));
  CHECK(has(me.says("remind me every day at half seven to walk"), "06:30 / 07:30"));
  CHECK(has(me.presses("07:30"), "every day at 07:30"));
  CHECK(has(me.says("remind me at 5pm IST to call"), "India"));
  CHECK(has(me.says("ireland"), "Europe/Dublin"));
  CHECK(has(me.says("remind me tomorrow at 9am and 5:30pm IST to call"), "India"));
  const Answer both = me.says("ireland");
  CHECK(has(both, "09:00 (Europe/Dublin)"));
  CHECK(has(both, "17:30 (Europe/Dublin)"));
  CHECK(has(me.says("remind me at 9pm"), "What shall I say"));
  CHECK(has(me.says("be kind"), "be kind"));
  CHECK(has(me.says("remind me yesterday to breathe"), "over already"));
  CHECK(has(me.says("tomorrow at 8am"), "08:00"));
}

TEST_CASE("the zone is learned by asking once", "[reminders]") {
  Talker me;
  CHECK(has(me.says("remind me tomorrow at 17:00 to breathe"), "Which time is it where you are"));
  const auto clock = std::chrono::floor<std::chrono::minutes>(me.now() + 60min);
  const auto of_day = (clock - std::chrono::floor<std::chrono::days>(clock)).count();
  const auto two = [](auto n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const Answer set = me.says("it is " + two(of_day / 60) + ":" + two(of_day % 60) + " here");
  CHECK(has(set, "17:00"));
  CHECK(has(set, "(Europe/"));
  CHECK_FALSE(has(me.says("remind me on friday at 18:00 to breathe"), "Which time"));
}

TEST_CASE("snooze, done, and the series stays", "[reminders]") {
  Talker me = berliner();
  me.says("remind me every day at 08:00 to stretch");
  REQUIRE(due(me, 24h).size() == 1);
  CHECK(has(me.says("snooze for an hour"), "in 1 hour"));
  const Answer list = me.says("reminders");
  CHECK(has(list, "every day at 08:00"));
  CHECK(has(list, "of 2:"));
  CHECK(due(me, 60min).size() == 1);
  CHECK(has(me.says("done"), "one"));
  CHECK(has(me.says("reminders"), "of 1:"));
  CHECK(due(me, 24h).size() == 1);
}

TEST_CASE("the choices beside a reminder, by press, by label, after a restart", "[reminders]") {
  Talker me = berliner();
  me.says("remind me in 20 minutes to breathe");
  Answer said = due(me, 20min);
  REQUIRE(said.size() == 1);
  const auto id_of = [](const Answer& answer, const std::string& label) {
    for (const auto& choice : answer.front().choices) {
      if (choice.label == label) return choice.id;
    }
    return std::string("none");
  };
  me.restarts();
  CHECK(has(me.presses_id(id_of(said, "in 10 minutes")), "in 10 minutes"));
  said = due(me, 10min);
  REQUIRE(said.size() == 1);
  const Answer begun = me.says("start");
  CHECK(test::place_of(begun).starts_with("breathing"));
  CHECK(has(me.says("reminders"), "no reminders"));
}

TEST_CASE("changed, paused, resumed, taken back and brought back in words", "[reminders]") {
  Talker me = berliner();
  me.says("remind me every weekday at 08:15 to drink water");
  me.says("remind me every sunday at 19:00 to write in my journal");
  CHECK(has(me.says("move the water one to 10:30"), "every weekday at 10:30"));
  CHECK(has(me.says("pause the journal one"), "Paused: write in my journal"));
  CHECK(has(me.says("pause all my reminders"), "All 2 are paused"));
  CHECK(due(me, 24h * 14).empty());
  CHECK(has(me.says("resume my reminders"), "go on"));
  CHECK(has(me.says("cancel the sunday one"), "Taken away: write in my journal"));
  me.says("undo");
  CHECK(has(me.says("reminders"), "write in my journal"));
  CHECK(has(me.says("cancel reminder 2"), "Taken away"));
  CHECK(has(me.says("delete all my reminders"), "Taken away"));
  CHECK(has(me.says("reminders"), "no reminders"));
}

TEST_CASE("undo does not bring back what has come meanwhile", "[reminders]") {
  Talker me = berliner();
  me.says("remind me in 20 minutes to look up");
  me.says("remind me tomorrow at 17:00 to call");
  me.says("cancel the call one");
  CHECK(due(me, 20min).size() == 1);
  me.says("undo");
  const Answer list = me.says("reminders");
  CHECK(has(list, "call"));
  CHECK_FALSE(has(list, "look up"));
  CHECK(due(me, 1h).empty());
}

TEST_CASE("travelling: asked once, the same time on the wall", "[reminders]") {
  Talker me = berliner();
  me.says("remind me every day at 08:00 to stretch");
  CHECK(has(me.says("i'm in tokyo now"), "Shall your reminders"));
  CHECK(has(me.says("yes"), "Asia/Tokyo"));
  CHECK(has(me.says("reminders"), "every day at 08:00 (Asia/Tokyo"));
  me.says("undo");
  CHECK(has(me.says("reminders"), "every day at 08:00 (Europe/Berlin"));
}

TEST_CASE("late says so, too late is told at the next contact, once", "[reminders]") {
  Talker me = berliner();
  me.says("remind me in 20 minutes to stretch");
  me.says("remind me in 3 hours to rest");
  me.restarts();
  me.passes(20min + 6min);
  const Answer late = me.bot().advance("console", me.now());
  REQUIRE(late.size() == 1);
  CHECK(has(late, "late"));
  me.passes(12h);
  CHECK(me.bot().advance("console", me.now()).empty());
  const Answer told = me.says("hello");
  CHECK(has(told, "rest"));
  CHECK(has(told, "too late now"));
  CHECK_FALSE(has(me.says("hello"), "rest"));
}

TEST_CASE("the net reads reminder texts, and keeps none of them", "[reminders]") {
  Talker me = berliner();
  const Answer answer = me.says("remind me tomorrow at 9 to kill myself");
  REQUIRE_FALSE(answer.empty());
  CHECK(answer.front().about.level == "crisis");
  CHECK_FALSE(me.bot().next_due());
  Talker other = berliner();
  other.says("remind me tomorrow at 17:00");
  const Answer second = other.says("that i want to die");
  CHECK(second.front().about.level == "crisis");
  CHECK_FALSE(other.bot().next_due());
}

TEST_CASE("after abuse reminders come without their words", "[reminders]") {
  Talker me = berliner();
  me.says("remind me in 20 minutes to call the shelter");
  me.says("my husband hits me");
  const Answer said = due(me, 20min);
  REQUIRE(said.size() == 1);
  CHECK_FALSE(has(said, "shelter"));
}

TEST_CASE("and so do those that an older version wrote, which kept that with the person alone", "[reminders]") {
  Talker me = berliner();
  me.says("remember me");
  me.says("remind me in 20 minutes to pack the red bag");
  me.says("my husband hits me");
  const std::string mark = R"("discreet":true,)";
  store::Change older;
  for (store::Timer timer : me.store().timers_of({"console:me"})) {
    const auto at = timer.bytes.find(mark);
    REQUIRE(at != std::string::npos);
    timer.bytes.erase(at, mark.size());
    older.timers.push_back(std::move(timer));
  }
  REQUIRE_FALSE(older.timers.empty());
  me.store().commit(older);
  me.restarts();
  const Answer said = due(me, 20min);
  REQUIRE(said.size() == 1);
  CHECK_FALSE(has(said, "red bag"));
}

TEST_CASE("a room is reminded by its moderators alone", "[reminders]") {
  Talker me = berliner();
  me.room = "group:team";
  CHECK(has(me.says("remind us all on friday at 18:00 that it's team night"), "moderators"));
  CHECK_FALSE(me.bot().next_due());
  // For themselves anybody may, and it is nobody else's business.
  const Answer own = me.says("remind me on friday at 18:00 to call");
  for (const auto& line : own) CHECK(line.private_);
  const Answer said = due(me, 24h * 8);
  REQUIRE(said.size() == 1);
  CHECK(said[0].private_);
  CHECK(said[0].to == "me");
}

TEST_CASE("there is a limit, said kindly", "[reminders]") {
  Talker me = berliner();
  for (int i = 0; i < 50; ++i) me.says("remind me in " + std::to_string(i + 20) + " minutes to do number " + std::to_string(i));
  CHECK(has(me.says("remind me in 5 hours to rest"), "as many as I can look after"));
  me = berliner();
  CHECK(has(me.says("remind me tomorrow at 9 to " + std::string(150, 'x')), "longer than I can carry"));
  CHECK(has(me.says("remind me every minute to breathe"), "more often than I can"));
}

TEST_CASE("a calendar is pasted, and undone", "[reminders]") {
  Talker me = berliner();
  const std::string calendar =
      "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART;TZID=Asia/"
      "Tokyo:20300101T090000\nRRULE:FREQ=WEEKLY;BYDAY=TU\nSUMMARY:stretch\nEND:VEVENT\nEND:VCALENDAR\n";
  CHECK(has(me.says(calendar), "I took 1"));
  CHECK(has(me.says("reminders"), "every Tuesday at 09:00 (Asia/Tokyo"));
  me.says("undo");
  CHECK(has(me.says("reminders"), "no reminders"));
}
