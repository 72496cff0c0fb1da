#pragma once
// Phrases of time in English: "in 20 minutes", "every other sunday evening", "half seven", "until friday".
//
// Reading has two halves. find() sees which pieces of a message speak of time, whatever the clock shows. settle() makes of them, with
// the clock, one answer: a time on the wall with a rule, or the question that must be asked first. Nothing is guessed silently: what
// was assumed is told in Settled::guesses.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schedule/zone.hpp"

namespace nurturer::schedule {

/// A time of day as said. `minute_of_day` of "at 9" is 540, `half` says whether the half of the day was told.
struct Clock {
  enum class Half : std::uint8_t { told, open };  // open: 9 may be 21 too
  int second_of_day = 0;
  Half half = Half::told;
  friend bool operator==(const Clock&, const Clock&) = default;
};

/// morning ... bedtime: a time of day by name, and a hint for an hour that stands beside it.
enum class Part : std::uint8_t { none, early, morning, noon, afternoon, evening, night, bedtime };

/// A day as said, before the clock is looked at.
struct Day {
  enum class Kind : std::uint8_t { offset, weekday, next_weekday, date, month_day, ambiguous, end_of_month, past };
  Kind kind = Kind::offset;
  int days = 0;                 // offset: from today; weekday: weeks on top, in days
  int months = 0;               // month_day: months on top
  unsigned weekday = 0;         // 0 sunday .. 6
  int year = 0;                 // 0: not said
  unsigned month = 0, day = 0;  // ambiguous: as written, first and second
  bool this_day = false;        // "today", "tonight": no other day is meant
};

/// A repetition as said.
struct Repeat {
  enum class Unit : std::uint8_t { minute, hour, day, week, month, year };
  Unit unit = Unit::day;
  int interval = 1;
  std::vector<unsigned> weekdays;  // 0 sunday ..
  std::vector<int> month_days;     // -1: the last
  int nth = 0;                     // month: "first monday" is 1, "last friday" -1
  unsigned month = 0;              // year
  int times = 0;                   // "three times a day": so many, of the day or week; 0: as the clock says
};

/// What stands in a message, each at most once (clocks may be several).
struct Found {
  std::vector<Clock> clocks;
  Part part = Part::none;
  std::optional<Day> day;
  std::optional<Day> from;  // "starting monday"
  std::optional<Day> until;
  std::optional<Repeat> repeat;
  int count = 0;                                // "10 times"
  int lasting_days = 0;                         // "for two weeks"
  std::optional<std::chrono::seconds> elapsed;  // "in 20 minutes"
  int between_from = -1, between_to = -1;       // minutes of the day, both included
  bool at_night_too = false;                    // "day and night"
  std::optional<int> half_hour;                 // "half seven": which one is asked; 7
  std::string zone_word;                        // "ist", "pst"; in small letters
  std::string event;                            // "before I see my mother": no time; the word that opens it
  std::uint32_t event_at = 0;                   // and its place
  std::uint32_t clock_at = 0;                   // place of the first clock
  bool over = false;                            // "yesterday", "an hour ago"

  struct Span {
    std::uint32_t begin = 0, end = 0;
  };
  std::vector<Span> spans;  // bytes of the message, ascending

  [[nodiscard]] bool empty() const noexcept { return spans.empty(); }
  [[nodiscard]] bool tells_clock() const noexcept { return !clocks.empty() || part != Part::none || elapsed || half_hour; }
};

/// `whole`: the message answers the question "when?", so that a bare "9" is a time and "the 3rd" a day.
[[nodiscard]] Found find(std::string_view text, bool whole = false);
/// The same between two places of the message, in bytes.
[[nodiscard]] Found find(std::string_view text, std::uint32_t begin, std::uint32_t end, bool whole);

/// A time as it is stored.
struct When {
  Wall start{};      // of the first occurrence
  std::string rule;  // RRULE; empty: once
  std::string zone;
  bool elapsed = false;  // a moment, whatever the wall shows: "in 20 minutes"
  Time moment{};         // of the first occurrence
  friend bool operator==(const When&, const When&) = default;
};

enum class Guess : std::uint8_t {
  half_of_day,  // 9, not 21
  time_of_day,  // a time was chosen for "morning", "tomorrow", "three times a day"
  day,          // weekly, monthly: the day of today
  daytime,      // "every two hours": not at night
  week,         // "next friday": the one of next week
  year,         // a date that is past this year
};
enum class Question : std::uint8_t {
  none,
  time,       // a day, or nothing, was said
  half,       // "half seven": options
  zone,       // "5 pm IST": options; without them: where the person is is not known
  date,       // "3/12": options
  over,       // past
  too_far,    // more than five years
  too_often,  // more than every quarter of an hour, or twelve times a day
  never,      // 31 june
};

struct Settled {
  Question question = Question::none;
  When when;                   // without a question
  std::vector<When> also;      // "at 8 and at 20:30": what one rule cannot say
  std::vector<Guess> guesses;  // what was assumed
  struct Option {
    std::string label;  // "06:30", "India", "3 December"
    When when;
    std::vector<When> also;
    std::vector<Guess> guesses;
  };
  std::vector<Option> options;  // half, zone, date: each is a whole answer
};

/// What is known when a phrase is settled.
struct Here {
  Time now{};
  std::string zone;    // of the person
  std::string locale;  // BCP 47; says whether days or months go first
};

/// What was found before, with what the answer to a question adds to it.
[[nodiscard]] Found merged(Found before, const Found& answer);

[[nodiscard]] Settled settle(const Found& found, const Here& here);

/// "No, 17:00", "make it tuesdays": what was set, with what is new.
[[nodiscard]] Settled amend(const When& before, const Found& found, const Here& here);

}  // namespace nurturer::schedule
