#pragma once
// Walking through scripts: entering one, going on, back, again, to its end. Knows cards: no exercise is entered against a flag.

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// Begins a script at the step that fits the person (its entries), or the script that its card names in its place.
void start(Stage& stage, const Script& script);

/// The script that fits this person where a meaning led to `script`: one of its entries may lead to another.
[[nodiscard]] const Script& fitting_script(const Stage& stage, const Script& script);

/// Moves to a step and says what follows until something is asked or the script ends.
void show(Stage& stage, const Place& place);

/// Asks a step of `common` in between; the running script stays where it is.
void interpose(Stage& stage, std::string_view common_step);

/// Where a choice, an answer or a step leads. `from` is the step that leads there.
void follow(Stage& stage, const Go& go, const Place& from);

/// The running step once more, in its own words where they are left.
void repeat(Stage& stage);
/// The last step before it that asked something; false if there is none.
bool back(Stage& stage);

/// "Stop": nothing runs, nothing waits, nothing is asked; says so shortly.
void stop(Stage& stage);

/// True if this is worth being offered again later: an exercise, a feeling; no greeting, no help.
[[nodiscard]] bool is_worth_going_on(const Stage& stage, const Place& place);

/// Leaves what runs so that it can be offered later; courtesies, safety scripts and help are not worth it.
void put_aside(Stage& stage);

/// The script is over: nothing runs, nothing is asked.
void leave_script(Talk& talk);

/// A greeting, the help, a word about the companion itself: it gives way at once to whatever is told or asked for.
[[nodiscard]] bool is_menu(const Script& script);

/// What runs; null if nothing does.
[[nodiscard]] const Script* running_script(const Stage& stage);

/// True of a script that a message of this kind leads to: by the first of its intents.
[[nodiscard]] bool is_of(const Script& script, understanding::Kind kind);

/// The script that may be led for this person: itself, what its card names instead, or null when neither may.
[[nodiscard]] const Script* permitted(const Stage& stage, const Script& script);

}  // namespace nurturer::dialogue
