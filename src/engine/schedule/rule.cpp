#include "engine/schedule/rule.hpp"

#include <algorithm>

#include "engine/schedule/ical_time.hpp"

namespace nurturer::schedule {
namespace {

std::optional<icalrecurrencetype> read(const std::string& rule) {
  constexpr std::size_t longest_rule = 400;
  if (rule.empty() || rule.size() > longest_rule) return std::nullopt;
  icalrecurrencetype recurrence = icalrecurrencetype_from_string(rule.c_str());
  if (recurrence.freq == ICAL_NO_RECURRENCE || recurrence.freq == ICAL_SECONDLY_RECURRENCE) return std::nullopt;
  if (recurrence.interval < 1 || recurrence.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX) return std::nullopt;
  return recurrence;
}

constexpr int patience = 100'000;

bool steps_within_day(const icalrecurrencetype& recurrence) {
  return recurrence.freq == ICAL_MINUTELY_RECURRENCE || recurrence.freq == ICAL_HOURLY_RECURRENCE;
}

bool at_its_hour(const icalrecurrencetype& recurrence, int hour) {
  const auto* const end = std::ranges::find(recurrence.by_hour, ICAL_RECURRENCE_ARRAY_MAX);
  return end == std::ranges::begin(recurrence.by_hour) || std::find(std::ranges::begin(recurrence.by_hour), end, hour) != end;
}

// libical counts steps of minutes and hours anew from the first BYHOUR, and from wherever it is told to jump to. So it begins on one of the
// steps instead, and the hours and the COUNT are looked at here.
std::optional<Wall> step_within_day(const icalrecurrencetype& told, Wall start, Wall from) {
  icalrecurrencetype recurrence = told;
  recurrence.by_hour[0] = ICAL_RECURRENCE_ARRAY_MAX;
  recurrence.count = 0;
  const std::chrono::seconds step{(told.freq == ICAL_HOURLY_RECURRENCE ? 3600 : 60) * told.interval};
  const Wall first = told.count == 0 && from > start ? start + (from - start) / step * step : start;
  const IcalOwned<icalrecur_iterator> iterator(icalrecur_iterator_new(recurrence, ical_time(first)));
  if (!iterator) return std::nullopt;
  int counted = 0;
  for (int i = 0; i < patience; ++i) {
    const icaltimetype next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next) != 0) return std::nullopt;
    if (!at_its_hour(told, next.hour)) continue;
    const Wall wall = wall_of_ical(next);
    if (wall >= from) return wall;
    if (++counted == told.count) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Wall> occurrence(const std::string& rule, Wall start, Wall from) {
  if (rule.empty()) return from <= start ? std::optional{start} : std::nullopt;
  const auto recurrence = read(rule);
  if (!recurrence) return std::nullopt;
  if (steps_within_day(*recurrence)) return step_within_day(*recurrence, start, from);
  const IcalOwned<icalrecur_iterator> iterator(icalrecur_iterator_new(*recurrence, ical_time(start)));
  if (!iterator) return std::nullopt;
  // Jumps over what is past; a rule with a COUNT has to be counted through.
  if (from > start && recurrence->count == 0) icalrecur_iterator_set_start(iterator.get(), ical_time(from));
  for (int i = 0; i < patience; ++i) {
    const icaltimetype next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next) != 0) return std::nullopt;
    const Wall wall = wall_of_ical(next);
    if (wall >= from && wall >= start) return wall;
  }
  return std::nullopt;
}

bool rule_good(const std::string& rule, Wall start) {
  constexpr std::chrono::minutes least{15};
  constexpr int looked_at = 60;
  if (!read(rule)) return false;
  auto wall = occurrence(rule, start, start);
  if (!wall || *wall - start > date::years{10}) return false;
  for (int i = 0; i < looked_at; ++i) {
    const auto next = occurrence(rule, start, *wall + std::chrono::seconds{1});
    if (!next) return true;
    if (*next - *wall < least) return false;
    wall = next;
  }
  return true;
}

}  // namespace nurturer::schedule
