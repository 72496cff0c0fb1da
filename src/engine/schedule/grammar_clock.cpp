// Times of day.
#include <algorithm>
#include <array>

#include "engine/schedule/grammar.hpp"

namespace nurturer::schedule {
namespace {

constexpr int minute = 60, hour = 3600;

struct Named {
  std::string_view words;
  int hour, minute;
};
constexpr std::array<Named, 4> named_times{{{"noon|midday|mid day|12 noon|twelve noon", 12, 0},
                                            {"midnight|mid night|12 midnight", 24, 0},
                                            {"lunchtime|lunch time", 12, 30},
                                            {"teatime|tea time", 16, 0}}};

enum class Side : std::uint8_t { none, am, pm };

Side take_side(Reader& reader) {
  if (reader.take("a . m .|a . m|p . m .|p . m|am|pm|a m|p m")) {
    for (std::size_t i = 1; i <= 4; ++i) {
      const std::size_t at = reader.at() - i;
      Reader back = reader;
      back.go_to(at);
      if (back.is("am") || back.is("a")) return Side::am;
      if (back.is("pm") || back.is("p")) return Side::pm;
    }
  }
  if (reader.take("in the morning|in the mornings|of the morning")) return Side::am;
  if (reader.take("in the afternoon|in the afternoons|in the evening|in the evenings")) return Side::pm;
  return Side::none;
}

// The hour as said becomes a time of day. "At night" makes 9 a pm, 2 an am.
std::optional<Clock> make(int said_hour, int said_minute, int said_second, Side side, bool exact, bool night) {
  if (said_hour < 0 || said_hour > 24 || said_minute < 0 || said_minute > 59 || said_second < 0 || said_second > 59) return std::nullopt;
  if (said_hour == 24 && said_minute == 0 && side == Side::none) return Clock{24 * hour, Clock::Half::told};  // the end of the day
  if (said_hour == 24 && (said_minute != 0 || side != Side::none)) return std::nullopt;
  if (side != Side::none && said_hour > 12)
    return side == Side::pm && said_hour < 24
               ? std::optional{Clock{said_hour * hour + said_minute * minute + said_second, Clock::Half::told}}
               : std::nullopt;
  if (night && side == Side::none && said_hour >= 1 && said_hour <= 12) side = said_hour >= 6 && said_hour != 12 ? Side::pm : Side::am;
  int of_day = said_hour % 24;
  if (side == Side::am && of_day == 12) of_day = 0;
  if (side == Side::pm && of_day < 12) of_day += 12;
  const bool open = side == Side::none && !exact && said_hour >= 1 && said_hour <= 12;
  return Clock{of_day * hour + said_minute * minute + said_second, open ? Clock::Half::open : Clock::Half::told};
}

bool take_oclock(Reader& reader) { return reader.take("o'clock|oclock|o clock|o ' clock|uhr"); }

// "quarter past eight", "twenty to nine", "half past 8".
std::optional<Clock> relative(Reader& reader) {
  const std::size_t start = reader.at();
  int minutes = -1;
  if (reader.take("half past|half after"))
    minutes = 30;
  else if (reader.take("quarter past|a quarter past|quarter after|a quarter after"))
    minutes = 15;
  else if (reader.take("quarter to|a quarter to|quarter of|quarter till|quarter before"))
    minutes = -15 + hour;  // told apart below
  else {
    int number = reader.take_number();
    // "Ten to six", "7 minutes to six"; "the water one to 10" is no time.
    if (!reader.take("minutes|mins|min") && number % 5 != 0) number = -1;
    if (number >= 1 && number <= 29 && reader.take("past|after"))
      minutes = number;
    else if (number >= 1 && number <= 29 && reader.take("to|till|before"))
      minutes = -number + hour;
  }
  int said = minutes < 0 ? -1 : reader.take_number();
  const bool noon = minutes >= 0 && said < 0 && reader.take("noon|midday");
  if (noon) said = 12;
  if (said < 1 || said > 23 || (reader.is(":") && reader.peek().glued)) {
    reader.go_to(start);
    return std::nullopt;
  }
  take_oclock(reader);
  const Side side = noon ? (minutes > 30 ? Side::am : Side::pm) : take_side(reader);
  const bool night = reader.take("at night");
  const bool before = minutes > 30;
  const int whole = before ? said - 1 : said;
  const int rest = before ? 60 + minutes - hour : minutes;
  // "Quarter to one pm" is 12:45 pm; "quarter to 12 am" is 23:45 of the day before, which nobody says.
  const bool of_zero = before && said == 1;
  auto clock = make(of_zero ? 12 : whole, rest, 0, side, said > 12, night);
  if (!clock) reader.go_to(start);
  return clock;
}

// Digits behind a mark: two of them, glued on both sides.
int two_digits(Reader& reader, std::string_view mark) {
  if (!reader.is(mark) || !reader.peek().glued) return -1;
  const Piece& digits = reader.peek(1);
  if (!digits.digits || !digits.glued || digits.word.size() != 2) return -1;
  reader.skip(2);
  return digits.number;
}

struct Digits {
  int hours = -1, minutes = 0, seconds = 0;
  bool exact = false;  // written as a clock shows it
  bool plain = false;  // a bare number
};

// "17:00", "17h30", "0915 hrs", "9.30", "9".
std::optional<Digits> digits_at(Reader& reader, bool led) {
  const std::size_t start = reader.at();
  const Piece& first = reader.peek();
  if (!first.digits || first.word.size() > 4 || first.number < 0) return std::nullopt;
  reader.skip();
  Digits read{first.number, 0, 0, false, false};
  if (const int minutes = two_digits(reader, ":"); minutes >= 0) {
    read.minutes = minutes;
    if (const int seconds = two_digits(reader, ":"); seconds >= 0) read.seconds = seconds;
    read.exact = first.word.size() == 2;  // "09:30", "10:30" as a clock shows it; "9:30" may be in the evening
    return read;
  }
  if (first.word.size() == 4) {
    const bool says_so = reader.take("hrs|hours|hr") || led;
    read = {first.number / 100, first.number % 100, 0, true, false};
    if (says_so && read.hours <= 24 && read.minutes <= 59 &&
        (first.number < 1900 || first.number > 2099 || reader.before().word != first.word))
      return read;
    reader.go_to(start);
    return std::nullopt;
  }
  if (first.word.size() > 2) {
    reader.go_to(start);
    return std::nullopt;
  }
  if (reader.is("h") && reader.peek().glued) {
    reader.skip();
    if (reader.peek().digits && reader.peek().glued && reader.peek().word.size() == 2) {
      read.minutes = reader.peek().number;
      reader.skip();
    } else if (!led) {
      reader.go_to(start);  // "2h" alone is a length
      return std::nullopt;
    }
    read.exact = true;
    return read;
  }
  if (reader.is(".") && reader.peek().glued && reader.peek(1).digits && reader.peek(1).glued && reader.peek(1).word.size() == 2) {
    const bool date = reader.peek(2).glued && (reader.is(".", 2) || reader.is("/", 2)) && reader.peek(3).digits;
    const bool sided = reader.is("am", 2) || reader.is("pm", 2);
    if (!date && (led || sided)) {
      read.minutes = reader.peek(1).number;
      reader.skip(2);
      return read;
    }
  }
  read.plain = true;
  read.exact = first.word.size() == 2 && first.word[0] == '0';
  return read;
}

constexpr std::string_view what_follows_no_hour =
    "minute|minutes|min|mins|hour|hours|hrs|hr|h|m|day|days|week|weeks|month|months|year|years|second|seconds|sec|secs|times|x|%|percent|"
    "st|nd|rd|th|"
    "/|people|things|of|more|breaths|breath|pages|glasses|steps|reps|km|kg|pills|or";

bool ends_an_hour(const Reader& reader) {
  if (reader.ended()) return true;
  if (reader.sees(what_follows_no_hour)) return false;
  if (reader.sees(":|.") && reader.peek().glued && reader.peek(1).digits) return false;
  return !(reader.peek().glued && !reader.peek().mark);
}

// What can stand behind a bare hour that no "at" leads: nothing of its own noun.
bool quiet_behind(const Reader& reader) {
  return reader.ended() ||
         reader.sees(
             ",|.|!|?|;|and|to|that|remind|please|pls|tomorrow|today|tonight|tmrw|on|in|every|each|sharp|this|for|(|)|with|about") ||
         reader.peek().mark;
}

bool word_hour(Reader& reader, Digits& read, bool led) {
  const Piece& first = reader.peek();
  if (first.digits || first.number < 0 || first.number > 24) return false;
  const int said = reader.take_number();
  read = {said, 0, 0, false, true};
  // "seven thirty", "nine fifteen", "nine oh five"
  Reader ahead = reader;
  const bool oh = ahead.take("oh|o");
  const int minutes = ahead.take_number();
  const bool two = minutes >= 10 && minutes <= 59 && !oh;
  led = led || ahead.sees("am|pm|a . m|p . m|in the|tonight|tomorrow|o'clock");
  if (minutes >= 0 && (two || (oh && minutes <= 9)) && led && !ahead.sees(what_follows_no_hour)) {
    read.minutes = minutes;
    read.plain = false;
    reader = ahead;
  }
  return true;
}

std::optional<Clock> plain_clock(Reader& reader, bool led, bool bare_allowed) {
  const std::size_t start = reader.at();
  Digits read;
  const auto fail = [&]() -> std::optional<Clock> {
    reader.go_to(start);
    return std::nullopt;
  };
  if (const auto digits = digits_at(reader, led))
    read = *digits;
  else if (!word_hour(reader, read, led))
    return fail();
  const bool oclock = take_oclock(reader);
  reader.take("hrs");
  const Side side = take_side(reader);
  const bool night = side == Side::none && reader.sees("at night|tonight|at nights");
  const bool hint = oclock || side != Side::none || night;
  if (read.plain && !hint && !((led || bare_allowed) && ends_an_hour(reader))) return fail();
  if (read.plain && !hint && !led && !quiet_behind(reader)) return fail();
  if (night) reader.take("at night|at nights");  // "tonight" is a day as well: left standing
  auto clock = make(read.hours, read.minutes, read.seconds, side, read.exact, night);
  if (!clock) return fail();
  reader.take("sharp|on the dot|exactly|ish");
  return clock;
}

std::optional<Clock> named_time(Reader& reader) {
  for (const Named& entry : named_times) {
    if (reader.take(entry.words)) return Clock{entry.hour * hour + entry.minute * minute, Clock::Half::told};
  }
  return std::nullopt;
}

constexpr std::string_view leads =
    "at about|at around|at exactly|at roughly|at|@|around|about|by|from|for|come|approximately|roughly|circa|past|not before|no later "
    "than|until about";

}  // namespace

bool take_clock(Reader& reader, Found& found, bool after_day, bool whole) {
  const std::size_t start = reader.at();
  const bool strong = reader.sees("at|@|around|by");
  const bool led = reader.take(leads);
  bool took = false;
  const auto add = [&](const Clock& clock) {
    if (std::ranges::find(found.clocks, clock) == found.clocks.end() && found.clocks.size() < 12) found.clocks.push_back(clock);
    took = true;
  };
  for (;;) {
    const std::size_t here = reader.at();
    if (took) {
      if (!reader.take(", and|and also|and then|and|,|&|+|;|or")) break;
      reader.take("at|again at|@");
    }
    if (!took && reader.sees("half") && !reader.sees("half past|half after|half an|half a")) {
      Reader ahead = reader;
      ahead.skip();
      const int said = ahead.take_number();
      if (said >= 1 && said <= 12 && ends_an_hour(ahead)) {
        found.half_hour = said;
        reader = ahead;
        return true;
      }
    }
    std::optional<Clock> clock = named_time(reader);
    if (!clock) clock = relative(reader);
    const bool weak = led && !strong;  // "about 5", "for 3", "from 2": a length or a count as well
    if (!clock) clock = plain_clock(reader, led && (!weak || after_day || whole), took || after_day || whole);
    if (!clock) {
      reader.go_to(here);
      break;
    }
    add(*clock);
  }
  if (!took) reader.go_to(start);
  return took;
}

bool take_part(Reader& reader, Found& found) {
  struct Entry {
    std::string_view words;
    Part part;
  };
  constexpr std::array<Entry, 8> entries{{
      {"early in the morning|early morning|early mornings|first thing in the morning|first thing|at dawn|bright and early", Part::early},
      {"in the morning|in the mornings|in the mornin|this morning|mornings|morning|mornign|at breakfast|over breakfast", Part::morning},
      {"at lunch|around lunch|over lunch", Part::noon},
      {"in the afternoon|in the afternoons|this afternoon|afternoons|afternoon|arvo|this arvo", Part::afternoon},
      {"in the evening|in the evenings|this evening|evenings|evening|at dinner|eve|evning", Part::evening},
      {"before i go to bed|before going to bed|before i go to sleep|before i sleep|before sleep|before bed|before bedtime|at "
       "bedtime|bedtime|at bed time",
       Part::bedtime},
      {"late at night|at night|in the night|at nights|tonight|tonite|tonigt|this night|nights|night|later tonight", Part::night},
      {"at sunset", Part::evening},
  }};
  for (const Entry& entry : entries) {
    const std::size_t start = reader.at();
    const bool today = reader.sees("this morning|this afternoon|this arvo|this evening|tonight|tonite|tonigt|this night|later tonight");
    if (!reader.take(entry.words)) continue;
    // "Good night", "the morning meeting" are no times.
    Reader back = reader;
    back.go_to(start);
    if (back.before().word == "good" || back.before().word == "nice") {
      reader.go_to(start);
      return false;
    }
    found.part = entry.part;
    if (today && !found.day) {
      found.day = Day{};
      found.day->this_day = true;
    }
    return true;
  }
  return false;
}

}  // namespace nurturer::schedule
