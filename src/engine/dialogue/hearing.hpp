#pragma once
// What a message leads to when nobody is in danger: an answer to the open question, a word, a script, an honest "not understood".

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// `returns`: a new talk in which something of the last one still waits.
void hear_message(Stage& stage, bool returns);

}  // namespace nurturer::dialogue
