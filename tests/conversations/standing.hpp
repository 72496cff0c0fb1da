#pragma once
// The pure companion on a talk that is put where a test wants it, without the walk that leads there and without an app around it.

#include <string>

#include "engine/dialogue/companion.hpp"
#include "talker.hpp"

namespace nurturer::test {

class Standing {
 public:
  explicit Standing(const dialogue::Place& place);

  dialogue::Surroundings around{"GB", false, true, true, false};
  dialogue::Talk talk;
  dialogue::Person person;

  /// The texts of the answer, a line break after each.
  std::string says(const std::string& text);
  std::string presses(const std::string& choice);
  /// What the last answer was made of.
  [[nodiscard]] const std::vector<dialogue::Effect>& effects() const { return effects_; }

 private:
  std::string hears(const dialogue::Event& event);

  dialogue::Companion companion_;
  dialogue::Companion::Memory memory_;
  std::vector<dialogue::Effect> effects_;
  std::uint64_t dice_ = 1;
};

[[nodiscard]] bool asks(const dialogue::Step& step);

/// An evening in November: what Standing takes for now.
[[nodiscard]] dialogue::Time evening();

}  // namespace nurturer::test
