#pragma once
// Check-ins: a kind line at set times, in a room by consent of a moderator, or for one person alone. Nobody is asked to disclose anything; a
// press is a full answer, and so is silence. Nothing of who answered is kept.

#include <string>

#include "engine/dialogue/stage.hpp"
#include "engine/schedule/reminder.hpp"

namespace nurturer::dialogue {

inline const std::string checkin_script = "checkin";

/// A message in a room that is about its check-ins: a moderator's setting, an answer to the one that is open, "leave me out". The net has
/// read it before. False: it is about something else.
bool hear_check_in(Stage& stage);

/// A press of "checkin.wave.7" and the like. False if it is none of these.
bool press_check_in(Stage& stage);

/// The same labels typed without speaking to the companion: a full answer too, and nothing follows but what a press would bring.
bool overhear_check_in(Stage& stage);

/// What is due at the stage's moment is said to the room, or passed over (a quiet day, hours too late).
void due_check_ins(Stage& stage);

/// In private: "check in with me every morning", "stop the check-ins". False: it is neither.
bool hear_private_check_in(Stage& stage);

/// An answer to one's own check-in, in private. A number is asked for only where they agreed to keep such. False: it is none.
bool answer_check_in(Stage& stage, const std::string& choice);
/// That number.
void rate_check_in(Stage& stage, int rating);

/// The line of one person's own check-in.
[[nodiscard]] std::string private_line(const Stage& stage, const schedule::Reminder& reminder);

/// In a room somebody asked not to be spoken to.
[[nodiscard]] bool is_left_out(const Stage& stage);

}  // namespace nurturer::dialogue
