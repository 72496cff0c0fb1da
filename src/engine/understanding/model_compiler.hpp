#pragma once
// Makes a Model's inside out of Rules, and tells authors what is wrong with them.

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/understanding/model_parts.hpp"

namespace nurturer::understanding {

class ModelCompiler {
 public:
  ModelCompiler(Model::Parts& parts, Language& language, Diagnostics& diagnostics)
      : parts_(parts), language_(language), diagnostics_(diagnostics) {}
  void compile();

 private:
  using Role = Model::Parts::Role;

  void name_scopes();
  void rank_owners();
  [[nodiscard]] bool check_cue(const CueSource& cue);
  void add_cue(std::uint32_t index);
  void add_scope(std::uint32_t index);
  [[nodiscard]] std::vector<std::uint32_t> conditions(const std::vector<std::string>& patterns, const Source& source);
  void add_patterns(const std::vector<std::string>& patterns, const Source& source, Role role, std::uint32_t index);
  [[nodiscard]] ScopeSet scopes_named(const CueSource& cue);
  void complain(const Source& source, const std::string& words, std::string problem, std::string remedy);

  Model::Parts& parts_;
  Language& language_;
  Diagnostics& diagnostics_;
  std::unordered_map<std::string, std::uint32_t> known_conditions_;  // by pattern
};

}  // namespace nurturer::understanding
