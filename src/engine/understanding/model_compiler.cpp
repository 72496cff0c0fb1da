#include "engine/understanding/model_compiler.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/understanding/nearest.hpp"

namespace nurturer::understanding {
namespace {

std::uint32_t position_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::uint32_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

void ModelCompiler::complain(const Source& source, const std::string& words, std::string problem, std::string remedy) {
  diagnostics_.push_back({source, words, std::move(problem), std::move(remedy)});
}

void ModelCompiler::compile() {
  name_scopes();
  parts_.with.resize(parts_.rules.cues.size());
  parts_.without.resize(parts_.rules.cues.size());
  std::set<std::pair<int, std::string>> ids;
  for (std::uint32_t i = 0; i < parts_.rules.cues.size(); ++i) {
    const CueSource& cue = parts_.rules.cues[i];
    const int intent = cue.intent ? static_cast<int>(*cue.intent) : -1;
    if (!cue.id.empty() && !ids.emplace(intent, cue.id).second) {
      complain(cue.source, cue.id, "Two cues of this intent have this id.", "Rename one of them, or write the patterns into one cue.");
    }
    parts_.unless.push_back(scopes_named(cue));
    if (check_cue(cue)) add_cue(i);
  }
  for (std::uint32_t i = 0; i < parts_.rules.scopes.size(); ++i) add_scope(i);
  for (std::uint32_t i = 0; i < parts_.rules.cues.size(); ++i) parts_.owners.push_back({Role::cue, i});
  rank_owners();
  parts_.matcher.seal([this](text::WordId word) { return language_.commonness(word); });
  parts_.regexes.seal();
}

// Cue by cue, then scope by scope; of one scope first what opens it, then what ends it, then its exceptions.
void ModelCompiler::rank_owners() {
  const auto cues = static_cast<std::uint32_t>(parts_.rules.cues.size());
  for (const Model::Parts::Owner& owner : parts_.owners) {
    const bool scope = owner.role == Role::opens || owner.role == Role::stops || owner.role == Role::excepts;
    const auto role = static_cast<std::uint32_t>(owner.role) - static_cast<std::uint32_t>(Role::opens);
    parts_.ranks.push_back(scope ? cues + owner.index * 3 + role : owner.index);
  }
}

void ModelCompiler::name_scopes() {
  std::vector<std::string>& names = parts_.scope_names;
  names = {"quoted", "question"};
  for (const ScopeSource& scope : parts_.rules.scopes) {
    std::uint32_t id = position_of(names, scope.id);
    if (id == names.size()) {
      if (names.size() == most_scopes) {
        complain(scope.source, scope.id, "There are more than 64 kinds of scope.", "Give several scopes the same id.");
        id = question_scope;
      } else {
        names.push_back(scope.id);
      }
    }
    parts_.scope_ids.push_back(id);
  }
  const std::uint32_t other = position_of(names, "other");
  if (other < names.size()) parts_.other = ScopeSet{1} << other;
}

ScopeSet ModelCompiler::scopes_named(const CueSource& cue) {
  ScopeSet set = 0;
  for (const std::string& name : cue.unless) {
    const std::uint32_t id = position_of(parts_.scope_names, name);
    if (id < parts_.scope_names.size()) {
      set |= ScopeSet{1} << id;
      continue;
    }
    const std::string near = nearest(name, parts_.scope_names);
    complain(cue.source, name, "There is no scope called " + name + ".",
             near.empty() ? "Write the scope first, or leave the name out." : "Did you mean \"" + near + "\"?");
  }
  return set;
}

bool ModelCompiler::check_cue(const CueSource& cue) {
  const std::size_t before = diagnostics_.size();
  const bool safety = cue.intent && kind(*cue.intent) == Kind::safety;
  if (cue.patterns.empty() == cue.regex.empty()) {
    const bool none = cue.patterns.empty();
    complain(cue.source, cue.id, none ? "The cue has neither a pattern nor a regex." : "The cue has patterns and a regex.",
             none ? "Write a pattern: the words that are looked for." : "Make two cues of it.");
  }
  if (cue.level && !safety) complain(cue.source, cue.id, "Only the safety intents have a level.", "Leave \"level\" out.");
  if (cue.level == Level::none) {
    complain(cue.source, cue.id, "A safety cue has a level.",
             "Write concern, crisis or emergency; or give negative points to what speaks against it.");
  }
  if (!cue.intent && cue.flags.empty()) complain(cue.source, cue.id, "The cue tells neither an intent nor a flag.", "Give it one of both.");
  if (cue.intent && cue.points == 0)
    complain(cue.source, cue.id, "The cue weighs nothing.", "Give it a weight, or leave the intent out and keep its flags.");
  return diagnostics_.size() == before;
}

void ModelCompiler::add_cue(std::uint32_t index) {
  const CueSource& cue = parts_.rules.cues[index];
  add_patterns(cue.patterns, cue.source, Role::cue, index);
  if (!cue.regex.empty()) parts_.regexes.add(index, cue.regex, cue.source, diagnostics_);
  parts_.with[index] = conditions(cue.with, cue.source);
  parts_.without[index] = conditions(cue.without, cue.source);
}

std::vector<std::uint32_t> ModelCompiler::conditions(const std::vector<std::string>& patterns, const Source& source) {
  std::vector<std::uint32_t> ids;
  for (const std::string& pattern : patterns) {
    const auto [known, is_new] = known_conditions_.emplace(pattern, parts_.conditions);
    if (is_new) {
      const auto id = language_.add_pattern(parts_.matcher, pattern, source, diagnostics_);
      if (!id) {
        known_conditions_.erase(known);
        continue;
      }
      parts_.matcher.find_once(*id);
      parts_.owners.push_back({Role::condition, parts_.conditions++});
    }
    ids.push_back(known->second);
  }
  return ids;
}

void ModelCompiler::add_scope(std::uint32_t index) {
  const ScopeSource& scope = parts_.rules.scopes[index];
  if (scope.patterns.empty()) complain(scope.source, scope.id, "The scope has no pattern.", "Write the words that open it.");
  if (scope.words < 0)
    complain(scope.source, scope.id, "A scope cannot reach less than no words.", "Write 0 for \"to the end of the clause\".");
  add_patterns(scope.patterns, scope.source, Role::opens, index);
  add_patterns(scope.ends_at, scope.source, Role::stops, index);
  add_patterns(scope.not_in, scope.source, Role::excepts, index);
}

void ModelCompiler::add_patterns(const std::vector<std::string>& patterns, const Source& source, Role role, std::uint32_t index) {
  for (const std::string& pattern : patterns) {
    if (language_.add_pattern(parts_.matcher, pattern, source, diagnostics_)) parts_.owners.push_back({role, index});
  }
}

}  // namespace nurturer::understanding
