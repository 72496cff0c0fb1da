#include <algorithm>

#include "engine/understanding/model.hpp"
#include "engine/understanding/model_parts.hpp"

namespace nurturer::understanding {
namespace {

const Fired* find_fired(const std::vector<Fired>& all, std::uint32_t cue) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Fired& fired) { return fired.cue == cue; });
  return found == all.end() ? nullptr : &*found;
}

std::string why_not(const Fired* fired) {
  if (fired == nullptr) return "Its words are not found there.";
  if (fired->vetoed_by == "with") return "What \"with\" asks for is missing.";
  if (fired->vetoed_by == "without") return "What \"without\" forbids stands there.";
  return "It stands in the scope \"" + std::string(fired->vetoed_by) + "\".";
}

}  // namespace

Diagnostics Model::check_samples() const {
  Diagnostics diagnostics;
  text::Text text;
  Scratch scratch;
  const auto read = [&](const std::string& sample) { text::read(sample, parts_->language->lexicon(), text); };
  for (std::uint32_t i = 0; i < parts_->rules.cues.size(); ++i) {
    const CueSource& cue = parts_->rules.cues[i];
    const auto check = [&](const std::string& sample, bool wanted) {
      read(sample);
      parts_->look(text, scratch);
      const Fired* fired = find_fired(scratch.fired, i);
      if ((fired != nullptr && fired->counts()) == wanted) return;
      diagnostics.push_back(
          {cue.source, sample,
           wanted ? "The cue does not find this sample. " + why_not(fired) : "The cue finds this sample, which it should not.",
           wanted ? "Widen its patterns, or correct the sample."
                  : "Narrow its patterns, name a scope in \"unless\", or correct the sample."});
    };
    for (const std::string& sample : cue.should_find) check(sample, true);
    for (const std::string& sample : cue.should_not_find) check(sample, false);
  }
  for (std::uint32_t i = 0; i < parts_->rules.scopes.size(); ++i) {
    const ScopeSource& scope = parts_->rules.scopes[i];
    const auto check = [&](const std::string& sample, bool wanted) {
      read(sample);
      if (parts_->opens(i, text, scratch) == wanted) return;
      diagnostics.push_back(
          {scope.source, sample,
           wanted ? "The scope does not open in this sample." : "The scope opens in this sample, which it should not.",
           wanted ? "Widen its patterns, or correct the sample." : "Narrow its patterns, use \"not_in\", or correct the sample."});
    };
    for (const std::string& sample : scope.should_find) check(sample, true);
    for (const std::string& sample : scope.should_not_find) check(sample, false);
  }
  return diagnostics;
}

}  // namespace nurturer::understanding
