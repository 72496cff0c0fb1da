#include "content/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace nurturer::content {
namespace {

/// Bytes of the character that begins with `first`, and the least code point that needs so many; 0: no character begins so.
struct Lead {
  std::size_t length;
  std::uint32_t bits;
  std::uint32_t least;
};

Lead lead(std::uint32_t first) noexcept {
  if (first < 0x80U) return {1, first, 0};
  if (first >= 0xC2U && first < 0xE0U) return {2, first & 0x1FU, 0x80U};
  if (first >= 0xE0U && first < 0xF0U) return {3, first & 0x0FU, 0x800U};
  if (first >= 0xF0U && first < 0xF5U) return {4, first & 0x07U, 0x10000U};
  return {0, 0, 0};
}

std::uint32_t byte_at(std::string_view bytes, std::size_t at) noexcept { return static_cast<unsigned char>(bytes[at]); }

}  // namespace

std::size_t first_not_utf8(std::string_view bytes) noexcept {
  for (std::size_t at = 0; at < bytes.size();) {
    auto [length, code, least] = lead(byte_at(bytes, at));
    if (length == 0 || at + length > bytes.size()) return at;
    for (std::size_t i = 1; i < length; ++i) {
      const std::uint32_t next = byte_at(bytes, at + i);
      if ((next & 0xC0U) != 0x80U) return at;
      code = (code << 6U) | (next & 0x3FU);
    }
    if (code < least || code > 0x10FFFFU || (code >= 0xD800U && code < 0xE000U)) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::size_t characters(std::string_view utf8) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

}  // namespace nurturer::content
