#include "engine/schedule/reminder.hpp"

#include <algorithm>
#include <string_view>

#include "engine/schedule/rule.hpp"

namespace nurturer::schedule {
namespace {

using std::chrono::seconds;

bool single(const Reminder& reminder) { return reminder.when.rule.empty(); }

std::optional<Wall> following(const Reminder& reminder, Wall after) {
  return occurrence(reminder.when.rule, reminder.when.start, after + seconds{1});
}

// The latest time of a series that is not after `now`, and the one that follows it.
struct Place {
  Wall latest;
  std::optional<Wall> next;
};
Place place_of(const Reminder& reminder, Time now) {
  const std::string& zone = reminder.when.zone;
  // Long silences are jumped over: of what is so far back nothing is said.
  constexpr std::chrono::hours looked_back{48};
  Wall latest = reminder.next;
  const Wall near = wall_of(now, zone) - looked_back;
  if (near > latest) {
    if (const auto from = occurrence(reminder.when.rule, reminder.when.start, near); from && instant_of(*from, zone) <= now) latest = *from;
  }
  std::optional<Wall> next = following(reminder, latest);
  while (next && instant_of(*next, zone) <= now) {
    latest = *next;
    next = following(reminder, latest);
  }
  if (next && near > *next) next = occurrence(reminder.when.rule, reminder.when.start, near);
  return {latest, next};
}

Firing::How how_late(Time at, Time now) {
  if (now - at > missed_after) return Firing::How::missed;
  return now - at > late_from ? Firing::How::say_late : Firing::How::say;
}

Firing fire_single(const Reminder& reminder, Time now) {
  Firing firing{how_late(reminder.due, now), reminder.due, reminder};
  const bool missed = firing.how == Firing::How::missed;
  firing.after->state = missed ? Reminder::State::missed : Reminder::State::fired;
  firing.after->last = missed ? reminder.last : now;
  if (!missed) ++firing.after->said;
  if (missed) firing.after->missed = reminder.due;
  firing.after->due = now + (missed ? missed_kept : fired_kept);
  return firing;
}

}  // namespace

std::string reminder_id(Time now, std::uint64_t chance) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto minute = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count());
  std::string id = "reminder ";
  for (int shift = 28; shift >= 0; shift -= 4) id += digits[minute >> shift & 15U];
  for (int shift = 60; shift >= 0; shift -= 4) id += digits[chance >> shift & 15U];
  return id;
}

Reminder make_reminder(std::string id, std::string text, const When& when) {
  Reminder reminder;
  reminder.id = std::move(id);
  reminder.text = std::move(text);
  reminder.when = when;
  reminder.next = when.start;
  reminder.due = when.moment;
  return reminder;
}

Firing fire(const Reminder& reminder, Time now) {
  if (reminder.state != Reminder::State::waiting) return {Firing::How::erase, reminder.due, std::nullopt};
  if (single(reminder)) return fire_single(reminder, now);
  const Place place = place_of(reminder, now);
  const Time at = instant_of(place.latest, reminder.when.zone);
  Firing firing{how_late(at, now), at, reminder};
  if (firing.how == Firing::How::missed) {
    firing.after->missed = at;
  } else {
    firing.after->last = now;
    ++firing.after->said;
  }
  if (!place.next) {
    firing.after->next = place.latest;
    firing.after->state = firing.how == Firing::How::missed ? Reminder::State::missed : Reminder::State::fired;
    firing.after->due = now + (firing.how == Firing::How::missed ? missed_kept : fired_kept);
    return firing;
  }
  firing.after->next = *place.next;
  firing.after->due = instant_of(*place.next, reminder.when.zone);
  return firing;
}

std::optional<Reminder> rescheduled(Reminder reminder, Time now) {
  if (reminder.state != Reminder::State::waiting) return reminder;
  const std::string& zone = reminder.when.zone;
  if (single(reminder)) {
    reminder.due = reminder.when.elapsed ? reminder.when.moment : instant_of(reminder.when.start, zone);
    reminder.when.moment = reminder.due;
    reminder.next = reminder.when.start;
    return reminder.due > now ? std::optional{reminder} : std::nullopt;
  }
  // Never a time again that was said already, also when the clock went back.
  const Wall from =
      std::max(wall_of(now, zone) + seconds{1}, reminder.last == Time{} ? reminder.when.start : wall_of(reminder.last, zone) + seconds{1});
  auto next = occurrence(reminder.when.rule, reminder.when.start, from);
  while (next && instant_of(*next, zone) <= now) next = following(reminder, *next);
  if (!next) return std::nullopt;
  reminder.next = *next;
  reminder.due = instant_of(*next, zone);
  reminder.when.moment = instant_of(reminder.when.start, zone);
  return reminder;
}

std::optional<Reminder> moved(Reminder reminder, const std::string& zone, Time now) {
  if (reminder.when.elapsed && single(reminder)) {
    reminder.when.zone = zone;
    reminder.when.start = reminder.next = wall_of(reminder.when.moment, zone);
    return reminder;
  }
  const bool was_paused = reminder.paused;
  reminder.when.zone = zone;
  auto there = rescheduled(reminder, now);
  if (there && was_paused) there->due = never;
  return there;
}

Reminder paused(Reminder reminder) {
  if (reminder.state != Reminder::State::waiting) return reminder;
  reminder.paused = true;
  reminder.due = never;
  return reminder;
}

std::optional<Reminder> resumed(Reminder reminder, Time now) {
  if (!reminder.paused) return reminder;
  reminder.paused = false;
  return rescheduled(std::move(reminder), now);
}

Reminder snoozed(const Reminder& reminder, std::string id, Time at) {
  const Time moment = std::chrono::floor<seconds>(at);
  Reminder again = make_reminder(std::move(id), reminder.text, {wall_of(moment, reminder.when.zone), {}, reminder.when.zone, true, moment});
  again.script = reminder.script;
  again.room = reminder.room;
  again.group = reminder.group;
  again.all = reminder.all;
  again.snooze_of = reminder.snooze_of.empty() ? reminder.id : reminder.snooze_of;
  return again;
}

std::optional<Reminder> skipped(Reminder reminder) {
  if (single(reminder)) return std::nullopt;
  const auto next = following(reminder, reminder.next);
  if (!next) return std::nullopt;
  reminder.next = *next;
  reminder.due = reminder.paused ? never : instant_of(*next, reminder.when.zone);
  return reminder;
}

std::vector<const Reminder*> listed(const std::vector<Reminder>& all) {
  std::vector<const Reminder*> list;
  for (const Reminder& reminder : all) {
    if (reminder.state == Reminder::State::waiting) list.push_back(&reminder);
  }
  std::ranges::stable_sort(list, [](const Reminder* a, const Reminder* b) { return a->due < b->due; });
  return list;
}

}  // namespace nurturer::schedule
