// Repetitions and their limits.
#include <algorithm>

#include "engine/schedule/grammar.hpp"

namespace nurturer::schedule {
namespace {

using Unit = Repeat::Unit;

constexpr std::string_view every = "every single|every|each|evry|ev'ry|per|all";

void add_day(Repeat& repeat, unsigned weekday) {
  if (std::ranges::find(repeat.weekdays, weekday) == repeat.weekdays.end()) repeat.weekdays.push_back(weekday);
}

// "monday and wednesday", "mon, wed, fri", "mondays to fridays". False when none stands here.
bool take_weekdays(Reader& reader, Repeat& repeat, bool plural_only) {
  int weekday = take_weekday(reader, plural_only);
  if (weekday < 0) return false;
  add_day(repeat, static_cast<unsigned>(weekday));
  for (;;) {
    const std::size_t here = reader.at();
    const bool range = reader.take("to|through|thru|till|-");
    if (!range && !reader.take(", and|and on|and|,|&|+|/|or")) break;
    reader.take("on|every|each");
    const int next = take_weekday(reader);
    if (next < 0) {
      reader.go_to(here);
      break;
    }
    if (range) {
      for (int d = weekday; d != next; d = (d + 1) % 7) add_day(repeat, static_cast<unsigned>(d));
    }
    add_day(repeat, static_cast<unsigned>(next));
    weekday = next;
  }
  std::ranges::sort(repeat.weekdays);
  return true;
}

bool workdays(Repeat& repeat) {
  repeat.unit = Unit::week;
  repeat.weekdays = {1, 2, 3, 4, 5};
  return true;
}

// "the first monday of the month", "the 15th of each month", "the last day of every month".
bool monthly_by(Reader& reader, Repeat& repeat) {
  const std::size_t start = reader.at();
  reader.take("on");
  reader.take("the");
  const bool last = reader.take("last");
  const int ordinal = last ? -1 : take_ordinal(reader);
  if (ordinal == -1 && !last) {
    reader.go_to(start);
    return false;
  }
  const int weekday = take_weekday(reader);
  const bool day = weekday < 0 && (reader.take("day") || !last);
  const bool of_month = reader.take(
      "of the month|of each month|of every month|every month|each month|in the month|in each month|in every month|of a month|monthly");
  if (!of_month || (weekday < 0 && !day) || (weekday >= 0 && ordinal > 5)) {
    reader.go_to(start);
    return false;
  }
  repeat.unit = Unit::month;
  if (weekday >= 0) {
    repeat.weekdays = {static_cast<unsigned>(weekday)};
    repeat.nth = ordinal;
  } else {
    repeat.month_days = {ordinal};
  }
  return true;
}

bool by_interval(Reader& reader, Repeat& repeat) {
  if (reader.take("other|second|2 nd|two|alternate"))
    repeat.interval = 2;
  else if (reader.take("third|3 rd"))
    repeat.interval = 3;
  else {
    Reader ahead = reader;
    const int ordinal = take_ordinal(ahead);
    if (ordinal >= 2 && ahead.sees("day|week|month|hour")) {
      repeat.interval = ordinal;
      reader = ahead;
    }
  }
  const bool by_ordinal = repeat.interval > 1;
  if (take_weekdays(reader, repeat, false)) {
    repeat.unit = Unit::week;
    return true;
  }
  if (by_ordinal && reader.sees("weekday|week day|workday")) return false;
  if (reader.take("weekday|weekdays|week day|work day|workday|working day|business day|weekday morning")) return workdays(repeat);
  if (reader.take("weekend|week end")) {
    repeat.unit = Unit::week;
    repeat.weekdays = {0, 6};
    return true;
  }
  std::size_t here = reader.at();
  if (!by_ordinal && repeat.interval == 1) {
    if (auto length = length_at(reader)) {
      const int halves = length->halves;
      repeat.interval = std::max(1, length->number);
      switch (length->unit) {
        case Length::Unit::second: return false;
        case Length::Unit::minute: repeat.unit = Unit::minute; break;
        case Length::Unit::hour:
          repeat.unit = halves != 0 ? Unit::minute : Unit::hour;
          if (halves != 0) repeat.interval = halves * 30;
          break;
        case Length::Unit::day: repeat.unit = Unit::day; break;
        case Length::Unit::week: repeat.unit = Unit::week; break;
        case Length::Unit::month: repeat.unit = Unit::month; break;
        case Length::Unit::year: repeat.unit = Unit::year; break;
      }
      return halves == 0 || length->unit == Length::Unit::hour;
    }
    reader.go_to(here);
  }
  if (reader.take("minute|min|mins|minutes"))
    repeat.unit = Unit::minute;
  else if (reader.take("hour|hours|hr|hrs"))
    repeat.unit = Unit::hour;
  else if (reader.take("day|days|24 hours"))
    repeat.unit = Unit::day;
  else if (reader.take("week|weeks|wk"))
    repeat.unit = Unit::week;
  else if (reader.take("month|months"))
    repeat.unit = Unit::month;
  else if (reader.take("year|years"))
    repeat.unit = Unit::year;
  else
    return reader.sees(
        "morning|mornings|mornin|afternoon|evening|evenings|night|nights|lunchtime|noon|midnight|bedtime|mornign|evning|early morning");  // the part of the day follows
  return true;
}

bool by_adverb(Reader& reader, Repeat& repeat) {
  struct Entry {
    std::string_view words;
    Unit unit;
    int interval;
  };
  constexpr Entry entries[] = {{"daily|everyday|day by day|nightly|every day of the week|all days", Unit::day, 1},
                               {"hourly|on the hour", Unit::hour, 1},
                               {"weekly|once a week|once per week|once every week", Unit::week, 1},
                               {"fortnightly|biweekly|bi weekly|every fortnight|each fortnight|once a fortnight", Unit::week, 2},
                               {"monthly|once a month|once per month", Unit::month, 1},
                               {"yearly|annually|once a year", Unit::year, 1},
                               {"once a day|once per day|once daily|once every day", Unit::day, 1}};
  for (const Entry& entry : entries) {
    if (!reader.take(entry.words)) continue;
    repeat.unit = entry.unit;
    repeat.interval = entry.interval;
    return true;
  }
  if (reader.take("on weekdays|during the week|on week days|weekdays|on workdays|on work days|workdays|on working days|on school days|on "
                  "school nights"))
    return workdays(repeat);
  if (reader.take("on weekends|at weekends|at the weekends|on the weekends|weekends")) {
    repeat.unit = Unit::week;
    repeat.weekdays = {0, 6};
    return true;
  }
  return false;
}

// "three times a day", "twice daily", "2x a week".
bool by_times(Reader& reader, Repeat& repeat) {
  const std::size_t start = reader.at();
  int times = reader.take("twice") ? 2 : reader.take("thrice") ? 3 : -1;
  if (times < 0) {
    times = reader.take("a few times|a couple of times|a couple times|several times") ? 3 : reader.take_number();
    if (times >= 0 && reader.before().word != "times" && !reader.take("times|x|time")) times = -1;
  }
  const bool day = times > 0 && reader.take("a day|per day|daily|each day|every day|every single day|during the day|throughout the day");
  const bool week = times > 0 && !day && reader.take("a week|per week|weekly|each week|every week");
  if (!day && !week) {
    reader.go_to(start);
    return false;
  }
  repeat.unit = day ? Unit::day : Unit::week;
  repeat.times = times;
  return true;
}

bool read_repeat(Reader& reader, Repeat& repeat) {
  if (by_times(reader, repeat) || by_adverb(reader, repeat) || monthly_by(reader, repeat)) return true;
  reader.take("on");
  if (reader.take(every)) {
    return monthly_by(reader, repeat) || by_interval(reader, repeat);
  }
  if (reader.take("on the|the") && !reader.sees("weekend")) return false;
  const bool alternate = reader.take("alternate|alternating");
  if (alternate) repeat.interval = 2;
  if (alternate && reader.take("day|days")) return true;
  if (!take_weekdays(reader, repeat, true)) return false;
  repeat.unit = Unit::week;
  return true;
}

// "9", "9 am", "09:30" as minutes of the day; -1: none.
int minute_at(Reader& reader) {
  int hours = reader.take_number();
  int minutes = 0;
  if (hours >= 0 && reader.is(":") && reader.peek().glued && reader.peek(1).digits) {
    minutes = reader.peek(1).number;
    reader.skip(2);
  }
  if (reader.take("pm") && hours < 12)
    hours += 12;
  else if (reader.take("am") && hours == 12)
    hours = 0;
  if (reader.take("noon|midday")) hours = 12;
  return hours < 0 || hours > 24 || minutes > 59 ? -1 : hours * 60 + minutes;
}

// "Between 9 and 17", "from 9 to 5". The end of a day that would lie before its beginning is in the afternoon.
bool take_between(Reader& reader, Found& found) {
  const std::size_t start = reader.at();
  if (reader.take("between|from")) {
    const int from = minute_at(reader);
    if (from >= 0 && reader.take("and|to|till|until|-")) {
      int to = minute_at(reader);
      if (to >= 0 && to <= from && to <= 12 * 60) to += 12 * 60;
      if (to > from && to <= 24 * 60) {
        found.between_from = from;
        found.between_to = to;
        return true;
      }
    }
  }
  reader.go_to(start);
  return false;
}

}  // namespace

bool take_repeat(Reader& reader, Found& found) {
  if (found.repeat) {
    // "monthly on the 15th", "weekly on fridays", "every year on 3 december" come through the day.
    const std::size_t start = reader.at();
    Repeat more;
    reader.take("on|,|and on|and");
    if (found.repeat->unit == Unit::week && found.repeat->weekdays.empty() && found.repeat->times == 0 &&
        take_weekdays(reader, more, false)) {
      found.repeat->weekdays = more.weekdays;
      return true;
    }
    if (found.repeat->unit == Unit::month && monthly_by(reader, more)) {
      more.interval = found.repeat->interval;
      found.repeat = more;
      return true;
    }
    reader.go_to(start);
    return false;
  }
  const std::size_t start = reader.at();
  Repeat repeat;
  if (!read_repeat(reader, repeat)) {
    reader.go_to(start);
    return false;
  }
  const std::string word = reader.before().word;
  if (word == "nightly") found.part = Part::night;
  found.repeat = repeat;
  return true;
}

bool take_limits(Reader& reader, Found& found) {
  const std::size_t start = reader.at();
  const auto fail = [&] {
    reader.go_to(start);
    return false;
  };
  if (reader.take("day and night|also at night|at night too|around the clock|round the clock|24 / 7")) return found.at_night_too = true;
  if (reader.take("up until|up to|until|till|til|untill|through|ending on|ending|and stop on|'til")) {
    reader.take("and including");
    auto day = day_at(reader, true);
    if (!day) return fail();
    found.until = day;
    return true;
  }
  if (take_between(reader, found)) return true;
  if (reader.take("starting from|starting on|starting|start on|start|beginning on|beginning|begin on|begin|first on|from|as of")) {
    auto day = day_at(reader, true);
    if (!day) return fail();
    reader.take("on|onwards|onward");
    found.from = day;
    return true;
  }
  if (reader.take("for the next|over the next|for")) {
    if (auto length = length_at(reader); length && length->unit >= Length::Unit::day && length->halves == 0) {
      const int days = length->unit == Length::Unit::day     ? 1
                       : length->unit == Length::Unit::week  ? 7
                       : length->unit == Length::Unit::month ? 30
                                                             : 365;
      found.lasting_days = std::min(length->number, 3650) * days;
      return true;
    }
    return fail();
  }
  const int count = reader.take_number();
  if (count >= 1 && count <= 1000 && reader.take("times|x|times in all|times in total") && !reader.sees("a|per|daily|each|every")) {
    reader.take("in all|in total|altogether");
    found.count = count;
    return true;
  }
  return fail();
}

}  // namespace nurturer::schedule
