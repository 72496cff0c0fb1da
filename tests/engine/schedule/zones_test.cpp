// Daily reminders through every change of the clocks: once a day, at the time on the wall, save on the day on which that is missing.
#include <date/tz.h>
#include <catch2/catch.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include "engine/schedule/reminder.hpp"

namespace {

using namespace nurturer::schedule;
using date::days;
using std::chrono::hours;
using std::chrono::minutes;

// One of each kind: whole hours, half an hour, two hours, at midnight, backwards in summer, never, with the moon, quarters of an hour.
const std::vector<std::string> kinds{
    "Europe/Berlin",     "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Beirut",  "Europe/Dublin", "Asia/Kolkata",
    "Africa/Casablanca", "Pacific/Chatham",  "America/St_Johns",    "America/Santiago", "Africa/Cairo", "America/Nuuk",  "UTC"};

std::vector<std::string> zones() {
  if (std::getenv("NURTURER_LONG") == nullptr) return kinds;
  std::vector<std::string> all;
  for (const date::time_zone& zone : date::get_tzdb().zones) all.push_back(zone.name());
  return all;
}

minutes offset_at(Time time, const std::string& zone) {
  return std::chrono::duration_cast<minutes>(wall_of(time, zone).time_since_epoch() -
                                             std::chrono::floor<std::chrono::seconds>(time).time_since_epoch());
}

// Worked out without the library's own view of wall times: the first minute at which the wall shows `wall` or later.
Time by_hand(Wall wall, const std::string& zone) {
  const Time middle{wall.time_since_epoch()};
  const minutes before = offset_at(middle - hours{30}, zone);
  const minutes after = offset_at(middle + hours{30}, zone);
  if (before == after && offset_at(middle - before, zone) == before) return middle - before;
  for (Time time = middle - hours{15};; time += minutes{1}) {
    if (wall_of(time, zone) >= wall) return time;
  }
}

// Empty, or what is wrong in the zone.
std::string fault(const std::string& zone, minutes at) {
  const date::local_days first{date::year{2026} / 11 / 24};
  const int count = std::getenv("NURTURER_LONG") == nullptr ? 800 : 1826;
  const Wall start = first + at;
  Reminder reminder = make_reminder("r", "breathe", {start, "FREQ=DAILY", zone, false, instant_of(start, zone)});
  for (int day = 0; day < count; ++day) {
    const Wall wanted = start + days{day};
    const Time due = by_hand(wanted, zone);
    const std::string where = zone + ", day " + std::to_string(day);
    if (reminder.next != wanted) return where + ": a day was missed or came twice";
    if (reminder.due != due) return where + ": not at the time on the wall";
    const Firing firing = fire(reminder, reminder.due);
    if (firing.how != Firing::How::say || firing.at != due || !firing.after) return where + ": not said";
    if (firing.after->due <= reminder.due) return where + ": the next is not later";
    reminder = *firing.after;
  }
  return {};
}

}  // namespace

TEST_CASE("a daily reminder comes once a day at its time, in every zone", "[schedule][zones]") {
  for (const std::string& zone : zones()) {
    if (!zone_known(zone)) continue;
    for (const int at : {30, 90, 150, 210}) CHECK(fault(zone, minutes{at}) == "");
  }
}

TEST_CASE("what the clocks do to a time is done the same way everywhere", "[schedule][zones]") {
  const date::local_days spring{date::year{2026} / 3 / 29};
  const date::local_days autumn{date::year{2026} / 10 / 25};
  CHECK(instant_of(spring + minutes{150}, "Europe/Berlin") == Time{date::sys_days{date::year{2026} / 3 / 29} + hours{1}});
  CHECK(instant_of(autumn + minutes{150}, "Europe/Berlin") == Time{date::sys_days{date::year{2026} / 10 / 25} + minutes{30}});
  CHECK(second_coming(Time{date::sys_days{date::year{2026} / 10 / 25} + minutes{90}}, "Europe/Berlin"));
  CHECK_FALSE(second_coming(Time{date::sys_days{date::year{2026} / 10 / 25} + minutes{30}}, "Europe/Berlin"));
  CHECK_FALSE(zone_known("Europe/Atlantis"));
  CHECK_FALSE(zone_known("../etc/passwd"));
  CHECK_FALSE(zone_known(""));
}
