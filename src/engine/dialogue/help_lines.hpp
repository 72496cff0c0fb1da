#pragma once
// Which help lines a person is shown, and how they are written. The region comes from what the person said, else their time zone, else
// the deployment, else (for a few languages) the locale; never a default country (safety.md, "Help lines").

#include <optional>
#include <string>
#include <string_view>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// ISO 3166 code, or empty: unknown.
[[nodiscard]] std::string region_of(const Person& person, const Event& event, const Surroundings& around);

/// Region of an IANA zone ("Europe/London" -> "GB"), or empty.
[[nodiscard]] std::string region_of_zone(const std::string& zone);

/// True for the two letters of a country, as ISO 3166 has them: "GB", not "UK", not "ZZ".
[[nodiscard]] bool is_country(const std::string& code);

/// Name of a country in English, or the code itself.
[[nodiscard]] std::string country_name(const std::string& region);

/// The block of lines for a crisis of this kind: each number on a line of its own, with its hours. Several countries by name when the
/// region is unknown.
[[nodiscard]] std::string lines_for(const Library& library, const std::string& region, Intent intent, bool minor);

/// A number within a sentence: "999", or the general words when the region is unknown ("your local emergency number").
[[nodiscard]] std::string number_for(const Library& library, const std::string& region, HelpLine::Kind kind);

/// Where somebody says they live: "i live in leeds", "im from ireland"; or, if `bare`, a message that is a place and nothing else.
[[nodiscard]] const Town* place_told(const Stage& stage, bool bare);

}  // namespace nurturer::dialogue
