#pragma once
// The safety net's side of the dialogue: what a crisis starts, how it goes on, what ends it (safety.md, "The net").

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// The message has a level: pauses or ends what runs and answers, in every state.
void answer_crisis(Stage& stage);

/// A crisis is open and the message holds no new sign: stays, takes answers, lets nothing resume.
void go_on_in_crisis(Stage& stage);

/// Twelve hours without a sign close it silently.
void let_crisis_expire(Talk& talk, Time now);

/// Steps by which the person says that they are safe, or that it was not meant.
[[nodiscard]] bool closes_crisis(const Place& place) noexcept;
void close_crisis(Stage& stage, const Place& last);

/// After a choice: the one plain question of a concern was answered, by a crisis or by none.
void settle_concern(Stage& stage, const Place& question);

[[nodiscard]] bool is_safety(const std::string& script) noexcept;

}  // namespace nurturer::dialogue
