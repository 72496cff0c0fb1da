#pragma once
// What stands around an answer: who speaks, that it comes late, that nothing can be kept.

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// Adds to the answer what the person must be told with it: once a talk, every three hours, after an outage. Silence stays silence.
void frame(Stage& stage);

}  // namespace nurturer::dialogue
