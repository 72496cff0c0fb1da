#include "engine/schedule/rule_parts.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace nurturer::schedule {
namespace {

using Unit = Repeat::Unit;

constexpr std::array<std::string_view, 6> units{"MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
constexpr std::array<std::string_view, 7> weekdays{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(mark, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::vector<int>> numbers(const std::string& text) {
  std::vector<int> all;
  for (const std::string& part : split(text, ',')) {
    const auto value = number(part);
    if (!value) return std::nullopt;
    all.push_back(*value);
  }
  return all;
}

using Fields = std::map<std::string, std::string>;

bool read_days(const Fields& fields, Repeat& repeat) {
  const auto found = fields.find("BYDAY");
  if (found == fields.end()) return true;
  for (const std::string& part : split(found->second, ',')) {
    if (part.size() < 2) return false;
    const auto day = std::ranges::find(weekdays, part.substr(part.size() - 2));
    const auto nth = part.size() == 2 ? std::optional{0} : number(part.substr(0, part.size() - 2));
    if (day == weekdays.end() || !nth || (*nth != 0 && (repeat.unit != Unit::month || !repeat.weekdays.empty()))) return false;
    repeat.nth = *nth;
    repeat.weekdays.push_back(static_cast<unsigned>(day - weekdays.begin()));
  }
  std::ranges::sort(repeat.weekdays);
  return repeat.unit == Unit::week || (repeat.unit == Unit::month && repeat.nth != 0);
}

bool read_month_days(const Fields& fields, Repeat& repeat) {
  const auto found = fields.find("BYMONTHDAY");
  if (found == fields.end()) return true;
  const auto days = numbers(found->second);
  if (!days || (repeat.unit != Unit::month && repeat.unit != Unit::year)) return false;
  // 28,29,30 with the last of them taken: "the 30th, or the last day".
  const bool shortened = fields.contains("BYSETPOS");
  if (shortened && fields.at("BYSETPOS") != "-1") return false;
  repeat.month_days = shortened ? std::vector<int>{days->back()} : *days;
  return repeat.month_days.size() == 1 && (repeat.month_days[0] == -1 || repeat.month_days[0] >= 1);
}

bool read_clocks(const Fields& fields, Wall start, RuleParts& parts) {
  const auto of_day = static_cast<int>((start - std::chrono::floor<date::days>(start)).count());
  const auto hours = fields.find("BYHOUR");
  const auto minutes = fields.find("BYMINUTE");
  if (hours == fields.end()) {
    if (minutes != fields.end()) return false;
    parts.clocks.push_back({of_day, Clock::Half::told});
    return true;
  }
  const auto all_hours = numbers(hours->second);
  const auto all_minutes = minutes == fields.end() ? std::optional{std::vector{of_day / 60 % 60}} : numbers(minutes->second);
  if (!all_hours || !all_minutes) return false;
  if (parts.repeat.unit == Unit::minute) {
    parts.hours_from = all_hours->front();
    parts.hours_to = all_hours->back() + 1;
    parts.clocks.push_back({of_day, Clock::Half::told});
    return static_cast<int>(all_hours->size()) == parts.hours_to - parts.hours_from;
  }
  for (const int h : *all_hours) {
    for (const int m : *all_minutes) parts.clocks.push_back({h * 3600 + m * 60 + of_day % 60, Clock::Half::told});
  }
  return true;
}

bool read_until(const Fields& fields, RuleParts& parts) {
  const auto found = fields.find("UNTIL");
  if (found == fields.end()) return true;
  const std::string& text = found->second;
  if (text.size() < 8) return false;
  const auto year = number(text.substr(0, 4)), month = number(text.substr(4, 2)), day = number(text.substr(6, 2));
  if (!year || !month || !day) return false;
  const date::year_month_day date{date::year{*year}, date::month{static_cast<unsigned>(*month)}, date::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || (text.size() > 8 && text.substr(8) != "T235959")) return false;
  parts.until = date::local_days{date} + std::chrono::seconds{86399};
  return true;
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

template <class Values, class Write>
std::string joined(const Values& values, Write write) {
  std::string all;
  for (const auto& value : values) all += (all.empty() ? "" : ",") + write(value);
  return all;
}

std::string days_of(const Repeat& repeat) {
  if (!repeat.weekdays.empty()) {
    const std::string nth = repeat.nth == 0 ? "" : std::to_string(repeat.nth);
    return ";BYDAY=" + joined(repeat.weekdays, [&](unsigned d) { return nth + std::string(weekdays[d]); });
  }
  if (repeat.month_days.empty()) return {};
  const int day = repeat.month_days.front();
  if (repeat.unit == Unit::month && day == 31) return ";BYMONTHDAY=-1";
  if (repeat.unit == Unit::month && day > 28) {
    std::string days = "28";
    for (int d = 29; d <= day; ++d) days += "," + std::to_string(d);
    return ";BYMONTHDAY=" + days + ";BYSETPOS=-1";
  }
  return ";BYMONTHDAY=" + std::to_string(day);
}

std::string clocks_of(const RuleParts& parts) {
  if (parts.repeat.unit == Unit::minute && parts.hours_from >= 0) {
    std::vector<int> hours;
    for (int h = parts.hours_from; h < parts.hours_to; ++h) hours.push_back(h);
    return ";BYHOUR=" + joined(hours, [](int h) { return std::to_string(h); });
  }
  if (parts.clocks.size() < 2) return {};
  std::vector<int> hours, minutes;
  for (const Clock& clock : parts.clocks) {
    hours.push_back(clock.second_of_day / 3600);
    minutes.push_back(clock.second_of_day / 60 % 60);
  }
  for (auto* list : {&hours, &minutes}) {
    std::ranges::sort(*list);
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  const auto write = [](int v) { return std::to_string(v); };
  return ";BYHOUR=" + joined(hours, write) + ";BYMINUTE=" + joined(minutes, write);
}

}  // namespace

std::optional<RuleParts> parts_of(const std::string& rule, Wall start) {
  Fields fields;
  for (const std::string& part : split(rule, ';')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) return std::nullopt;
    fields[part.substr(0, equals)] = part.substr(equals + 1);
  }
  for (const auto& [name, value] : fields) {
    constexpr std::array<std::string_view, 11> ours{"FREQ",     "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYHOUR",
                                                    "BYMINUTE", "BYSETPOS", "UNTIL", "COUNT",      "WKST"};
    if (std::ranges::find(ours, name) == ours.end()) return std::nullopt;
  }
  RuleParts parts;
  const auto unit = std::ranges::find(units, fields["FREQ"]);
  if (unit == units.end()) return std::nullopt;
  parts.repeat.unit = static_cast<Unit>(unit - units.begin());
  if (fields.contains("INTERVAL")) parts.repeat.interval = number(fields["INTERVAL"]).value_or(0);
  if (fields.contains("COUNT")) parts.count = number(fields["COUNT"]).value_or(0);
  if (fields.contains("BYMONTH")) {
    if (parts.repeat.unit != Unit::year) return std::nullopt;
    parts.repeat.month = static_cast<unsigned>(number(fields["BYMONTH"]).value_or(0));
  }
  const bool good = parts.repeat.interval >= 1 && read_days(fields, parts.repeat) && read_month_days(fields, parts.repeat) &&
                    read_clocks(fields, start, parts) && read_until(fields, parts);
  if (!good) return std::nullopt;
  const date::year_month_day first{std::chrono::floor<date::days>(start)};
  if (parts.repeat.unit == Unit::week && parts.repeat.weekdays.empty())
    parts.repeat.weekdays = {date::weekday{date::local_days{first}}.c_encoding()};
  if (parts.repeat.unit == Unit::month && parts.repeat.weekdays.empty() && parts.repeat.month_days.empty())
    parts.repeat.month_days = {static_cast<int>(static_cast<unsigned>(first.day()))};
  if (parts.repeat.unit == Unit::year) {
    if (parts.repeat.month == 0) parts.repeat.month = static_cast<unsigned>(first.month());
    if (parts.repeat.month_days.empty()) parts.repeat.month_days = {static_cast<int>(static_cast<unsigned>(first.day()))};
  }
  return parts;
}

std::string rule_of(const RuleParts& parts) {
  const Repeat& repeat = parts.repeat;
  std::string rule = "FREQ=" + std::string(units[static_cast<std::size_t>(repeat.unit)]);
  if (repeat.interval > 1) rule += ";INTERVAL=" + std::to_string(repeat.interval);
  if (repeat.unit == Unit::year) rule += ";BYMONTH=" + std::to_string(repeat.month);
  rule += days_of(repeat) + clocks_of(parts);
  if (parts.until) {
    const date::year_month_day day{std::chrono::floor<date::days>(*parts.until)};
    rule += ";UNTIL=" + std::to_string(static_cast<int>(day.year())) + two(static_cast<int>(static_cast<unsigned>(day.month()))) +
            two(static_cast<int>(static_cast<unsigned>(day.day()))) + "T235959";
  }
  if (parts.count > 0) rule += ";COUNT=" + std::to_string(parts.count);
  return rule;
}

}  // namespace nurturer::schedule
