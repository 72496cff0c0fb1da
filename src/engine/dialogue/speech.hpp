#pragma once
// Saying a step: which variant, its slots filled, its choices beside it.

#include <string>
#include <string_view>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// Says the step's message (and its paced lines). Does not move the talk; `asks` tells whether its choices are shown. Prefers a variant not yet
/// used in this talk; when all were, its brief form.
void say(Stage& stage, const Place& place, const Step& step, bool asks);

/// Says a step of `common` as a line in between, beside the choices of the question that is still open.
void say_common(Stage& stage, std::string_view step);

/// The same line, not yet said: what another message begins with.
[[nodiscard]] std::string common_words(Stage& stage, std::string_view step);

/// Says a step of `common` and then, in the same message, the question that is open at `place` in few words.
void say_heard(Stage& stage, std::string_view common_step, const Place& place, const Step& question);

/// Says one of these texts, which stand at `key` ("panic.why"), without choices.
void say_one_of(Stage& stage, const std::string& key, const std::vector<std::string>& variants);

/// A slot that only this turn knows ("kept", "known"): set before say().
struct Filling {
  std::string name, value;
};
void say_filled(Stage& stage, std::string_view common_step, const std::vector<Filling>& fillings);

}  // namespace nurturer::dialogue
