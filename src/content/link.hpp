#pragma once
// What holds between files: steps that the program calls by name, cards that name each other.

#include <vector>

#include "content/outline.hpp"
#include "content/page.hpp"
#include "engine/dialogue/script.hpp"

namespace nurturer::content {

/// `language` names the folder of a script that is missing altogether.
void link(const dialogue::Library& library, const Outline& outline, const std::vector<Page>& pages, const std::string& language,
          Diagnostics& diagnostics);

/// By path, or null.
[[nodiscard]] const Page* find_page(const std::vector<Page>& pages, std::string_view path) noexcept;

}  // namespace nurturer::content
