#pragma once
// An answer as text for a terminal or a pipe. Pure: values in, bytes out.

#include <string>

#include "adapters/channel.hpp"

namespace nurturer::console {

struct Look {
  bool colour = false;
  std::size_t width = 0;  // columns; 0: lines are not broken
};

/// The message with its choices, "  1) ready   2) not for me" below it; ends with a line break. No byte that a terminal would take for
/// a command passes.
[[nodiscard]] std::string write_plain(const channel::Outgoing& outgoing, const Look& look);

/// Breaks lines at spaces so that none is wider than `width` columns (double-width characters count two).
[[nodiscard]] std::string wrap(const std::string& text, std::size_t width, const std::string& indent);

}  // namespace nurturer::console
