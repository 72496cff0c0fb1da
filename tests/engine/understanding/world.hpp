#pragma once
// Rules for tests, written by hand and compiled into a model.

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/understanding/model.hpp"

namespace nurturer::understanding::test {

class World {
 public:
  World() {
    words.lists = {{"partner", {"boyfriend", "girlfriend", "he", "she"}, {}}, {"not", {"not", "never", "no"}, {}}};
    words.short_forms = {{"wanna", "want to", {}}};
    words.irregular_forms = {{"leave", "left"}};
    words.maskable = {"suicide", "kms"};
    words.addressing = {"nurturer", "@companion"};
  }

  /// A strong cue; what it returns may be changed until the model is built.
  CueSource& cue(std::optional<Intent> intent, std::vector<std::string> patterns) {
    CueSource cue;
    cue.intent = intent;
    cue.id = "cue" + std::to_string(rules.cues.size());
    cue.patterns = std::move(patterns);
    cue.source = {"cues.toml", static_cast<std::uint32_t>(rules.cues.size() + 1)};
    rules.cues.push_back(std::move(cue));
    return rules.cues.back();
  }
  CueSource& weak(Intent intent, std::vector<std::string> patterns, int points = weak_points) {
    CueSource& made = cue(intent, std::move(patterns));
    made.points = points;
    return made;
  }
  ScopeSource& scope(std::string id, std::vector<std::string> patterns, Reach reach, int bound = 0) {
    ScopeSource scope;
    scope.id = std::move(id);
    scope.patterns = std::move(patterns);
    scope.reach = reach;
    scope.words = bound;
    scope.source = {"scopes.toml", static_cast<std::uint32_t>(rules.scopes.size() + 1)};
    rules.scopes.push_back(std::move(scope));
    return rules.scopes.back();
  }

  Diagnostics compile() {
    Diagnostics diagnostics;
    language = std::make_unique<Language>(Language::compile(words, diagnostics));
    model = std::make_unique<Model>(Model::compile(rules, *language, diagnostics));
    return diagnostics;
  }
  const Model& build() {
    for (const Diagnostic& diagnostic : compile()) FAIL(diagnostic.words << ": " << diagnostic.problem);
    return *model;
  }

  [[nodiscard]] Reading read(std::string_view message, Setting setting = Setting::dm) {
    if (!model) build();
    return model->understand(message, setting);
  }
  [[nodiscard]] std::string intent(std::string_view message, Setting setting = Setting::dm) {
    return std::string(name(read(message, setting).intent));
  }
  /// Of the first cue: "yes", "" (its words are not there), or what overruled it.
  [[nodiscard]] std::string counts(std::string_view message, std::uint32_t cue = 0) {
    for (const Evidence& evidence : read(message).evidence) {
      if (evidence.cue == cue) return evidence.vetoed_by.empty() ? "yes" : std::string(evidence.vetoed_by);
    }
    return "";
  }

  LanguageSource words;
  Rules rules;
  std::unique_ptr<Language> language;
  std::unique_ptr<Model> model;
};

}  // namespace nurturer::understanding::test
