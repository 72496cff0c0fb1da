#pragma once
// The parts of check(). Each looks at all content for one kind of flaw.

#include "content/content.hpp"

namespace nurturer::content {

/// Help lines that nobody has compared for a year.
void check_dates(const Content& content, std::chrono::sys_days today, Diagnostics& diagnostics);

}  // namespace nurturer::content
