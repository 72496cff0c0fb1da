#pragma once
// The parts of the grammar of time, for find() alone. Each takes what stands at the reader, notes it and moves on; false: it does
// not stand here, and the reader has not moved.

#include "engine/schedule/lexer.hpp"
#include "engine/schedule/phrase.hpp"

namespace nurturer::schedule {

/// "at half past eight", "17:00", "9 pm", "noon", "at 9, 13 and 18". `after_day`: a day stands directly before, so that a bare number is
/// an hour ("tomorrow 9"). `whole`: as in find().
bool take_clock(Reader& reader, Found& found, bool after_day, bool whole);
/// "in the morning", "tonight", "at bedtime".
bool take_part(Reader& reader, Found& found);
/// "tomorrow", "next friday", "on the 3rd", "3/12", "in two weeks".
bool take_day(Reader& reader, Found& found, bool whole);
/// A day, or nothing: for "until friday", "starting tomorrow".
[[nodiscard]] std::optional<Day> day_at(Reader& reader, bool whole);
/// "every other day", "weekdays", "three times a day", "monthly on the 15th".
bool take_repeat(Reader& reader, Found& found);
/// "in 20 minutes", "2 hours from now", "an hour ago".
bool take_elapsed(Reader& reader, Found& found, bool whole);
/// "until friday", "for two weeks", "10 times", "starting monday", "between 9 and 17".
bool take_limits(Reader& reader, Found& found);

/// 0 sunday .. 6; -1: no weekday stands here. Plurals count ("mondays").
int take_weekday(Reader& reader, bool plural_only = false) noexcept;
/// 1 .. 12; 0: no month.
unsigned take_month(Reader& reader) noexcept;
/// "3rd", "third", "3" with `bare`; -1: none.
int take_ordinal(Reader& reader, bool bare = false) noexcept;
struct Length {
  enum class Unit : std::uint8_t { second, minute, hour, day, week, month, year };
  Unit unit = Unit::minute;
  int number = 0;  // of the unit
  int halves = 0;  // "an hour and a half": 3
};
/// "20 minutes", "an hour and a half", "half an hour", "2h", "a couple of days".
[[nodiscard]] std::optional<Length> length_at(Reader& reader);

}  // namespace nurturer::schedule
