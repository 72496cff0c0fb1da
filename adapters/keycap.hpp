#pragma once
// A reaction stands for a place, never for a meaning: the keycaps 1 to 9, and ten.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nurturer::channel {

inline constexpr std::string_view keycap = "\xEF\xB8\x8F\xE2\x83\xA3";  // U+FE0F U+20E3
inline constexpr std::string_view bare_keycap = "\xE2\x83\xA3";         // U+20E3
inline constexpr std::string_view ten = "\xF0\x9F\x94\x9F";             // U+1F51F

/// 0 for "1" and U+0031 U+FE0F U+20E3, up to 9 for ten; nothing for other keys.
[[nodiscard]] inline std::optional<std::size_t> place_of_key(std::string_view key) {
  if (key == ten || key == "10") return 9;
  if (key.empty() || key.front() < '1' || key.front() > '9') return std::nullopt;
  const std::string_view rest = key.substr(1);
  if (!rest.empty() && rest != keycap && rest != bare_keycap) return std::nullopt;
  return static_cast<std::size_t>(key.front() - '1');
}

/// The keycap of a place, as people react with it. `place` < 10.
[[nodiscard]] inline std::string key_of_place(std::size_t place) {
  if (place == 9) return std::string(ten);
  return std::string(1, static_cast<char>('1' + place)) + std::string(keycap);
}

}  // namespace nurturer::channel
