#pragma once
// Loading content for a command: found, checked, or refused with every mistake told.

#include <memory>
#include <string>

#include "content/content.hpp"

namespace nurturer::app {

/// Null after telling on standard error what is wrong (exit code 78).
[[nodiscard]] std::unique_ptr<content::Content> load_content(const std::string& wished_folder);

/// Prints diagnostics to standard error, one paragraph each, with a count at the end.
void tell(const Diagnostics& diagnostics);

}  // namespace nurturer::app
