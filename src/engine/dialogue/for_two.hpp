#pragma once
// Two people in a room: a time-out, listening in turns, Team Us. The companion keeps the turns and the time, and never needs to read what the two
// say to each other: it goes on by presses, mentions and replies alone.
//
// The second one is asked in private, and it starts by their yes within ten minutes; else the room reads, always, "It didn't come together this
// time." What is switched off for somebody changes lines in their own private chat alone (safety.md, "Abuse").

#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

inline const std::string for_two_script = "for_two";

/// In a room, spoken to: a request ("time-out with @ben, 20 minutes"), or a word of one of the two who are in it. False: neither.
bool hear_for_two(Stage& stage);

/// The same of one whose crisis is open: would it be about this? What a room reads must not depend on that.
[[nodiscard]] bool is_for_two(const Stage& stage);

/// In a room, without being spoken to: a bare "stop" of one of the two.
bool overhear_stop(Stage& stage);

/// "@ben", after it was asked with whom, also without speaking to the companion: what was asked for begins as if the name had stood there.
/// False: nothing was asked, or nobody is named.
bool answer_who(Stage& stage);

/// A press of "two...." in a room. False if it is none.
bool press_for_two(Stage& stage);

/// In somebody's private talk, with the room that they are asked for, or in: an answer to the question (`choice`), or "stop".
bool answer_for_two(Stage& stage, const std::string& choice);
bool stop_for_two(Stage& stage);

/// One of the two is in a crisis: help comes first, and the room is told nothing.
void leave_for_crisis(Stage& stage);

/// What is due at the stage's moment.
void due_for_two(Stage& stage);

/// One of the two has left the room.
void left_for_two(Stage& stage, const std::string& person);

/// Which step of `for_two` asks this person: another one where it is switched off for them.
[[nodiscard]] Place asking_step(const Person& person, const Place& wanted, const std::string& what);

}  // namespace nurturer::dialogue
