// Days, and lengths of time from now.
#include <algorithm>

#include "engine/schedule/grammar.hpp"

namespace nurturer::schedule {
namespace {

Day offset(int days, bool this_day = false) {
  Day day;
  day.days = days;
  day.this_day = this_day;
  return day;
}

Day date_of(int year, unsigned month, unsigned day) {
  Day date;
  date.kind = Day::Kind::date;
  date.year = year;
  date.month = month;
  date.day = day;
  return date;
}

int year_at(Reader& reader) {
  const std::size_t start = reader.at();
  reader.take(",");
  const Piece& year = reader.peek();
  if (year.digits && year.word.size() == 4 && year.number >= 2000 && year.number <= 2100 && !(reader.is(":", 1) && reader.peek(1).glued)) {
    reader.skip();
    return year.number;
  }
  reader.go_to(start);
  return 0;
}

// "december 3rd", "3rd of december 2026", "3 dec", "the 3rd".
std::optional<Day> month_and_day(Reader& reader, bool led) {
  const std::size_t start = reader.at();
  const bool article = reader.take("the");
  // "May" and "march" are verbs as well: a month only beside a number.
  if (const unsigned month = take_month(reader); month != 0) {
    reader.take("the");
    const int day = take_ordinal(reader, true);
    const bool clock = reader.sees(":") && reader.peek().glued;
    if (day > 0 && !clock) return date_of(year_at(reader), month, static_cast<unsigned>(day));
    reader.go_to(start);
    return std::nullopt;
  }
  const int day = take_ordinal(reader, true);
  if (day > 0) {
    const bool bare = reader.before().digits;
    reader.take("of|day of");
    if (const unsigned month = take_month(reader); month != 0) return date_of(year_at(reader), month, static_cast<unsigned>(day));
    if (reader.take("next month|the next month")) {
      Day of_next = date_of(0, 0, static_cast<unsigned>(day));
      of_next.kind = Day::Kind::month_day;
      of_next.months = 1;
      return of_next;
    }
    reader.take("this month|the month");
    if (!bare && (led || article)) {
      Day of_month = date_of(0, 0, static_cast<unsigned>(day));
      of_month.kind = Day::Kind::month_day;
      return of_month;
    }
  }
  reader.go_to(start);
  return std::nullopt;
}

// "2026-11-25", "25.11.", "25.11.2026", "3/12", "3/12/26".
std::optional<Day> numeric(Reader& reader) {
  const Piece& a = reader.peek();
  const Piece& mark = reader.peek(1);
  const Piece& b = reader.peek(2);
  if (!a.digits || !b.digits || !mark.glued || !b.glued || b.number < 1) return std::nullopt;
  const bool iso = mark.word == "-" && a.word.size() == 4 && reader.is("-", 3) && reader.peek(4).digits;
  if (iso) {
    const Day day = date_of(a.number, static_cast<unsigned>(b.number), static_cast<unsigned>(reader.peek(4).number));
    reader.skip(5);
    if (reader.is("t") && reader.peek().glued) reader.skip();
    return day;
  }
  if ((mark.word != "/" && mark.word != ".") || a.word.size() > 2 || b.word.size() > 2 || a.number < 1 || a.number > 31 || b.number > 31)
    return std::nullopt;
  const bool dotted = mark.word == ".";
  const bool third = reader.peek(3).glued && reader.is(mark.word, 3);
  const Piece& year = reader.peek(4);
  const bool has_year = third && year.digits && year.glued && (year.word.size() == 2 || year.word.size() == 4);
  if (dotted && !third) return std::nullopt;  // "9.30" is a time
  if (!dotted && a.number == 24 && b.number == 7) return std::nullopt;
  const int said_year = !has_year ? 0 : year.word.size() == 2 ? 2000 + year.number : year.number;
  Day day = date_of(said_year, 0, 0);
  const auto first = static_cast<unsigned>(a.number);
  const auto second = static_cast<unsigned>(b.number);
  if (dotted || (first > 12 && second <= 12)) {
    day.day = first;
    day.month = second;
  } else if (second > 12 && first <= 12) {
    day.day = second;
    day.month = first;
  } else {
    day.kind = Day::Kind::ambiguous;
    day.month = first;
    day.day = second;
  }
  reader.skip(has_year ? 5 : third ? 4 : 3);
  return day;
}

std::optional<Day> by_weekday(Reader& reader) {
  const std::size_t start = reader.at();
  Day day;
  day.kind = Day::Kind::weekday;
  if (reader.take("a week on|a week from|week on")) day.days = 7;
  if (reader.take("last")) {
    if (take_weekday(reader) >= 0) {
      day.kind = Day::Kind::past;
      return day;
    }
    reader.go_to(start);
    return std::nullopt;
  }
  reader.take("the");
  const bool next = reader.take("next");
  const bool named = next || reader.take("this coming|this|coming|upcoming|following");
  const int weekday = take_weekday(reader);
  if (weekday < 0 || (reader.before().word.ends_with("days") && !named)) {
    reader.go_to(start);
    return std::nullopt;
  }
  if (next) day.kind = Day::Kind::next_weekday;
  day.weekday = static_cast<unsigned>(weekday);
  if (reader.take("week")) day.days = 7;
  if (reader.take("next week")) day.kind = Day::Kind::next_weekday;
  reader.take("this week");
  // "Wednesday 25 November 2026", "friday the 4th": the date says more than the weekday.
  const std::size_t behind = reader.at();
  reader.take(",");
  reader.take("the");
  if (auto date = month_and_day(reader, true); date && (date->month != 0 || reader.before().word.size() == 2)) return date;
  reader.go_to(behind);
  if (reader.take(",")) {
    if (auto date = numeric(reader)) return date;
  }
  reader.go_to(behind);
  return day;
}

std::optional<Day> by_name(Reader& reader) {
  if (reader.take("the day after tomorrow|day after tomorrow|the day after tmrw|overmorrow|in 2 days' time")) return offset(2);
  if (reader.take("tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow|tomorro|tomoz|tomo|2moro|2morrow|2 moro|2 morrow|2 mrw|tmw"))
    return offset(1);
  if (reader.take("later today|today|2day|2 day|later on today")) return offset(0, true);
  if (reader.take("yesterday|last night|last week|last month")) {
    Day day;
    day.kind = Day::Kind::past;
    return day;
  }
  if (reader.take("next weekend|the next weekend")) {
    Day day;
    day.kind = Day::Kind::next_weekday;
    day.weekday = 6;
    return day;
  }
  if (reader.take("this weekend|the weekend|on the weekend|at the weekend|weekend")) {
    Day day;
    day.kind = Day::Kind::weekday;
    day.weekday = 6;
    return day;
  }
  if (reader.take("the end of the month|the end of this month|end of the month|end of month|the last of the month|the last day of the "
                  "month|the whole of this month|the whole month|the month")) {
    Day day;
    day.kind = Day::Kind::end_of_month;
    return day;
  }
  if (reader.take("next week|the next week")) return offset(-7);  // settle() names the day and says so
  if (reader.take("next month")) {
    Day day = date_of(0, 0, 1);
    day.kind = Day::Kind::month_day;
    day.months = 1;
    return day;
  }
  if (reader.take("christmas eve|xmas eve")) return date_of(0, 12, 24);
  if (reader.take("christmas day|christmas|xmas")) return date_of(0, 12, 25);
  if (reader.take("new year's eve|new years eve|nye")) return date_of(0, 12, 31);
  if (reader.take("new year's day|new years day|new year's|new year")) return date_of(0, 1, 1);
  if (reader.take("valentine's day|valentines day|valentine's|valentines")) return date_of(0, 2, 14);
  return std::nullopt;
}

// "On monday and wednesday": each of them once.
void take_further_days(Reader& reader, Found& found) {
  Repeat repeat;
  repeat.unit = Repeat::Unit::week;
  repeat.weekdays.push_back(found.day->weekday);
  bool range = false;
  for (;;) {
    const std::size_t here = reader.at();
    range = reader.take("to|through|thru|-");
    if (!range && !reader.take(", and|and on|and|,|&")) break;
    const int next = take_weekday(reader);
    if (next < 0) {
      reader.go_to(here);
      break;
    }
    if (range) {  // "monday to friday": week by week
      found.repeat = Repeat{};
      found.repeat->unit = Repeat::Unit::week;
      for (unsigned d = found.day->weekday;; d = (d + 1) % 7) {
        found.repeat->weekdays.push_back(d);
        if (d == static_cast<unsigned>(next)) break;
      }
      std::ranges::sort(found.repeat->weekdays);
      found.day.reset();
      return;
    }
    if (std::ranges::find(repeat.weekdays, static_cast<unsigned>(next)) == repeat.weekdays.end())
      repeat.weekdays.push_back(static_cast<unsigned>(next));
  }
  if (repeat.weekdays.size() < 2 || found.repeat) return;
  std::ranges::sort(repeat.weekdays);
  found.count = static_cast<int>(repeat.weekdays.size());
  found.repeat = repeat;
  found.day.reset();
}

}  // namespace

std::optional<Day> day_at(Reader& reader, bool whole) {
  const std::size_t start = reader.at();
  const bool led = reader.take("on the morning of|on the evening of|on|for|by|from|as of") || whole;
  if (auto day = by_name(reader)) return day;
  if (auto day = numeric(reader)) return day;
  if (auto day = by_weekday(reader)) return day;
  if (auto day = month_and_day(reader, led)) return day;
  reader.go_to(start);
  return std::nullopt;
}

bool take_day(Reader& reader, Found& found, bool whole) {
  if (found.day && !found.day->this_day) return false;
  const std::size_t start = reader.at();
  auto day = day_at(reader, whole);
  if (!day) return false;
  if (day->kind == Day::Kind::past) found.over = true;
  // "May", "sat": left alone when they cannot be a day.
  if (found.day && day->kind == Day::Kind::offset && day->days == 0) {
    reader.go_to(start);
    return false;
  }
  found.day = *day;
  if (day->kind == Day::Kind::weekday) take_further_days(reader, found);
  return true;
}

bool take_elapsed(Reader& reader, Found& found, bool whole) {
  const std::size_t start = reader.at();
  const auto fail = [&] {
    reader.go_to(start);
    return false;
  };
  const bool in = reader.take("in about|in around|in roughly|in like|in exactly|in another|in|within|after|for another");
  if (in && reader.take("a bit|a while|a little while|a moment|a sec|a little")) {
    found.elapsed = std::chrono::minutes{10};
    return true;
  }
  auto length = length_at(reader);
  if (!length && in && reader.before().word == "in") {
    const int minutes = reader.take_number();  // "in ten"
    if (minutes > 0 && minutes < 600 && (reader.ended() || reader.sees("please|pls|,|.|!|to"))) {
      found.elapsed = std::chrono::minutes{minutes};
      return true;
    }
    return fail();
  }
  if (!length) return fail();
  if (reader.take("ago")) {
    found.over = true;
    return true;
  }
  // "Hour and 20 minutes"
  std::optional<Length> rest;
  const std::size_t behind = reader.at();
  if (length->unit == Length::Unit::hour || length->unit == Length::Unit::minute) {
    reader.take("and|,");
    rest = length_at(reader);
    if (!rest || rest->unit >= length->unit) {
      rest.reset();
      reader.go_to(behind);
    }
  }
  const bool later = reader.take("from now|from today|later|time|' time|'s time|from tonight");
  if (reader.sees("before|earlier|after|past")) return fail();  // "ten minutes before my date"
  if (!in && !later && !whole) return fail();
  const bool days = length->unit >= Length::Unit::day;
  if (days && !later && reader.sees("on|from")) return fail();  // "a week on friday"
  if (days && length->halves != 0 && length->unit != Length::Unit::day) return fail();
  if (days) {
    if (found.day) return fail();
    Day day;
    if (length->unit == Length::Unit::month || length->unit == Length::Unit::year) {
      day.kind = Day::Kind::month_day;
      day.months = length->number * (length->unit == Length::Unit::year ? 12 : 1);
      day.day = 0;  // the day of today
    } else {
      day.days = length->number * (length->unit == Length::Unit::week ? 7 : 1);
    }
    found.day = day;
    return true;
  }
  const auto seconds_of = [](const Length& l) {
    const std::int64_t one = l.unit == Length::Unit::hour ? 3600 : l.unit == Length::Unit::minute ? 60 : 1;
    return std::chrono::seconds{l.halves != 0 ? one * l.halves / 2 : one * l.number};
  };
  found.elapsed = seconds_of(*length) + (rest ? seconds_of(*rest) : std::chrono::seconds{0});
  return true;
}

}  // namespace nurturer::schedule
