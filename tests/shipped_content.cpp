#include "shipped_content.hpp"

#include <stdexcept>

#include "app/folders.hpp"

namespace nurturer::test {

const content::Content& content() {
  static const content::Loaded loaded = [] {
    const auto folder = app::find_content("");
    if (!folder) throw std::runtime_error("no content: run the tests inside the checkout");
    content::Loaded result = content::load(*folder);
    if (!result.diagnostics.empty()) throw std::runtime_error("the content has mistakes: " + content::print(result.diagnostics.front()));
    return result;
  }();
  return *loaded.content;
}

}  // namespace nurturer::test
