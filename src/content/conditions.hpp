#pragma once
// Conditions as authors write them: when = ["heart"], or when = { state = ["alarm"], told = ["safe_place"] }.

#include "content/scripts.hpp"
#include "engine/dialogue/when.hpp"

namespace nurturer::content {

/// Reads the setting "when" of this table, which must be there.
[[nodiscard]] dialogue::When read_when(Table& table, Drafting& drafting);

/// The thing of a person's own world of this name, or a mistake.
[[nodiscard]] std::optional<dialogue::Own> own_of(const Words& written, Mistakes& mistakes);
[[nodiscard]] Names own_names();

}  // namespace nurturer::content
