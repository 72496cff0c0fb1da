#pragma once
// A time-out at one phone: two people beside one device, in its private chat. The call back is a reminder of its own, so that a restart does
// not lose it; asking for the time-out is asking for that.

#include <string>

#include "engine/dialogue/stage.hpp"
#include "engine/schedule/reminder.hpp"

namespace nurturer::dialogue {

inline const std::string time_out_script = "time_out";

/// The choices that set, lengthen or end it. False: it is another one.
bool answer_time_out(Stage& stage, const std::string& choice);

/// A length in words ("15 minutes", "back at 20:40") where it is asked for. False: none is told.
bool hear_time_out(Stage& stage);

/// "We are flooded, 15 minutes": asked for with its length, it begins at once. False: no length is told, or it is not for this person.
bool begin_time_out_told(Stage& stage, const Script& script);

/// It was stopped: nobody is called back.
void drop_time_out(Person& person);

/// What is said when the time has come, and the talk after it.
[[nodiscard]] Say call_back(const Stage& stage, Talk* talk, const schedule::Reminder& reminder);

}  // namespace nurturer::dialogue
