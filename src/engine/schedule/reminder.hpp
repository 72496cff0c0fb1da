#pragma once
// Something that a person wants to be told at a time. A plain value: the app keeps each one sealed, as a timer of the person.
//
// What is stored is the time on the wall, the zone and the rule; `due` is worked out from them, and is the only thing that the schedule
// sorts by. A series never piles up: whatever was missed, only its latest time counts.

#include <optional>
#include <string>
#include <vector>

#include "engine/schedule/phrase.hpp"

namespace nurturer::schedule {

inline constexpr std::chrono::minutes late_from{5};   // a reminder that comes later says so
inline constexpr std::chrono::hours missed_after{2};  // ... and later than this it is told at the next contact
inline constexpr std::chrono::hours fired_kept{24};   // a single one can be snoozed so long; then it is gone
inline constexpr std::chrono::hours missed_kept{24 * 30};
inline constexpr std::size_t most_reminders = 50;  // of a person, and of a room
inline constexpr std::size_t longest_text = 140;   // characters

struct Reminder {
  enum class State : std::uint8_t { waiting, fired, missed };
  std::string id;      // fixed when it is set; that of its timer
  std::string text;    // in the person's own words; empty: only "it is time"
  std::string script;  // an exercise that it can begin
  When when;
  Wall next{};  // the coming time; with `fired` and `missed` the last one
  Time due{};   // when something must be done about it
  State state = State::waiting;
  bool paused = false;
  Time last{};            // when it was said last; epoch: never
  Time missed{};          // a time of it that nobody could be told of; epoch: none. Told at the next contact
  std::string snooze_of;  // a single time more of that one
  std::string room;       // where to write, as the adapter named it
  bool group = false;     // that is a group's room
  bool all = false;       // for everybody there
  int said = 0;           // how often it came: where a rotation of lines stands
  friend bool operator==(const Reminder&, const Reminder&) = default;
};

/// Far enough to be never.
inline constexpr Time never{std::chrono::sys_days{std::chrono::year{9999} / 1 / 1}};

/// Begins with the minute in which it is set: those that are set together lie together in the store's index. The time lies in clear there
/// anyway, with the due time. `chance` is 64 random bits.
[[nodiscard]] std::string reminder_id(Time now, std::uint64_t chance);

[[nodiscard]] Reminder make_reminder(std::string id, std::string text, const When& when);

/// What is done with a reminder that is due at `now`.
struct Firing {
  enum class How : std::uint8_t { say, say_late, missed, erase };
  How how = How::say;
  Time at{};                      // the time that it was for
  std::optional<Reminder> after;  // empty: it is over
};
[[nodiscard]] Firing fire(const Reminder& reminder, Time now);

/// The next moment worked out anew, after a change of zone, rule or clock. A series that is over: empty.
[[nodiscard]] std::optional<Reminder> rescheduled(Reminder reminder, Time now);

/// To the same time on the wall elsewhere; a moment ("in 20 minutes") stays.
[[nodiscard]] std::optional<Reminder> moved(Reminder reminder, const std::string& zone, Time now);

[[nodiscard]] Reminder paused(Reminder reminder);
/// What was missed during the pause is not made up for. Empty: it was for a time that is past.
[[nodiscard]] std::optional<Reminder> resumed(Reminder reminder, Time now);

/// One time more, at `at`; the series stays where it is.
[[nodiscard]] Reminder snoozed(const Reminder& reminder, std::string id, Time at);
/// Without its coming time: "not today".
[[nodiscard]] std::optional<Reminder> skipped(Reminder reminder);

/// Waiting ones, the next first; then paused ones. Numbers in a list count these.
[[nodiscard]] std::vector<const Reminder*> listed(const std::vector<Reminder>& all);

}  // namespace nurturer::schedule
