#pragma once
// The state of one person in one room, and what is known of the person. Plain values: the app keeps and seals them.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/dialogue/script.hpp"
#include "engine/schedule/reminder.hpp"
#include "engine/understanding/labels.hpp"

namespace nurturer::dialogue {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using understanding::Level;
using understanding::Subject;

/// Now, and chance, as values: the engine reads no clock and throws no dice.
struct Moment {
  Time now{};
  std::uint64_t dice = 0;
};

enum class Consent : std::uint8_t { unknown, no, yes };

struct Rating {
  Time at{};
  std::string script;
  int before = -1;  // 0..10; -1: not told
  int after = -1;
};

/// What a person has told of themselves. Kept beyond the talk only with their consent.
struct Person {
  Consent setup = Consent::unknown;
  Consent ratings = Consent::unknown;
  World world;
  std::string region;  // ISO 3166; empty: not told
  std::string zone;    // IANA; empty: not told
  Flags flags;
  std::vector<std::string> switched_off;  // scripts; never says why
  std::vector<Rating> rated;
  bool quiet = false;  // write nothing unasked until they write
  bool discreet = false;  // reminders come without their words until they are asked for
  std::vector<schedule::Reminder> reminders;  // each kept as a timer: asking for it is the consent for it
  std::vector<std::string> left_out;  // rooms in which they do not want to be spoken to
  Time gentle_until{};  // after a crisis: what must not follow one so soon is left out until then; never says why

  friend bool operator==(const Person&, const Person&);
};

/// A crisis that is open: no exercise goes on while it is.
struct Crisis {
  Intent intent = Intent::crisis_suicide;
  Level level = Level::crisis;
  Subject subject = Subject::self;
  Time last_sign{};         // it ends 12 h after the last sign
  bool concern_only = false;  // the one plain question was asked, and not yet answered
};

/// A worry that was told, to see when it comes round again.
struct Worry {
  Intent intent = Intent::none;
  Time at{};
};

/// A reminder that is being set or changed, and the question that is open about it. Memory only: its words are not asked to be kept yet.
struct ReminderDraft {
  enum class Asked : std::uint8_t { nothing, what, time, option, zone, which };
  Asked asked = Asked::nothing;
  std::string text;
  std::string script;
  schedule::Found when;
  std::vector<schedule::Settled::Option> options;  // Asked::option
  std::string changes;              // id of the reminder that is changed; empty: a new one
  std::string request;              // Asked::which: what was to be done
  std::vector<std::string> ids;     // Asked::which: with one of these
  bool all = false;                 // for the whole room
};

struct Talk {
  Time started{};
  Time last_heard{};
  Time disclosed{};           // epoch: never in this talk
  Place at;                   // where the running script stands
  Place asking;               // the step whose question is open: `at`, or a step of `common` in between
  std::vector<Place> trail;   // steps of the running script before `at`, for "back"; at most 32
  Place set_aside;            // what an interruption stopped; offered, never resumed by itself
  std::string pending;        // the script that was offered
  std::string second_topic;   // told with what is led now; offered after it
  std::optional<Crisis> crisis;
  Flags flags;                // told in this talk
  Flags cleared;              // asked and denied in this talk
  std::vector<std::pair<std::string, std::uint32_t>> used;    // "script.step" -> variants used, as bits
  std::vector<std::pair<std::string, std::string>> slots;     // what free questions took: memory only, never stored
  BodyState state = BodyState::unknown;
  bool loud = false;          // how it was told the last time that something was told
  std::vector<Worry> worries;  // of the last hours; at most 16
  int not_understood = 0;
  bool asked_setup = false, asked_ratings = false;  // at most once a talk
  bool heart_checked = false;
  bool told_text_only = false;
  bool told_not_kept = false;
  bool brief = false;   // "shorter"
  int slower = 0;       // paced lines take 4 + slower quarters of their time
  int before = -1;      // the ratings of the running script, 0..10; -1: not told
  int after = -1;
  int latest = -1;      // the last rating of this talk, of whatever script
  Time gentle_before{};  // Person::gentle_until before this crisis: it holds again if nothing was meant
  bool crisis_unresolved = false;  // a crisis was answered and the person has not said that they are safe
  std::optional<Rating> last_rating;  // of this talk; kept only when the person agrees
  std::optional<Person> undo;  // the person before the last setting
  std::optional<ReminderDraft> draft;
  std::string last_set;        // id of the reminder that the last answer was about: "no, 17:00" means it
  std::string reminded;        // id of the one that was said last
  bool asked_move = false;     // whether reminders move to a new zone
  bool told_reminder_kept = false;

  [[nodiscard]] bool open() const noexcept { return started != Time{}; }
};

/// True if the script said something in this talk.
[[nodiscard]] bool was_led(const Talk& talk, const std::string& script);

/// True if this very step did.
[[nodiscard]] bool was_used(const Talk& talk, const Place& place);

inline constexpr std::chrono::hours talk_lasts{3};
inline constexpr std::chrono::hours disclosure_every{3};
inline constexpr std::chrono::hours crisis_lasts{12};
inline constexpr std::chrono::hours gentle_after_crisis{24 * 7};
inline constexpr int very_loud_from = 7;  // of a rating

}  // namespace nurturer::dialogue
