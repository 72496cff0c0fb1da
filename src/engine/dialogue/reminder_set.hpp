#pragma once
// Setting a reminder, for reminders.cpp alone: what is missing is asked for, what is understood is said back.

#include "engine/dialogue/stage.hpp"
#include "engine/schedule/request.hpp"

namespace nurturer::dialogue {

/// `script`: what it can begin; empty: the exercise that its words name.
void set_reminder(Stage& stage, const schedule::Request& request, const std::string& script = {});

/// The open question about a draft is answered, or the draft is let go. False: the message is about something else.
bool answer_draft(Stage& stage);

/// A draft with nothing left to ask is kept and said back.
void proceed(Stage& stage);

/// "No, 17:00": what was set last, with what is new. False: nothing was set, or no time is said.
bool correct_last(Stage& stage);

/// "It is 21:40 here", "my time zone is Europe/Berlin". False: it tells no zone.
bool hear_zone(Stage& stage);

/// A calendar was pasted.
void import_reminders(Stage& stage);

[[nodiscard]] std::string new_reminder_id(Stage& stage);

}  // namespace nurturer::dialogue
