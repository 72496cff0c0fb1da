#pragma once
// Which files make up the content, and reading them from a folder.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "content/page.hpp"

namespace nurturer::content {

/// What a path of a file says about what is in it.
enum class Part : std::uint8_t { scopes, lists, intent, flag, leanings, script, words, forbidden, help_lines, places, nothing };
[[nodiscard]] Part part_of(std::string_view path, std::string_view language);

/// What is larger is not read.
inline constexpr std::uintmax_t largest_file = 4U << 20U;

struct Folder {
  std::vector<File> files;  // by path
  bool found = false;       // false: there is neither intents/ nor responses/
};

/// Files that cannot be read, and TOML files in places where nobody looks for them, are mistakes.
[[nodiscard]] Folder read_folder(const std::filesystem::path& folder, const std::string& language, Diagnostics& diagnostics);

}  // namespace nurturer::content
