// Reminders out as iCalendar and in again.
#include <catch2/catch.hpp>

#include "engine/schedule/calendar.hpp"

namespace {

using namespace nurturer::schedule;
using namespace std::chrono_literals;

const Time now{date::sys_days{date::year{2026} / 11 / 24} + 9h};
const Here here{now, "Europe/Berlin", "en-GB"};

Reminder reminder(const std::string& phrase, const std::string& text) {
  const Settled settled = settle(find(phrase, true), here);
  REQUIRE(settled.question == Question::none);
  return make_reminder("reminder " + text, text, settled.when);
}

}  // namespace

TEST_CASE("what is exported, imported again, is the same", "[schedule]") {
  const std::vector<Reminder> all{reminder("tomorrow at 17:00", "call, mum; \"now\""), reminder("every other sunday at 19:00", "write"),
                                  reminder("in 20 minutes", "breathe"),
                                  reminder("on the 30th of every month at 10:00 until 31.12.2027", "pay")};
  const std::string calendar = write_calendar(all, now);
  CHECK(calendar.starts_with("BEGIN:VCALENDAR\r\n"));
  CHECK(calendar.find("DTSTART;TZID=Europe/Berlin:20261125T170000") != std::string::npos);
  CHECK(calendar.find("BEGIN:VALARM") != std::string::npos);
  const Import import = read_calendar("here they are:\n" + calendar, here);
  CHECK(import.left == 0);
  REQUIRE(import.reminders.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(import.reminders[i].text == all[i].text);
    CHECK(import.reminders[i].when.moment == all[i].when.moment);
    const Reminder again = make_reminder("r", "", import.reminders[i].when);
    const auto first = fire(again, again.due).after;
    const auto same = fire(all[i], all[i].due).after;
    REQUIRE(first.has_value() == same.has_value());
    if (!all[i].when.rule.empty()) CHECK(first->due == same->due);
  }
}

TEST_CASE("what cannot be kept is counted", "[schedule]") {
  const std::string calendar =
      "BEGIN:VCALENDAR\nVERSION:2.0\n"
      "BEGIN:VEVENT\nDTSTART:20200101T090000Z\nSUMMARY:past\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:no time\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART:20270101T090000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:too often\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART;TZID=Mars/Olympus:20270101T090000\nSUMMARY:nowhere\nEND:VEVENT\n"
      "BEGIN:VEVENT\nDTSTART;TZID=/example.org/Asia/Tokyo:20270101T090000\nSUMMARY:good\nEND:VEVENT\nEND:VCALENDAR\n";
  const Import import = read_calendar(calendar, here);
  CHECK(import.left == 4);
  REQUIRE(import.reminders.size() == 1);
  CHECK(import.reminders[0].when.zone == "Asia/Tokyo");
  CHECK(read_calendar("BEGIN:VCALENDAR\nnonsense", here).reminders.empty());
  CHECK(read_calendar("", here).reminders.empty());
}
