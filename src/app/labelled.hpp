#pragma once
// Labelled messages: corpora as JSON Lines (docs/labels.md).

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "engine/understanding/labels.hpp"
#include "engine/understanding/model.hpp"

namespace nurturer::app {

struct Labelled {
  std::string text;
  understanding::Intent label = understanding::Intent::none;
  std::vector<understanding::Intent> also;
  understanding::Subject subject = understanding::Subject::self;
  understanding::Setting setting = understanding::Setting::dm;

  [[nodiscard]] bool right(understanding::Intent predicted) const noexcept;
};

/// One line; the error says what is wrong with it.
[[nodiscard]] tl::expected<Labelled, std::string> read_labelled(std::string_view line);

}  // namespace nurturer::app
