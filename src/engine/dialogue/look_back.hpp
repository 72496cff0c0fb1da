#pragma once
// "What helped me": the kept ratings as a small picture in text.

#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// For each of the exercises done most, before and after as bars; empty if no ratings are kept.
[[nodiscard]] std::string look_back(const Stage& stage);

}  // namespace nurturer::dialogue
