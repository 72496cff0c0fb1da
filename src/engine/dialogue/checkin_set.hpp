#pragma once
// What a moderator sets up about check-ins, for checkin.cpp alone.

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// A setting, a question about it, or the group's own lines. `word` is the choice of checkin.words that was heard, "" when a meaning led here.
/// False: there is nothing of it.
bool set_check_in(Stage& stage, std::string_view word);

/// The kind that the message names; affirmation if none.
[[nodiscard]] Kindness kind_said(const Stage& stage);

/// A phrase of time for a series: every day, at nine, where nothing else is said.
[[nodiscard]] schedule::Found series_said(const Stage& stage, Kindness kind);

/// The choice of checkin.words that the message holds, without its script ("off"); empty: none.
[[nodiscard]] std::string word_said(const Stage& stage, std::string_view step);

}  // namespace nurturer::dialogue
