#pragma once
// A reminder that has come: how it is said, and what people answer to it.

#include <optional>
#include <string_view>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// "Snooze 10 minutes", "done", "start" to what was said last. False: nothing was, or the message is about something else.
bool answer_fired(Stage& stage);

/// The number of a choice of what was said last, as the choices stood there. False: it is no such number.
bool answer_fired_by_number(Stage& stage);

/// "Snooze" in so many words: the reminder that came last. False: none did, lately.
bool snooze_last(Stage& stage);

/// "For an hour", "10 more minutes", "in half an hour".
[[nodiscard]] std::optional<std::chrono::seconds> snooze_length(std::string_view message);

}  // namespace nurturer::dialogue
