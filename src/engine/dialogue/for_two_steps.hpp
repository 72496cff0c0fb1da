#pragma once
// The lines of an exercise of two, and how it begins, for for_two.cpp alone.

#include <string>
#include <string_view>

#include "engine/dialogue/for_two.hpp"
#include "engine/dialogue/room_speech.hpp"

namespace nurturer::dialogue {

[[nodiscard]] inline Place for_two_step(std::string step) { return {for_two_script, std::move(step)}; }

/// What the choices of the step that runs carry: those of an earlier one are over.
[[nodiscard]] std::string mark_of(const ForTwo& two);

/// Says a step to the room, its slots filled; `asks`: with the choices of the step that runs.
void say_step(Stage& stage, const std::string& step, bool asks);

/// Goes on to a turn; to an end, after which there is nothing.
void show_turn(Stage& stage, std::string_view step);
void begin_turns(Stage& stage);

/// Opens a step in somebody's private talk.
void whisper(Stage& stage, const std::string& person, std::string_view step);

/// A request of the one who wrote: asks the second one, or begins, or says what is missing.
void open_for_two(Stage& stage, ForTwo::What what);
void begin_time_out(Stage& stage, Time end_at);

inline void end_for_two(Stage& stage) { stage.room->two.reset(); }

}  // namespace nurturer::dialogue
