#include "engine/schedule/settle_rule.hpp"

#include <algorithm>
#include <map>

#include "engine/schedule/rule.hpp"
#include "engine/schedule/rule_parts.hpp"
#include "engine/schedule/settle_day.hpp"

namespace nurturer::schedule {
namespace {

using date::days;
using Unit = Repeat::Unit;

constexpr int day_begins = 8, day_ends = 22;  // what is not said to be at night is not at night
constexpr int most_a_day = 12;

Settled ask(Question question) {
  Settled settled;
  settled.question = question;
  return settled;
}

void guess(Settled& settled, Guess what) {
  if (std::ranges::find(settled.guesses, what) == settled.guesses.end()) settled.guesses.push_back(what);
}

date::local_days day_of_wall(Wall wall) { return std::chrono::floor<days>(wall); }

// "Every two hours": at these hours of each day, from the time of now on; at night only if that was said.
std::optional<Question> by_hours(const Found& found, Wall now, RuleParts& parts, Settled& settled) {
  Repeat& repeat = parts.repeat;
  const int minutes = repeat.unit == Unit::hour ? repeat.interval * 60 : repeat.interval;
  if (minutes < 15) return Question::too_often;
  if (minutes > 24 * 60) return Question::never;
  const bool limited = found.between_from >= 0;
  const int from = limited ? found.between_from : found.at_night_too ? 0 : day_begins * 60;
  const int to = limited ? found.between_to : (found.at_night_too ? 24 : day_ends) * 60 - 1;
  if (!limited && !found.at_night_too) guess(settled, Guess::daytime);
  const Wall first =
      !found.clocks.empty()
          ? day_of_wall(now) + std::chrono::seconds{schedule::settled(found.clocks.front(), found.part, true, now).second_of_day}
      : limited ? day_of_wall(now) + std::chrono::minutes{from}
                : std::chrono::floor<std::chrono::minutes>(now) + std::chrono::minutes{minutes};
  const auto of_day = static_cast<int>((first - day_of_wall(first)).count() / 60);
  if (minutes % 60 != 0 && 60 % minutes != 0) {
    repeat.unit = Unit::minute;
    repeat.interval = minutes;
    parts.hours_from = from / 60;
    parts.hours_to = std::max(from / 60 + 1, (to + 1) / 60);
    parts.clocks = {{of_day * 60, Clock::Half::told}};
    return std::nullopt;
  }
  repeat = Repeat{};
  for (int m = limited ? from : of_day % minutes; m < 24 * 60; m += minutes) {
    if (m >= from && m <= to) parts.clocks.push_back({m * 60, Clock::Half::told});
  }
  return parts.clocks.empty() ? std::optional{Question::never} : std::nullopt;
}

void days_of_week(const Found& found, Wall now, Repeat& repeat, Settled& settled) {
  if (repeat.times > 0) {
    static constexpr unsigned one[] = {1}, two[] = {1, 4}, three[] = {1, 3, 5}, four[] = {1, 2, 4, 5}, five[] = {1, 2, 3, 4, 5},
                              six[] = {1, 2, 3, 4, 5, 6};
    const auto take = [&](const auto& list) { repeat.weekdays.assign(std::begin(list), std::end(list)); };
    switch (repeat.times) {
      case 1: take(one); break;
      case 2: take(two); break;
      case 3: take(three); break;
      case 4: take(four); break;
      case 5: take(five); break;
      case 6: take(six); break;
      default: repeat.weekdays = {0, 1, 2, 3, 4, 5, 6};
    }
    guess(settled, Guess::day);
    repeat.times = 0;
  }
  if (!repeat.weekdays.empty()) return;
  if (found.day && (found.day->kind == Day::Kind::weekday || found.day->kind == Day::Kind::next_weekday)) {
    repeat.weekdays = {found.day->weekday};
    return;
  }
  date::local_days day = day_of_wall(now);
  if (found.day || found.from) {
    if (const auto on = day_of(found.day ? *found.day : *found.from, now)) day = on->day;
  } else {
    guess(settled, Guess::day);
  }
  repeat.weekdays = {date::weekday{day}.c_encoding()};
}

void days_of_month(const Found& found, Wall now, Repeat& repeat, Settled& settled) {
  if (!repeat.weekdays.empty() || !repeat.month_days.empty()) return;
  if (found.day && found.day->kind == Day::Kind::end_of_month) {
    repeat.month_days = {-1};
    return;
  }
  date::local_days day = day_of_wall(now);
  const auto on = found.day ? day_of(*found.day, now) : found.from ? day_of(*found.from, now) : std::nullopt;
  if (on)
    day = on->day;
  else
    guess(settled, Guess::day);
  const date::year_month_day date{day};
  repeat.month_days = {static_cast<int>(static_cast<unsigned>(date.day()))};
  if (repeat.unit == Unit::year) repeat.month = static_cast<unsigned>(date.month());
}

// Times of one minute each can stand in one rule; others need rules of their own.
std::vector<RuleParts> by_minute(const RuleParts& parts) {
  std::map<std::vector<int>, std::vector<int>> minutes_of_hours;
  std::map<int, std::vector<int>> hours_of_minute;
  for (const Clock& clock : parts.clocks) hours_of_minute[clock.second_of_day % 3600].push_back(clock.second_of_day / 3600);
  for (auto& [minute, hours] : hours_of_minute) minutes_of_hours[hours].push_back(minute);
  std::vector<RuleParts> all;
  for (const auto& [hours, minutes] : minutes_of_hours) {
    RuleParts part = parts;
    part.clocks.clear();
    for (const int h : hours)
      for (const int m : minutes) part.clocks.push_back({h * 3600 + m, Clock::Half::told});
    std::ranges::sort(part.clocks, {}, &Clock::second_of_day);
    all.push_back(std::move(part));
  }
  return all;
}

std::optional<Question> limit(const Found& found, Wall start, Wall now, RuleParts& parts) {
  parts.count = found.count;
  std::optional<date::local_days> last;
  if (found.lasting_days > 0) last = day_of_wall(start) + days{found.lasting_days - 1};
  if (found.until) {
    if (found.until->kind == Day::Kind::ambiguous) return Question::never;
    const auto until = day_of(*found.until, now);
    if (!until) return Question::never;
    last = until->day;
    // "Every day from monday until friday": the friday after that monday.
    if (found.until->kind == Day::Kind::weekday && *last < day_of_wall(start)) last = *last + days{7};
  }
  if (!last) return std::nullopt;
  if (*last < day_of_wall(start)) return Question::over;
  parts.until = *last + std::chrono::seconds{86399};
  return std::nullopt;
}

std::optional<Wall> first_time(const RuleParts& parts, Wall from) {
  // The interval begins with the first: only the pattern within a period says where that is.
  RuleParts plain = parts;
  plain.repeat.interval = 1;
  plain.until.reset();
  plain.count = 0;
  const auto of_first = std::chrono::seconds{parts.clocks.front().second_of_day};
  const Wall before = day_of_wall(from) + of_first;
  return occurrence(rule_of(plain), before, from);
}

Settled finish(const Found& found, const Here& here, std::vector<RuleParts> all, Settled settled) {
  const Wall now = wall_of(here.now, here.zone);
  Wall from = now + std::chrono::seconds{1};
  // "Every month on the 31st": the day says which day of each month, not from when on.
  const bool of_each_month = found.day && all.front().repeat.unit == Unit::month && found.day->kind == Day::Kind::month_day;
  const std::optional<Day>& begins = found.from || of_each_month ? found.from : found.day;
  if (begins) {
    const auto on = day_of(*begins, now);
    if (!on) return ask(Question::never);
    from = std::max(from, Wall{on->day});
  }
  bool first = true;
  for (RuleParts& parts : all) {
    const bool by_minutes = parts.repeat.unit == Unit::minute;
    std::optional<Wall> start;
    if (by_minutes)
      start = occurrence(rule_of(parts), day_of_wall(from) + std::chrono::seconds{parts.clocks.front().second_of_day}, from);
    else
      start = first_time(parts, from);
    // A wall time that is skipped there, or that has come a first time today, is not ahead: the next one is.
    while (start && instant_of(*start, here.zone) <= here.now)
      start = by_minutes ? std::nullopt : first_time(parts, *start + std::chrono::seconds{1});
    if (!start) return ask(Question::never);
    if (const auto question = limit(found, *start, now, parts)) return ask(*question);
    When when{*start, rule_of(parts), here.zone, false, instant_of(*start, here.zone)};
    if (!rule_good(when.rule, when.start)) return ask(Question::too_often);
    if (when.moment - here.now > std::chrono::hours{24 * 366 * 5}) return ask(Question::too_far);
    if (first)
      settled.when = when;
    else
      settled.also.push_back(when);
    first = false;
  }
  return settled;
}

}  // namespace

Settled settle_series(const Found& found, const Here& here) {
  const Wall now = wall_of(here.now, here.zone);
  Settled settled;
  RuleParts parts;
  parts.repeat = *found.repeat;
  if (parts.repeat.interval < 1 || parts.repeat.interval > 1000) return ask(Question::too_far);
  if (parts.repeat.unit <= Unit::hour) {
    const bool whole_days = parts.repeat.unit == Unit::hour && parts.repeat.interval % 24 == 0;
    if (whole_days) {
      parts.repeat.interval /= 24;
      parts.repeat.unit = Unit::day;
    } else {
      if (const auto question = by_hours(found, now, parts, settled)) return ask(*question);
      return finish(found, here, by_minute(parts), settled);
    }
  }
  if (parts.repeat.times > most_a_day && parts.repeat.unit == Unit::day) return ask(Question::too_often);
  if (parts.repeat.unit == Unit::day && parts.repeat.times > 0 && found.clocks.empty()) {
    parts.clocks = spread(parts.repeat.times);
    if (parts.repeat.times == 1 && found.part != Part::none) parts.clocks = {clock_of(found.part)};
    guess(settled, Guess::time_of_day);
  } else if (found.clocks.empty()) {
    parts.clocks = {clock_of(found.part)};
    guess(settled, Guess::time_of_day);
  } else {
    for (const Clock& clock : found.clocks) {
      parts.clocks.push_back(schedule::settled(clock, found.part, false, now));
      if (clock.half == Clock::Half::open && found.part == Part::none) guess(settled, Guess::half_of_day);
    }
  }
  if (parts.repeat.unit == Unit::week) days_of_week(found, now, parts.repeat, settled);
  if (parts.repeat.unit == Unit::month || parts.repeat.unit == Unit::year) days_of_month(found, now, parts.repeat, settled);
  parts.repeat.times = 0;
  for (Clock& clock : parts.clocks) clock.second_of_day %= 24 * 3600;
  std::ranges::sort(parts.clocks, {}, &Clock::second_of_day);
  // "At 0:00 and 12 at night" names one time twice.
  const auto twice = std::ranges::unique(parts.clocks, {}, &Clock::second_of_day);
  parts.clocks.erase(twice.begin(), twice.end());
  return finish(found, here, by_minute(parts), settled);
}

}  // namespace nurturer::schedule
