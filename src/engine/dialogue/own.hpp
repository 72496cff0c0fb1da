#pragma once
// The person's own world told in plain words, at any time: "call me Sam", "forget my safe place", "what is my safe place". The words that
// lead to each thing are lists of the content (intents/en/lists/own.toml).

#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// Takes what the message tells, forgets or asks of the person's own world and says so; false if it does none of that.
bool hear_own(Stage& stage);

/// Takes a thing, without a word about it. "undo" takes it back.
void tell_own(Stage& stage, Own own, const std::string& value);

/// The message as an answer to a question for `own`: "it's my gran, I think" -> "my gran".
[[nodiscard]] std::string answer_without_lead(const Stage& stage, Own own);

/// "what to call you: Sam", by the step known_OWN of `common`; empty if nothing is told.
[[nodiscard]] std::string own_in_words(const Stage& stage, Own own);

}  // namespace nurturer::dialogue
