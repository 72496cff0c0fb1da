#pragma once
// What fits this person now: the body's state, how loud it is, what helped before, the time of day, how often lately.

#include <optional>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// True if all that `when` asks for holds. `script` is the one that asks: "lately" and "practised" count it.
[[nodiscard]] bool holds(const Stage& stage, const When& when, const Script& script);

/// The choice that this very message has made before it was asked ("my dog died": which loss it is); null: it has to be asked. A question that
/// was asked in this talk is asked again.
[[nodiscard]] const Choice* heard_already(const Stage& stage, const Place& place, const Step& step);

/// Notes what this message tells of the body's state and of how loud it is.
void note_state(Stage& stage);

/// The exercise whose ratings fell most for this person, among those that may be led and were not led in this talk; null: none.
[[nodiscard]] const Script* what_helped(const Stage& stage);

/// Where the person is; empty: the time zone is unknown.
[[nodiscard]] std::optional<DayPart> day_part(const Stage& stage);

/// How often this script was finished with ratings, ever.
[[nodiscard]] int practised(const Person& person, const std::string& script);

}  // namespace nurturer::dialogue
