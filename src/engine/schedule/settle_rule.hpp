#pragma once
// For settle() alone: a repetition as said becomes a rule and its first time.

#include "engine/schedule/phrase.hpp"

namespace nurturer::schedule {

/// `found.repeat` is there, `here.zone` is known.
[[nodiscard]] Settled settle_series(const Found& found, const Here& here);

}  // namespace nurturer::schedule
