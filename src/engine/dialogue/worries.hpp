#pragma once
// What comes round again, and what came with it: the same worry told for the third time, and the second topic of a message.

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// Counts the worry of this message. True, and said kindly, when it came round for the third time within a short time: then no more
/// reassurance, but a skill and a person (safety.md, "Companion, not hook").
bool see_loop(Stage& stage);

/// Keeps a second feeling that the message told as clearly as the first, to be offered when the first is done.
void keep_second_topic(Stage& stage, const Script& first);

/// Offers it, if it was not led in the meantime; false if there is none.
bool offer_second_topic(Stage& stage);

/// Feelings that come as one: their scripts speak of each other.
[[nodiscard]] bool told_as_one(Intent a, Intent b);

}  // namespace nurturer::dialogue
