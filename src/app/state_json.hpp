#pragma once
// Talk and person as JSON, for the store to seal and for the person's export. What must not be kept is not written: the free words of a
// talk, and anything by which abuse could be told (safety.md, "Abuse").

#include <optional>
#include <string>

#include "engine/dialogue/talk.hpp"

namespace nurturer::app {

/// What of the person they agreed to keep; empty: nothing.
[[nodiscard]] std::optional<std::string> write_person(const dialogue::Person& person);
/// Throws nothing: what cannot be read is left at its default.
[[nodiscard]] dialogue::Person read_person(const std::string& bytes);

/// Where the talk stands; empty when it must not be kept.
[[nodiscard]] std::optional<std::string> write_talk(const dialogue::Talk& talk, const dialogue::Person& person);
[[nodiscard]] dialogue::Talk read_talk(const std::string& bytes);

/// The person's data for themselves, pretty-printed.
[[nodiscard]] std::string write_export(const dialogue::Person& person, dialogue::Time now);

}  // namespace nurturer::app
