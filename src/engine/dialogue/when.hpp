#pragma once
// Conditions under which an author lets a script begin elsewhere or a step give way to another: by what is known of this person, and how
// it is with them now (AUTHORING.md, "What fits whom").

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/dialogue/world.hpp"
#include "engine/understanding/labels.hpp"
#include "engine/understanding/phrasebook.hpp"

namespace nurturer::dialogue {

/// The body's three states in plain words; unknown: nothing told of it yet.
enum class BodyState : std::uint8_t { unknown, alarm, shutdown, safe };
[[nodiscard]] std::string_view name(BodyState state) noexcept;
[[nodiscard]] std::optional<BodyState> body_state_named(std::string_view name) noexcept;

/// Parts of the day where the person is: 6 to 11, 11 to 17, 17 to 22, and the night.
enum class DayPart : std::uint8_t { morning, day, evening, night };
[[nodiscard]] std::string_view name(DayPart part) noexcept;
[[nodiscard]] std::optional<DayPart> day_part_named(std::string_view name) noexcept;

/// All that is set must hold; nothing set: holds for everybody.
struct When {
  understanding::Flags flags;                     // one of these is known
  std::vector<BodyState> state;                   // one of these is the body's state
  std::vector<DayPart> time;                      // one of these; an unknown time zone fits none
  std::vector<Own> told;                          // all of these are told
  std::vector<Own> not_told;                      // none of these is told
  std::optional<bool> loud;                       // capitals, strong words, a rating of 7 or more
  std::optional<bool> helped;                     // an exercise has helped this person before, and may be led now
  std::optional<bool> group;                      // others read along
  int away = 0;                                   // days in which nothing was written, at least
  int lately = 0;                                 // led at least so often in the last seven days
  int practised = 0;                              // finished with ratings at least so often, ever
  std::optional<understanding::PhraseId> says;    // the message holds these words

  [[nodiscard]] bool only_flags() const noexcept {
    return state.empty() && time.empty() && told.empty() && not_told.empty() && !loud && !helped && !group && lately == 0 &&
           practised == 0 && away == 0 && !says;
  }
};

}  // namespace nurturer::dialogue
