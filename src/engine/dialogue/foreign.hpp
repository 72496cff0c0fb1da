#pragma once
// A message in a language that the companion does not speak: told so in that language, never guessed at.

#include <optional>
#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// "de", "es", ...: the language whose commonest words make up most of the message; empty when none does. The words are the
/// lists language_de, language_es ... of the content.
[[nodiscard]] std::optional<std::string> foreign_language(const understanding::Language& language, const text::Text& text);

void say_foreign(Stage& stage, const std::string& language);

}  // namespace nurturer::dialogue
