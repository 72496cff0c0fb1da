#include "app/loading.hpp"

#include <fmt/core.h>
#include <malloc.h>

#include "app/folders.hpp"

namespace nurturer::app {

void tell(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) fmt::print(stderr, "{}\n", content::print(diagnostic));
  fmt::print(stderr, "{} {} in the content.\n", diagnostics.size(), diagnostics.size() == 1 ? "mistake" : "mistakes");
}

std::unique_ptr<content::Content> load_content(const std::string& wished_folder) {
  const auto folder = find_content(wished_folder);
  if (!folder) {
    fmt::print(stderr, "nurturer: no content found{}: a folder with intents/ and responses/ is needed. Name it with --content DIR.\n",
               wished_folder.empty() ? "" : " in " + wished_folder);
    return nullptr;
  }
  content::Loaded loaded = content::load(*folder);
  // The parsed files are gone; what they took is given back, a third of what the process would hold for good.
  ::malloc_trim(0);
  if (loaded.diagnostics.empty() && loaded.content) return std::move(loaded.content);
  tell(loaded.diagnostics);
  fmt::print(stderr, "nurturer: the content in {} has mistakes; nobody is served with it. `nurturer check` tells them all.\n", folder->string());
  return nullptr;
}

}  // namespace nurturer::app
