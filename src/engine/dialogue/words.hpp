#pragma once
// The words that work in every state: stop, back, again, why, forget me ... (concepts.md).

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// Does what the word asks for; false if the message is none of them. yes, no, ok, safe_now, not_meant are not handled here.
bool do_word(Stage& stage);

/// Those that an author's own words for a choice may mean otherwise ("it doesn't help" at a question about asthma): asked after them.
bool do_soft_word(Stage& stage);

/// The few of them that work while a crisis is open: leaving, forgetting, seeing what is kept. Nothing that resumes an exercise.
bool word_in_crisis(Stage& stage);

}  // namespace nurturer::dialogue
