#pragma once
// Saying things about reminders: steps of the script `reminders`, with what they are about filled in.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

using Choices = std::vector<std::pair<std::string, std::string>>;  // id, label

inline const std::string reminders_script = "reminders";

/// Says the step; `asks`: the talk waits for an answer to it.
void say_reminder(Stage& stage, std::string_view step, const std::vector<Filling>& fillings, const Choices& choices = {},
                  bool asks = false);

/// A text of the script, filled; empty if there is none.
[[nodiscard]] std::string reminder_words(const Stage& stage, std::string_view step, const std::vector<Filling>& fillings);

/// The choices of a step, their ids with the reminder's behind them; those for an exercise only where it has one.
[[nodiscard]] Choices reminder_choices(const Library& library, std::string_view step, const schedule::Reminder& reminder);

/// "Wednesday 25 November 2026, 09:00 (Europe/Berlin)"
[[nodiscard]] std::string when_text(const schedule::When& when);
/// What a reminder is called: its words, or what stands for none.
[[nodiscard]] std::string called(const Stage& stage, const schedule::Reminder& reminder);
/// Where a time is settled for this person.
[[nodiscard]] schedule::Here here(const Stage& stage);

}  // namespace nurturer::dialogue
