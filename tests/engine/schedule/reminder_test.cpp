// A reminder's life: said, late, missed, snoozed, paused, moved, and a clock that jumps.
#include <catch2/catch.hpp>

#include <chrono>
#include <optional>

#include "engine/schedule/quiet.hpp"
#include "engine/schedule/reminder.hpp"
#include "engine/schedule/rule.hpp"

namespace {

using namespace nurturer::schedule;
using namespace std::chrono_literals;

const Time ten{date::sys_days{date::year{2026} / 11 / 24} + 9h};  // ten in Berlin
const std::string berlin = "Europe/Berlin";

Reminder series(const std::string& rule) {
  const Wall start = wall_of(ten, berlin);
  return make_reminder("s", "breathe", {start, rule, berlin, false, ten});
}
Reminder single() { return series(""); }

}  // namespace

TEST_CASE("on time, late, or told at the next contact", "[schedule]") {
  CHECK(fire(single(), ten).how == Firing::How::say);
  CHECK(fire(single(), ten + 5min).how == Firing::How::say);
  CHECK(fire(single(), ten + 5min + 1s).how == Firing::How::say_late);
  CHECK(fire(single(), ten + 2h).how == Firing::How::say_late);
  const Firing missed = fire(single(), ten + 2h + 1s);
  CHECK(missed.how == Firing::How::missed);
  CHECK(missed.after->missed == ten);
  CHECK(missed.after->state == Reminder::State::missed);
}

TEST_CASE("a series never piles up", "[schedule]") {
  const Reminder daily = series("FREQ=DAILY");
  const Firing after_a_week = fire(daily, ten + 24h * 7 + 1min);
  CHECK(after_a_week.how == Firing::How::say);
  CHECK(after_a_week.at == ten + 24h * 7);
  CHECK(after_a_week.after->due == ten + 24h * 8);
  const Firing too_late = fire(daily, ten + 24h * 400 + 5h);
  CHECK(too_late.how == Firing::How::missed);
  CHECK(too_late.after->state == Reminder::State::waiting);
  CHECK(too_late.after->due > ten + 24h * 400 + 5h);
  CHECK(too_late.after->due <= ten + 24h * 401 + 1h);
  // Of a weekly one too only the latest counts, and the days stay.
  const Reminder weekly = series("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU");
  CHECK(fire(weekly, ten + 24h * 30).after->due == ten + 24h * 42);
}

TEST_CASE("the last of a series can be snoozed, then it is gone", "[schedule]") {
  const Firing last = fire(series("FREQ=DAILY;COUNT=1"), ten);
  REQUIRE(last.after);
  CHECK(last.after->state == Reminder::State::fired);
  CHECK(fire(*last.after, last.after->due).how == Firing::How::erase);
  CHECK_FALSE(fire(*last.after, last.after->due).after);
}

TEST_CASE("a snooze never moves the series", "[schedule]") {
  const Reminder daily = *fire(series("FREQ=DAILY"), ten).after;
  const Reminder again = snoozed(daily, "again", ten + 10min);
  CHECK(again.due == ten + 10min);
  CHECK(again.snooze_of == daily.id);
  CHECK(again.when.rule.empty());
  CHECK(daily.due == ten + 24h);
  CHECK(snoozed(again, "third", ten + 20min).snooze_of == daily.id);
}

TEST_CASE("a pause is not made up for", "[schedule]") {
  const Reminder still = paused(series("FREQ=DAILY"));
  CHECK(still.due == never);
  const auto on = resumed(still, ten + 24h * 3 + 1h);
  REQUIRE(on);
  CHECK(on->due == ten + 24h * 4);
  CHECK_FALSE(resumed(paused(single()), ten + 1h));
  CHECK(resumed(paused(single()), ten - 1h)->due == ten);
}

TEST_CASE("elsewhere it is the same time on the wall, a moment stays", "[schedule]") {
  const auto daily = moved(series("FREQ=DAILY"), "America/New_York", ten - 1h);
  REQUIRE(daily);
  CHECK(daily->due == ten + 6h);
  Reminder in_a_while = single();
  in_a_while.when.elapsed = true;
  const auto same = moved(in_a_while, "America/New_York", ten - 1h);
  REQUIRE(same);
  CHECK(same->due == ten);
  CHECK(same->when.start == wall_of(ten, "America/New_York"));
}

