#pragma once
// The state of a room that belongs to nobody alone: its check-ins, and what two people are led through there. A plain value: the app keeps
// it sealed with a key of the room. It holds no word that anybody said, save the lines that a moderator gave it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/schedule/reminder.hpp"

namespace nurturer::dialogue {

/// What a check-in brings. Names are those of the steps in responses/en/checkin_lines.toml.
enum class Kindness : std::uint8_t { affirmation, question, moment, reflection };
inline constexpr std::size_t kindness_count = 4;
[[nodiscard]] std::string_view name(Kindness kind) noexcept;
[[nodiscard]] std::optional<Kindness> kindness_named(std::string_view name) noexcept;

struct CheckIns {
  std::vector<schedule::Reminder> times;             // `script` is the name of a kind; empty: there are none
  unsigned quiet_days = 0;                           // a bit a weekday, 1 << 0 is sunday; a weekly reflection comes all the same
  std::string zone;                                  // IANA, of the room
  std::vector<std::string> own;                      // the group's own lines
  std::uint64_t seed = 0;                            // of the rotation
  std::array<std::uint32_t, kindness_count> said{};  // how often each kind came
  std::uint32_t own_said = 0;
  std::uint32_t number = 0;  // of the check-in that is open; its choices carry it
  std::string open;          // id of its line; empty: none is open
  schedule::Time opened{};
  friend bool operator==(const CheckIns&, const CheckIns&) = default;
};

/// Two people, and where they are. Who they are stands here only while it lasts.
struct ForTwo {
  enum class What : std::uint8_t { time_out, listening, team_us };
  enum class At : std::uint8_t { proposed, asked, running };  // proposed: how long the time-out shall be was asked
  What what = What::listening;
  At at = At::asked;
  std::string token;          // choices carry it
  std::string first, second;  // as the adapter names them
  bool first_may = true;      // false: switched off for them; told to nobody else
  bool second_said_yes = false;
  std::string step;               // of for_two, while running
  std::uint32_t serial = 0;       // of the step: presses of earlier ones are over
  bool swapped = false;           // the second one speaks
  bool nudged = false;            // the time of this turn is over, and was told
  schedule::Time answer_until{};  // epoch: answered, or told that it didn't come together
  schedule::Time due{};           // of the turn, or when the time-out ends
  bool longer = false;            // it was made longer once
  bool first_back = false, second_back = false;
  std::string zone;
  friend bool operator==(const ForTwo&, const ForTwo&) = default;
};

struct Room {
  std::string name;  // as the adapter calls it
  CheckIns check_ins;
  std::optional<ForTwo> two;
  bool told = false;                      // what it is, when it joined
  bool reads_along = true;                // false: what does not address it is not read, by a moderator's word
  std::string timer;                      // id of its timer in the store
  std::vector<std::string> acknowledged;  // to whom "read" was said for the check-in that is open. Memory only
  friend bool operator==(const Room&, const Room&) = default;

  /// True if nothing of it has to be kept.
  [[nodiscard]] bool plain() const noexcept { return check_ins.times.empty() && check_ins.own.empty() && !two && reads_along; }
  /// When something falls due next; empty: nothing does.
  [[nodiscard]] std::optional<schedule::Time> due() const noexcept;
};

[[nodiscard]] std::string_view name(ForTwo::What what) noexcept;
[[nodiscard]] bool is_of(const ForTwo& two, std::string_view person) noexcept;

}  // namespace nurturer::dialogue
