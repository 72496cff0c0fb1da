#pragma once
// UTF-8, as far as content needs it.

#include <cstddef>
#include <string_view>

namespace nurturer::content {

/// Offset of the first byte that is not UTF-8; npos: all is.
[[nodiscard]] std::size_t first_not_utf8(std::string_view bytes) noexcept;

/// Length of a valid text in code points. Limits of length are counted so: never less than what a person would count.
[[nodiscard]] std::size_t characters(std::string_view utf8) noexcept;

}  // namespace nurturer::content
