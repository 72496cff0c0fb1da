#pragma once
// A talk ends after hours of silence, and a new one begins: what is offered again, what is gone.

#include "engine/dialogue/talk.hpp"

namespace nurturer::dialogue {

/// After hours of silence a new talk begins: what ran is offered, flags and used variants of the old talk are gone, and of a person who agreed to
/// nothing only what they asked for stays. Else the talk goes on.
void begin_talk(Talk& talk, Person& person, Time now);

}  // namespace nurturer::dialogue
