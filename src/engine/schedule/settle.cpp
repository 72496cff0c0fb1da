#include <algorithm>
#include <array>

#include "engine/schedule/phrase.hpp"
#include "engine/schedule/rule.hpp"
#include "engine/schedule/rule_parts.hpp"
#include "engine/schedule/say.hpp"
#include "engine/schedule/settle_day.hpp"
#include "engine/schedule/settle_rule.hpp"

namespace nurturer::schedule {
namespace {

using date::days;

constexpr std::chrono::hours farthest{24 * 365 * 5 + 48};

Settled ask(Question question) {
  Settled settled;
  settled.question = question;
  return settled;
}

When once(Wall wall, const std::string& zone) {
  const Time moment = instant_of(wall, zone);
  return {wall_of(moment, zone), {}, zone, false, moment};  // a time that is skipped there is kept as the one that comes
}

Settled after(std::chrono::seconds elapsed, const Here& here) {
  if (elapsed > farthest) return ask(Question::too_far);
  constexpr std::chrono::minutes by_the_second{10};  // what is said back has no seconds from here on
  // "In half a second" too lies ahead.
  Time moment = std::chrono::floor<std::chrono::seconds>(here.now + std::max(elapsed, std::chrono::seconds{1}));
  if (elapsed >= by_the_second) moment = std::chrono::floor<std::chrono::minutes>(here.now + elapsed);
  const std::string zone = here.zone.empty() ? "UTC" : here.zone;
  Settled settled;
  settled.when = {wall_of(moment, zone), {}, zone, true, moment};
  return settled;
}

// The clocks of a single time or of a series, and what was assumed about them.
std::vector<Clock> clocks_for(const Found& found, bool near, Wall now, std::vector<Guess>& guesses) {
  std::vector<Clock> clocks;
  for (const Clock& clock : found.clocks) {
    clocks.push_back(settled(clock, found.part, near, now));
    const bool guessed = clock.half == Clock::Half::open && found.part == Part::none;
    if (guessed && std::ranges::find(guesses, Guess::half_of_day) == guesses.end()) guesses.push_back(Guess::half_of_day);
  }
  if (!clocks.empty()) return clocks;
  guesses.push_back(Guess::time_of_day);
  return {clock_of(found.part)};
}

Settled settle_once(const Found& found, const Here& here, const std::string& zone) {
  const Wall now = wall_of(here.now, zone);
  const date::local_days today = std::chrono::floor<days>(now);
  std::optional<OnDay> on = OnDay{today, false, false, std::nullopt};
  if (found.day)
    on = day_of(*found.day, now);
  else if (found.from)
    on = day_of(*found.from, now);
  if (!on) return ask(Question::never);
  Settled settled;
  if (on->guess) settled.guesses.push_back(*on->guess);
  // "At 9, 13 and 18" is one row of times: each is not the next that comes, but the one by day.
  const auto clocks = clocks_for(found, on->day == today && found.clocks.size() < 2, now, settled.guesses);
  bool first = true;
  for (const Clock& clock : clocks) {
    Wall wall = on->day + std::chrono::seconds{clock.second_of_day};
    if (instant_of(wall, zone) <= here.now) {
      // "Tonight", said at eleven: the time that would be taken is past, and only they know which one is meant.
      if (found.day && found.day->this_day && found.clocks.empty()) return ask(Question::time);
      if (on->fixed || (found.day && found.day->this_day)) return ask(Question::over);
      if (on->rolls)
        wall += days{7};
      else if (found.day && found.day->kind != Day::Kind::offset) {
        const auto next = day_of(*found.day, std::chrono::floor<days>(now) + days{1});
        if (!next) return ask(Question::never);
        wall = next->day + std::chrono::seconds{clock.second_of_day};
      } else
        wall += days{1};
    }
    const When when = once(wall, zone);
    if (when.moment - here.now > farthest) return ask(Question::too_far);
    if (first)
      settled.when = when;
    else
      settled.also.push_back(when);
    first = false;
  }
  return settled;
}

Settled with_options(Question question, const std::vector<std::pair<std::string, Found>>& readings, const Here& here) {
  Settled settled = ask(question);
  Settled last;
  for (const auto& [label, found] : readings) {
    Settled one = settle(found, here);
    if (one.question != Question::none) continue;
    settled.options.push_back({label, one.when, one.also, one.guesses});
    last = std::move(one);
  }
  if (settled.options.empty()) settled.question = Question::over;
  return settled.options.size() == 1 ? last : settled;  // the only one: with its guesses and further times
}

Settled ask_half(const Found& found, const Here& here) {
  std::vector<std::pair<std::string, Found>> readings;
  // Half seven is 6:30 to some and 7:30 to others: both in the same half of the day.
  const bool near = !found.repeat && (!found.day || found.day->this_day);
  const Clock later = settled({*found.half_hour * 3600 + 1800, Clock::Half::open}, found.part, near, wall_of(here.now, here.zone));
  for (const int before : {3600, 0}) {
    Found reading = found;
    reading.half_hour.reset();
    reading.clocks = {{(later.second_of_day - before + 86400) % 86400, Clock::Half::told}};
    readings.emplace_back("", reading);
  }
  Settled settled = with_options(Question::half, readings, here);
  for (auto& option : settled.options) option.label = clock_text(option.when.start);
  return settled;
}

Settled ask_date(const Found& found, const Here& here) {
  std::vector<std::pair<std::string, Found>> readings;
  const auto known = day_first(here.locale);
  for (const bool first : {true, false}) {
    if (known && *known != first) continue;
    Found reading = found;
    Day& day = *reading.day;
    const unsigned a = found.day->month, b = found.day->day;
    day.kind = Day::Kind::date;
    day.day = first ? a : b;
    day.month = first ? b : a;
    if (a == b && !first) continue;
    readings.emplace_back("", reading);
  }
  Settled settled = with_options(Question::date, readings, here);
  for (auto& option : settled.options) option.label = date_text(option.when.start);
  return settled;
}

// "02:00 CET" in the night in which the clocks go back: the abbreviation says which of the two.
bool in_second_coming(const Found& found, const Here& there, Settled& one) {
  if (found.repeat || found.clocks.size() != 1) return false;
  Here before = there;
  before.now -= std::chrono::hours{2};
  Found reading = found;
  reading.zone_word.clear();
  const Settled first = settle(reading, before);
  if (first.question != Question::none || !first.when.rule.empty()) return false;
  for (const std::chrono::minutes apart : {std::chrono::minutes{30}, std::chrono::minutes{60}}) {
    const Time second = first.when.moment + apart;
    std::string called = abbreviation(second, there.zone);
    std::ranges::transform(called, called.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (wall_of(second, there.zone) != first.when.start || called != found.zone_word || second <= there.now) continue;
    one = first;
    one.when.moment = second;
    one.when.elapsed = true;  // no wall time names it
    return true;
  }
  return false;
}

std::optional<Settled> by_named_zone(const Found& found, const Here& here) {
  const auto named = zones_called(found.zone_word);
  Found reading = found;
  reading.zone_word.clear();
  std::vector<std::pair<std::string, Found>> readings;
  std::vector<Settled> each;
  Settled settled = ask(Question::zone);
  for (const NamedZone& zone : named) {
    Here there = here;
    there.zone = zone.zone;
    Settled one = settle(reading, there);
    if (in_second_coming(found, there, one)) return one;
    if (one.question != Question::none) return one;
    if (named.size() == 1 || zone.zone == here.zone) return one;
    settled.options.push_back({zone.title, one.when, one.also, one.guesses});
  }
  return settled;
}

bool asks_time(const Found& found) {
  if (found.elapsed || found.half_hour) return false;
  if (found.repeat && (found.repeat->times > 0 || found.repeat->unit <= Repeat::Unit::hour)) return false;
  const bool event_first = found.event == "before" || found.event == "after" || found.event == "during";
  if (!found.event.empty() && found.part != Part::bedtime && (found.clocks.empty() || (event_first && found.clock_at > found.event_at)))
    return true;
  return found.clocks.empty() && found.part == Part::none && !found.day && !found.repeat && !found.from;
}

}  // namespace

Settled settle(const Found& found, const Here& here) {
  if (found.over && !found.elapsed && found.clocks.empty()) return ask(Question::over);
  if (found.over && found.day && found.day->kind == Day::Kind::past) return ask(Question::over);
  if (found.elapsed && !found.repeat) return after(*found.elapsed, here);
  if (asks_time(found)) return ask(Question::time);
  if (!found.zone_word.empty()) return *by_named_zone(found, here);
  if (here.zone.empty()) return ask(Question::zone);
  if (found.half_hour) return ask_half(found, here);
  if (found.day && found.day->kind == Day::Kind::ambiguous) return ask_date(found, here);
  const bool daily = !found.repeat && found.tells_clock() && (found.until || found.lasting_days > 0) && !found.day;
  if (found.repeat || daily) {
    Found series = found;
    if (daily) series.repeat = Repeat{};
    return settle_series(series, here);
  }
  return settle_once(found, here, here.zone);
}

Settled amend(const When& before, const Found& found, const Here& here) {
  Here there = here;
  if (there.zone.empty()) there.zone = before.zone;
  if (found.elapsed && !found.repeat) return settle(found, there);
  Found whole = found;
  const auto day = std::chrono::floor<days>(before.start);
  const date::year_month_day date{day};
  const auto parts = before.rule.empty() ? std::nullopt : parts_of(before.rule, before.start);
  const Clock old{static_cast<int>((before.start - day).count()), Clock::Half::told};
  if (!found.tells_clock()) {
    whole.clocks = parts ? parts->clocks : std::vector{old};
    whole.event.clear();
  } else if (found.clocks.empty() && found.part != Part::none && parts && parts->clocks.size() > 1) {
    whole.clocks.clear();
  }
  if (!found.repeat && parts) {
    whole.repeat = parts->repeat;
    if (found.day && found.day->kind == Day::Kind::weekday && parts->repeat.unit == Repeat::Unit::week) {
      whole.repeat->weekdays = {found.day->weekday};
      whole.day.reset();
    }
    if (!found.until && parts->until) {
      const date::year_month_day last{std::chrono::floor<days>(*parts->until)};
      whole.until = Day{};
      whole.until->kind = Day::Kind::date;
      whole.until->year = static_cast<int>(last.year());
      whole.until->month = static_cast<unsigned>(last.month());
      whole.until->day = static_cast<unsigned>(last.day());
    }
    if (found.count == 0) whole.count = parts->count;
    whole.between_from = found.between_from >= 0 ? found.between_from : parts->hours_from < 0 ? -1 : parts->hours_from * 60;
    whole.between_to = found.between_to >= 0 ? found.between_to : parts->hours_to < 0 ? -1 : parts->hours_to * 60;
  }
  if (!found.repeat && !found.day && !found.from) {
    // The same day, if the new time is still to come there.
    Day same;
    same.kind = Day::Kind::date;
    same.year = static_cast<int>(date.year());
    same.month = static_cast<unsigned>(date.month());
    same.day = static_cast<unsigned>(date.day());
    if (parts)
      whole.from = same;
    else
      whole.day = same;
    Settled settled = settle(whole, there);
    if (settled.question != Question::over) return settled;
    whole.day.reset();
    whole.from.reset();
  }
  return settle(whole, there);
}

}  // namespace nurturer::schedule
