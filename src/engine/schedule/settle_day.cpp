#include "engine/schedule/settle_day.hpp"

#include <algorithm>

namespace nurturer::schedule {
namespace {

using date::days;
using date::local_days;
using date::months;
using date::year_month_day;

constexpr int hour = 3600;

Clock at(int of_day_hour, int minute = 0) { return {of_day_hour * hour + minute * 60, Clock::Half::told}; }

local_days today(Wall now) { return std::chrono::floor<days>(now); }

OnDay next_weekday(unsigned weekday, Wall now) {
  const local_days day = today(now);
  const auto ahead = date::weekday{weekday} - date::weekday{day};
  return {day + ahead, false, true, std::nullopt};
}

// Of the week that begins next monday.
OnDay weekday_of_next_week(unsigned weekday, Wall now) {
  const local_days day = today(now);
  const local_days monday = day + days{7} - (date::weekday{day} - date::Monday);
  return {monday + (date::weekday{weekday} - date::Monday), true, false, Guess::week};
}

std::optional<OnDay> on_date(const Day& said, Wall now) {
  const local_days day = today(now);
  const year_month_day here{day};
  const bool with_year = said.year != 0;
  for (int ahead = 0; ahead <= 8; ++ahead) {
    const date::year year = with_year ? date::year{said.year} : here.year() + date::years{ahead};
    const year_month_day date{year, date::month{said.month}, date::day{said.day}};
    if (date.ok() && (with_year || local_days{date} >= day)) {
      const bool later = !with_year && local_days{date} - day > days{183};  // far enough to be a slip
      return OnDay{local_days{date}, with_year, false, later ? std::optional{Guess::year} : std::nullopt};
    }
    if (with_year) break;
  }
  return std::nullopt;
}

std::optional<OnDay> on_month_day(const Day& said, Wall now) {
  const local_days day = today(now);
  const year_month_day here{day};
  if (said.day == 0) {  // "in two months": this day there, or the last one of a shorter month
    const auto month = date::year_month{here.year(), here.month()} + months{said.months};
    const auto last = static_cast<unsigned>((month / date::last).day());
    return OnDay{local_days{month / date::day{std::min(last, static_cast<unsigned>(here.day()))}}, true, false, std::nullopt};
  }
  for (int ahead = said.months; ahead <= said.months + 12; ++ahead) {
    const auto date = (date::year_month{here.year(), here.month()} + months{ahead}) / date::day{said.day};
    if (date.ok() && local_days{date} >= day) return OnDay{local_days{date}, said.months != 0, false, std::nullopt};
  }
  return std::nullopt;
}

bool by_day(int h) { return h >= 6 && h < 23; }

}  // namespace

std::optional<OnDay> day_of(const Day& said, Wall now) {
  const local_days day = today(now);
  switch (said.kind) {
    case Day::Kind::offset:
      if (said.days == -7) return weekday_of_next_week(1, now);
      if (said.days > 5000) return OnDay{day + days{5000}, true, false, std::nullopt};
      return OnDay{day + days{said.days}, true, false, std::nullopt};
    case Day::Kind::weekday: {
      OnDay on = next_weekday(said.weekday, now);
      on.day += days{said.days};
      on.rolls = said.days == 0;
      on.fixed = said.days != 0;
      return on;
    }
    case Day::Kind::next_weekday: return weekday_of_next_week(said.weekday, now);
    case Day::Kind::date: return on_date(said, now);
    case Day::Kind::month_day: return on_month_day(said, now);
    case Day::Kind::end_of_month: {
      const year_month_day here{day};
      return OnDay{local_days{here.year() / here.month() / date::last}, false, false, std::nullopt};
    }
    case Day::Kind::ambiguous:
    case Day::Kind::past: break;
  }
  return std::nullopt;
}

Clock settled(Clock clock, Part part, bool near, Wall now) {
  if (clock.half == Clock::Half::told) return clock;
  const int h = clock.second_of_day / hour;  // 1 .. 12
  const int rest = clock.second_of_day % hour;
  // 24: the midnight that ends the day.
  const auto make = [&](int of_day) { return Clock{of_day == 24 && rest != 0 ? rest : of_day * hour + rest, Clock::Half::told}; };
  switch (part) {
    case Part::early:
    case Part::morning: return make(h == 12 ? 0 : h);
    case Part::noon:
    case Part::afternoon:
    case Part::evening: return make(h == 12 ? 12 : h + 12);
    case Part::night:
    case Part::bedtime: return make(h == 12 ? 24 : h >= 6 ? h + 12 : h);
    case Part::none: break;
  }
  const int early = h == 12 ? 12 : h;  // 12 is noon
  const int late = h == 12 ? 24 : h + 12;
  if (near) {
    // The next time that this hour comes, not in the night.
    const auto of_day = static_cast<int>((now - std::chrono::floor<days>(now)).count());
    for (const int candidate : {early, late}) {
      if (by_day(candidate) && candidate * hour + rest > of_day) return make(candidate);
    }
  }
  return make(h >= 7 && h <= 12 ? early : late);
}

Clock clock_of(Part part) noexcept {
  switch (part) {
    case Part::early: return at(7);
    case Part::noon: return at(12, 30);
    case Part::afternoon: return at(15);
    case Part::evening: return at(19);
    case Part::night: return at(21);
    case Part::bedtime: return at(22);
    case Part::morning:
    case Part::none: break;
  }
  return at(9);
}

std::vector<Clock> spread(int times) {
  if (times <= 1) return {at(9)};
  if (times == 2) return {at(9), at(20)};
  if (times == 3) return {at(9), at(14), at(20)};
  if (times == 4) return {at(9), at(12), at(16), at(20)};
  // From 9 to 21, at whole hours where there are enough of them.
  std::vector<Clock> clocks;
  for (int i = 0; i < times; ++i) clocks.push_back(at(9 + 12 * i / (times - 1)));
  return clocks;
}

std::optional<bool> day_first(const std::string& locale) {
  std::string tag = locale;
  std::ranges::replace(tag, '_', '-');
  if (tag.empty() || tag == "en") return std::nullopt;
  // Months go first in the United States and in few other places; years first in East Asia, where 3/12 is March.
  for (const char* const first : {"en-US", "en-PH", "en-CA", "es-US", "es-PA", "ja", "ko", "zh", "hu"}) {
    if (tag.starts_with(first)) return tag.starts_with("en-CA") ? std::nullopt : std::optional{false};
  }
  return true;
}

}  // namespace nurturer::schedule
