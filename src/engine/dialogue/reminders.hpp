#pragma once
// Reminders in talk: setting them, with the questions that this needs; showing, changing, pausing and taking them back.

#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// A message that is about reminders: a request, the answer to a question about one, a correction right after. False: it is not.
bool hear_reminder(Stage& stage);

/// A press of "reminder.snooze.ID" and the like; the same from a choice by its label. False if `choice` is none of these.
bool press_reminder(Stage& stage, const std::string& choice);

void list_reminders(Stage& stage);

/// What was due while nobody could be reached is told once, at the next contact.
void tell_missed(Stage& stage);

/// A new zone is known: asks, once a talk, whether the reminders go with it.
void offer_move(Stage& stage);

/// After "undo": what has come meanwhile does not come again.
void settle_undone(Person& restored, const Person& before, Time now);

}  // namespace nurturer::dialogue
