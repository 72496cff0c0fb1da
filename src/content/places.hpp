#pragma once
// Readers of responses/help_lines/ and responses/places.toml.

#include <set>
#include <string>

#include "content/reader.hpp"
#include "engine/dialogue/script.hpp"
#include "engine/text/lexicon.hpp"

namespace nurturer::content {

/// responses/help_lines/REGION.toml; the region is the page's name.
void read_help_lines(const Value& file, dialogue::Library& into, Mistakes& mistakes);

/// `regions` have a file of help lines, readable or not. Names are kept as messages will be read with `lexicon`.
void read_places(const Value& file, const std::set<std::string, std::less<>>& regions, const text::Lexicon& lexicon,
                 dialogue::Library& into, Mistakes& mistakes);

/// A country of ISO 3166 in two capital letters.
[[nodiscard]] bool known_region(std::string_view code);
[[nodiscard]] Names known_regions();

/// A time zone of the machine's tz database. True of any name where there is no such database: then it is no author's mistake.
[[nodiscard]] bool known_zone(const std::string& zone);
[[nodiscard]] Names known_zones();

}  // namespace nurturer::content
