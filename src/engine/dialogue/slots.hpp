#pragma once
// What stands in a text for each person: {slots} of the program, of the person's own world, of the talk.

#include <string>
#include <string_view>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// Fills {slots}. An empty one with a replacement ("{call_me|friend}") takes it. Where the whole would be longer than a message may be, what
/// the person told gives way to the replacements.
[[nodiscard]] std::string fill(const Stage& stage, std::string_view text, bool long_text = false);

/// False if the text has a slot of the person's own world without a replacement, and they have not told it: then it is not said.
[[nodiscard]] bool can_be_filled(const Stage& stage, std::string_view text);

/// True if the text has a slot of the person's own world, with or without a replacement, and they have told it.
[[nodiscard]] bool speaks_of_own(const Stage& stage, std::string_view text);

/// Number of code points.
[[nodiscard]] std::size_t characters(std::string_view utf8);

}  // namespace nurturer::dialogue
