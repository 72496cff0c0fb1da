#pragma once
// What is kept of a person, and only if they agree: asking, taking back, showing (safety.md, "Privacy").

#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// A script came to its end: notes ratings, and may ask for consent, once per talk, after something helped.
void after_exercise(Stage& stage, const std::string& script);

/// Something of the person's own world was told: asks, once a talk, whether it may be kept, unless an exercise runs or it is no moment for it.
void ask_to_keep(Stage& stage);

/// "consent.setup.yes" and the like; false if `choice` is none of these.
bool answer_consent(Stage& stage, const std::string& choice);

/// What the person told by a choice or an answer: for this talk, and beyond it where they agreed.
void tell_flags(Stage& stage, Flags sets, Flags clears);

void remember_me(Stage& stage);
void do_not_remember_me(Stage& stage);
void what_do_you_know(Stage& stage);
void forget_me(Stage& stage);

/// Keeps the person as they were, for "undo".
void before_change(Stage& stage);
void undo(Stage& stage);

/// The script that was asked for is switched on again, by the person themself.
void switch_on_pending(Stage& stage);

/// "I live in Leeds": sets region and zone and says so.
void set_place(Stage& stage, const Town& town);

}  // namespace nurturer::dialogue
