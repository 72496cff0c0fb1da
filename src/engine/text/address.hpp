#pragma once
// "hey nurturer, ...": who the message is said to is no part of what it says.

#include "engine/text/lexicon.hpp"
#include "engine/text/text.hpp"

namespace nurturer::text {

/// Takes the companion's name out where it is addressed by it: at the start of a message, and at its end. Elsewhere ("my nurturer") it stays.
void leave_out_names(const Lexicon& lexicon, Text& text);

}  // namespace nurturer::text