TEST_CASE("a clock that jumps says nothing twice", "[schedule]") {
  const Reminder daily = series("FREQ=DAILY");
  const Firing first = fire(daily, ten);
  // Back by two days: what was said is not said again when its time comes anew.
  CHECK(rescheduled(*first.after, ten - 48h)->due == ten + 24h);
  // Forth by a year and back: the next is where it was left, and nothing between is made up for.
  const Firing far = fire(*first.after, ten + 24h * 365);
  CHECK(far.after->due > ten + 24h * 365);
  CHECK(rescheduled(*far.after, ten + 24h)->due > ten + 24h * 365);
}

TEST_CASE("steps of minutes and hours are counted from the first time, wherever one looks from", "[schedule]") {
  const Wall start = Wall{date::local_days{date::year{2026} / 1 / 22}} + 18h + 17min;
  struct Stepping {
    const char* rule;
    std::chrono::minutes step;
    std::chrono::hours first, last;
  };
  for (const Stepping& each : {Stepping{"FREQ=MINUTELY;INTERVAL=90;BYHOUR=8,9,10,11,12,13,14,15,16,17,18,19,20,21", 90min, 8h, 21h},
                               Stepping{"FREQ=MINUTELY;INTERVAL=100", 100min, 0h, 23h}, Stepping{"FREQ=HOURLY;INTERVAL=5", 300min, 0h, 23h},
                               Stepping{"FREQ=HOURLY;INTERVAL=3;BYHOUR=18,19,20,21,22,23", 180min, 18h, 23h}}) {
    INFO(each.rule);
    CHECK(occurrence(each.rule, start, start) == start);
    Wall last = start;
    int number = 1;
    for (Wall wall = start + each.step; wall < start + 72h; wall += each.step) {
      const auto hour = std::chrono::floor<std::chrono::hours>(wall - std::chrono::floor<date::days>(wall));
      if (hour < each.first || hour > each.last) continue;
      ++number;
      CHECK(occurrence(each.rule, start, last + 1s) == wall);
      CHECK(occurrence(each.rule, start, wall) == wall);
      const std::string counted = each.rule + (";COUNT=" + std::to_string(number));
      CHECK(occurrence(counted, start, wall) == wall);
      CHECK_FALSE(occurrence(counted, start, wall + 1s));
      last = wall;
    }
  }
}

TEST_CASE("a jump over what is past keeps the interval", "[schedule]") {
  const Wall start = Wall{date::local_days{date::year{2026} / 1 / 31}} + 9h;
  for (const std::string rule :
       {"FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;INTERVAL=2;BYHOUR=9,13;BYMINUTE=0", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYMONTHDAY=1"}) {
    INFO(rule);
    // With a COUNT nothing is jumped over.
    for (int day = 0; day < 1000; day += 7)
      CHECK(occurrence(rule, start, start + date::days{day}) == occurrence(rule + ";COUNT=5000", start, start + date::days{day}));
  }
}

TEST_CASE("rules that are refused", "[schedule]") {
  const Wall start = wall_of(ten, berlin);
  CHECK(rule_good("FREQ=DAILY", start));
  CHECK(rule_good("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", start));
  for (const char* bad : {"", "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=DAILY;BYMINUTE=0,1", "every day", "FREQ=DAILY;BYSECOND=1",
                          "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"}) {
    INFO(bad);
    CHECK_FALSE(rule_good(bad, start));
  }
}

TEST_CASE("quiet hours move what nobody named a time for", "[schedule]") {
  const QuietHours night{std::chrono::hours{22}, std::chrono::hours{8}};
  CHECK(out_of_quiet(ten, berlin, night) == ten);
  CHECK(out_of_quiet(ten + 12h, berlin, night) == ten + 22h);  // ten at night
  CHECK(out_of_quiet(ten - 2h - 1min, berlin, night) == ten - 2h);
  CHECK(out_of_quiet(ten, berlin, {std::chrono::hours{9}, std::chrono::hours{17}}) == ten + 7h);
  CHECK(out_of_quiet(ten + 12h, berlin, {std::chrono::hours{0}, std::chrono::hours{0}}) == ten + 12h);
}
