#include <algorithm>
#include <charconv>

#include "engine/schedule/lexer.hpp"
#include "engine/schedule/request.hpp"
#include "engine/schedule/settle_day.hpp"

namespace nurturer::schedule {
namespace {

using std::chrono::minutes;

// "Europe/Berlin", "utc", as typed.
std::optional<std::string> by_name(std::string_view message) {
  std::string_view rest = message;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" ,;!?\n"), rest.size());
    std::string_view word = rest.substr(0, end);
    while (word.ends_with('.')) word.remove_suffix(1);
    if (word.find('/') != std::string_view::npos && word.find('/') > 2 && zone_known(word)) return std::string(word);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

// "GMT+2", "UTC -5", "utc+5:30": minutes east.
std::optional<minutes> by_offset(Reader& reader) {
  if (!reader.take("utc|gmt")) return std::nullopt;
  const bool east = reader.take("+");
  if (!east && !reader.take("-")) return std::nullopt;
  const int hours = reader.take_number();
  int rest = 0;
  if (reader.is(":") && reader.peek(1).digits) {
    rest = reader.peek(1).number;
    reader.skip(2);
  }
  if (hours < 0 || hours > 14 || rest > 59) return std::nullopt;
  const minutes offset{hours * 60 + rest};
  return east ? offset : -offset;
}

minutes of_day(Time time) { return std::chrono::floor<minutes>(time - std::chrono::floor<date::days>(time)); }

std::optional<ZoneTold> showing(minutes clock, Time now) {
  const auto zones = zones_showing(clock, now);
  if (zones.empty()) return std::nullopt;
  return ZoneTold{zones.front(), true};
}

bool speaks_of_here(const std::vector<Piece>& pieces) {
  // The rarer words first: this is asked of every message.
  return stands_anywhere(pieces, "here|where i am|for me|my time|my clock|right now|local time|now|over here|in my place") &&
         stands_anywhere(
             pieces,
             "it is|it's|its|clock says|the time is|time here is|time is|my time|local time|my clock|here it is|here it's|we have");
}

bool speaks_of_zone(const std::vector<Piece>& pieces) {
  return stands_anywhere(pieces, "time zone|timezone|tz|my zone|on us|i am on|i'm on|im on|i live in|set my time");
}

}  // namespace

std::optional<ZoneTold> zone_told(std::string_view message, Time now, bool asked) {
  const std::vector<Piece> pieces = lex(message);
  const bool about_zone = asked || speaks_of_zone(pieces);
  if (about_zone) {
    if (auto name = by_name(message)) return ZoneTold{*name, false};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      Reader reader(pieces, i);
      if (const auto offset = by_offset(reader)) return showing(minutes{((of_day(now) + *offset).count() + 2880) % 1440}, now);
      const auto named = zones_called(pieces[i].word);
      if (named.size() == 1 && pieces[i].word.size() > 2) return ZoneTold{named.front().zone, false};
    }
  }
  if (!asked && !speaks_of_here(pieces)) return std::nullopt;
  const Found found = find(message, true);
  if (found.clocks.empty() || found.day || found.repeat || found.elapsed) return std::nullopt;
  const Clock& clock = found.clocks.front();
  const minutes shown{clock.second_of_day / 60 % 1440};
  if (clock.half == Clock::Half::told || found.part != Part::none)
    return showing(minutes{settled(clock, found.part, false, Wall{}).second_of_day / 60 % 1440}, now);
  // "It is 9:40 here": the half of the day in which more people are awake here, else the other one.
  const auto first = zones_showing(shown, now);
  const auto second = zones_showing(minutes{(shown.count() + 720) % 1440}, now);
  if (first.empty() && second.empty()) return std::nullopt;
  return ZoneTold{first.empty() ? second.front() : first.front(), true};
}

}  // namespace nurturer::schedule
