#pragma once
// What several test binaries walk through: the content that people get.

#include "content/content.hpp"

namespace nurturer::test {

/// The content of the checkout, loaded once; the test fails if it has mistakes.
[[nodiscard]] const content::Content& content();

}  // namespace nurturer::test
