#include "content/spoken.hpp"

namespace nurturer::content {

std::vector<Spoken> spoken(const dialogue::Script& script) {
  using As = Spoken::As;
  std::vector<Spoken> texts;
  const auto add = [&](As as, const std::string& text, const dialogue::Step* step) {
    if (!text.empty()) texts.push_back({as, text, &script, step});
  };
  add(As::about, script.about, nullptr);
  add(As::about, script.title, nullptr);
  for (const auto& why : script.why) add(As::why, why, nullptr);
  for (const auto& step : script.steps) {
    for (const auto& say : step.say) add(As::say, say, &step);
    add(As::brief, step.brief, &step);
    for (const auto& why : step.why) add(As::why, why, &step);
    if (step.paced) {
      for (const auto& line : step.paced->lines) add(As::paced, line.text, &step);
      add(As::held, step.paced->held, &step);
    }
    for (const auto& choice : step.ask.choices) add(As::label, choice.label, &step);
  }
  return texts;
}

}  // namespace nurturer::content
