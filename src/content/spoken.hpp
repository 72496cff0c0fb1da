#pragma once
// Every text of the library that people see, and where it stands.

#include <string_view>
#include <vector>

#include "engine/dialogue/script.hpp"

namespace nurturer::content {

struct Spoken {
  enum class As : std::uint8_t { say, brief, why, paced, held, label, about };
  As as = As::say;
  std::string_view text;
  const dialogue::Script* script = nullptr;
  const dialogue::Step* step = nullptr;  // null: the text belongs to the script
  [[nodiscard]] const Source& source() const noexcept { return step == nullptr ? script->source : step->source; }
};

/// In the order of the scripts. The texts belong to the script, which must outlive them.
[[nodiscard]] std::vector<Spoken> spoken(const dialogue::Script& script);

}  // namespace nurturer::content
