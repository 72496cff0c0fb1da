#pragma once
// Lines of a room, of the scripts `checkin` and `for_two`: with what they are about filled in, and choices that carry what they belong to.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

using Fillings = std::vector<Filling>;
using Choices = std::vector<std::pair<std::string, std::string>>;

/// A text of the step, by chance one of its variants, filled; empty if there is none.
[[nodiscard]] std::string room_words(Stage& stage, const Place& place, const Fillings& fillings = {});

/// The choices of a step, their ids with `mark` behind them ("checkin.wave" + ".7").
[[nodiscard]] Choices room_choices(const Stage& stage, const Place& place, const std::string& mark);

/// Answers the one who wrote, where they wrote.
void say_there(Stage& stage, const Place& place, const Fillings& fillings = {});

/// Says it to all who are there, and to nobody by name.
void say_to_room(Stage& stage, const Place& place, const Fillings& fillings = {}, const Choices& choices = {});

/// A line for the one who wrote, in their private chat.
void say_apart(Stage& stage, const Place& place, const Fillings& fillings = {});

/// The choice of this step that the message is by label, number or the author's words; null: none. Without `loose` the author's words don't count.
[[nodiscard]] const Choice* choice_said(const Stage& stage, const Place& place, bool loose);

/// A press that is not open for this person: a kind line for them alone. `offered`: it was once.
void refuse_press(Stage& stage, bool offered);

}  // namespace nurturer::dialogue
