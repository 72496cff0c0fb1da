#pragma once
// The parts of check(). Each looks at all content for one kind of flaw.

#include "content/content.hpp"
#include "content/graph.hpp"

namespace nurturer::content {

/// Steps that no way leads to.
void check_reach(const Content& content, const Graph& graph, Diagnostics& diagnostics);
/// Steps from which no way leads to an end, steps that lead on to each other without asking, answers of too many messages.
void check_ends(const Content& content, const Graph& graph, Diagnostics& diagnostics);
/// Exercises that are led against a flag which the person told on the way to them.
void check_flags(const Content& content, const Graph& graph, Diagnostics& diagnostics);
/// Variants that are too alike, long texts that stand in two steps.
void check_repeats(const Content& content, Diagnostics& diagnostics);
/// Words of forbidden.toml.
void check_words(const Content& content, Diagnostics& diagnostics);
/// Scripts that are hard to read. English only.
void check_reading(const Content& content, Diagnostics& diagnostics);
/// Intents that no script answers.
void check_answered(const Content& content, Diagnostics& diagnostics);
/// Help lines that nobody has compared for a year.
void check_dates(const Content& content, std::chrono::sys_days today, Diagnostics& diagnostics);

/// The school year, by Flesch and Kincaid, in which a text is read with ease. Rough: syllables are groups of vowels.
[[nodiscard]] double reading_grade(std::string_view text);
inline constexpr double highest_grade = 6.0;

/// Tells a mistake at the line where `text` stands, looked for from the step's first line on (1: the top of the file).
void tell_at(const Content& content, const Source& step, std::string_view text, std::string problem, std::string remedy,
             Diagnostics& diagnostics);

}  // namespace nurturer::content
