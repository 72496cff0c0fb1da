#include "engine/schedule/say.hpp"

#include <algorithm>
#include <array>

#include "engine/schedule/rule_parts.hpp"

namespace nurturer::schedule {
namespace {

using date::days;
using Unit = Repeat::Unit;

constexpr std::array<std::string_view, 7> weekdays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months{"January", "February", "March",     "April",   "May",      "June",
                                                  "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 6> units{"minutes", "hours", "days", "weeks", "months", "years"};
constexpr std::array<std::string_view, 6> one_unit{"minute", "hour", "day", "week", "month", "year"};

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string clock_of_day(int second_of_day) {
  std::string text = two(second_of_day / 3600) + ":" + two(second_of_day / 60 % 60);
  if (second_of_day % 60 != 0) text += ":" + two(second_of_day % 60);
  return text;
}

std::string ordinal(int number) {
  const int last = number % 10;
  const bool teens = number / 10 % 10 == 1;
  const char* ending = teens ? "th" : last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
  return std::to_string(number) + ending;
}

template <class Values, class Write>
std::string listed(const Values& values, Write write) {
  std::string all;
  std::size_t i = 0;
  for (const auto& value : values) {
    if (i > 0) all += i + 1 == values.size() ? " and " : ", ";
    all += write(value);
    ++i;
  }
  return all;
}

std::string weekly(const Repeat& repeat) {
  const std::vector<unsigned> workdays{1, 2, 3, 4, 5};
  std::vector<unsigned> ordered = repeat.weekdays;
  std::ranges::sort(ordered, {}, [](unsigned d) { return (d + 6) % 7; });  // the week begins on monday
  const std::string names = listed(ordered, [](unsigned d) { return std::string(weekdays[d]); });
  if (repeat.interval == 1)
    return repeat.weekdays == workdays ? "every weekday" : repeat.weekdays.size() == 7 ? "every day" : "every " + names;
  if (repeat.interval == 2 && repeat.weekdays.size() == 1) return "every other " + names;
  return "every " + std::to_string(repeat.interval) + " weeks on " + names;
}

std::string monthly(const Repeat& repeat) {
  std::string day;
  if (!repeat.weekdays.empty())
    day = "the " + (repeat.nth == -1 ? std::string("last") : ordinal(repeat.nth)) + " " + std::string(weekdays[repeat.weekdays[0]]);
  else
    day = repeat.month_days[0] == -1 ? "the last day" : "the " + ordinal(repeat.month_days[0]);
  if (repeat.interval == 1) return "on " + day + " of every month";
  return "every " + std::to_string(repeat.interval) + " months on " + day + " of the month";
}

std::string yearly(const Repeat& repeat) {
  const std::string day = std::to_string(repeat.month_days[0]) + " " + std::string(months[repeat.month - 1]);
  return (repeat.interval == 1 ? "every year" : "every " + std::to_string(repeat.interval) + " years") + " on " + day;
}

std::string repeat_text(const Repeat& repeat) {
  switch (repeat.unit) {
    case Unit::week: return weekly(repeat);
    case Unit::month: return monthly(repeat);
    case Unit::year: return yearly(repeat);
    case Unit::day:
      if (repeat.interval == 2) return "every other day";
      [[fallthrough]];
    case Unit::minute:
    case Unit::hour: break;
  }
  const auto unit = static_cast<std::size_t>(repeat.unit);
  if (repeat.interval == 1) return "every " + std::string(one_unit[unit]);
  return "every " + std::to_string(repeat.interval) + " " + std::string(units[unit]);
}

// Four and more times at even distances: minutes between them; 0: no such row.
int even_step(const RuleParts& parts) {
  const auto& clocks = parts.clocks;
  if (parts.repeat.unit != Unit::day || parts.repeat.interval != 1 || clocks.size() < 4) return 0;
  const int step = clocks[1].second_of_day - clocks[0].second_of_day;
  for (std::size_t i = 2; i < clocks.size(); ++i) {
    if (clocks[i].second_of_day - clocks[i - 1].second_of_day != step) return 0;
  }
  return step % 900 == 0 && (step % 3600 == 0 || 3600 % step == 0) ? step / 60 : 0;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

}  // namespace

std::string clock_text(Wall wall) { return clock_of_day(static_cast<int>((wall - std::chrono::floor<days>(wall)).count())); }

std::string date_text(Wall wall) {
  const date::local_days day = std::chrono::floor<days>(wall);
  const date::year_month_day date{day};
  return std::string(weekdays[date::weekday{day}.c_encoding()]) + " " + std::to_string(static_cast<unsigned>(date.day())) + " " +
         std::string(months[static_cast<unsigned>(date.month()) - 1]) + " " + std::to_string(static_cast<int>(date.year()));
}

std::string moment_text(Time moment, const std::string& zone) {
  const Wall wall = wall_of(moment, zone);
  std::string text = date_text(wall) + ", " + clock_text(wall);
  if (second_coming(moment, zone)) text += " " + abbreviation(moment, zone);
  return text;
}

std::string rule_text(const When& when) {
  const auto parts = parts_of(when.rule, when.start);
  if (!parts) return "by the rule " + when.rule;
  std::string text = repeat_text(parts->repeat);
  if (const int step = even_step(*parts); step > 0)
    text =
        "every " +
        (step % 60 == 0 ? (step == 60 ? std::string("hour") : std::to_string(step / 60) + " hours") : std::to_string(step) + " minutes") +
        " from " + clock_of_day(parts->clocks.front().second_of_day) + " to " + clock_of_day(parts->clocks.back().second_of_day);
  else if (parts->repeat.unit == Unit::minute && parts->hours_from >= 0)
    text += " between " + std::to_string(parts->hours_from) + " and " + std::to_string(parts->hours_to);
  else
    text += " at " + listed(parts->clocks, [](const Clock& c) { return clock_of_day(c.second_of_day); });
  if (parts->until) text += ", until " + date_text(*parts->until);
  if (parts->count > 0) text += ", " + counted(parts->count, "time", "times") + " in all";
  return text;
}

std::string text_of(const When& when) {
  if (when.rule.empty()) return moment_text(when.moment, when.zone);
  const auto parts = parts_of(when.rule, when.start);
  std::string text = rule_text(when) + ", first on " + date_text(when.start);
  if (!parts || parts->repeat.unit == Unit::minute) text += " at " + clock_text(when.start);
  return text;
}

std::string relative_text(Time moment, Time now, const std::string& zone) {
  const auto minutes = std::chrono::round<std::chrono::minutes>(moment - now).count();
  if (moment <= now) return "now";
  if (minutes < 1) return "in " + counted(std::chrono::ceil<std::chrono::seconds>(moment - now).count(), "second", "seconds");
  if (minutes < 60) return "in " + counted(minutes, "minute", "minutes");
  const auto today = std::chrono::floor<days>(wall_of(now, zone));
  const auto apart = (std::chrono::floor<days>(wall_of(moment, zone)) - today).count();
  if (apart == 0 || minutes < 6 * 60) {
    const std::string rest = minutes % 60 == 0 ? "" : " " + std::to_string(minutes % 60) + " min";
    return rest.empty() ? "in " + counted(minutes / 60, "hour", "hours") : "in " + std::to_string(minutes / 60) + " h" + rest;
  }
  if (apart == 1) return "tomorrow";
  if (apart < 14) return "in " + counted(apart, "day", "days");
  if (apart < 70) return "in " + counted(apart / 7, "week", "weeks");
  if (apart < 730) return "in " + counted(apart / 30, "month", "months");
  return "in " + counted(apart / 365, "year", "years");
}

}  // namespace nurturer::schedule
