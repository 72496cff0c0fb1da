#pragma once
// The inside of a Model.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding/matcher.hpp"
#include "engine/understanding/model.hpp"
#include "engine/understanding/regex_cues.hpp"
#include "engine/understanding/rules.hpp"
#include "engine/understanding/scope_field.hpp"

namespace nurturer::understanding {

struct Model::Parts {
  enum class Role : std::uint8_t { cue, opens, stops, excepts, condition };
  /// Whom a pattern belongs to. Hits are sorted by it: cue by cue, then scope by scope.
  struct Owner {
    Role role = Role::cue;
    std::uint32_t index = 0;  // of the cue, scope or condition
    friend bool operator==(const Owner&, const Owner&) = default;
  };

  explicit Parts(Rules all, const Language& words) : rules(std::move(all)), language(&words), leanings(std::move(rules.leanings), words) {}

  [[nodiscard]] const Owner& owner(const Hit& hit) const noexcept { return owners[static_cast<std::size_t>(hit.pattern)]; }
  /// Everything that the text's words tell: fills scratch.scopes and scratch.fired.
  void look(const text::Text& text, Scratch& scratch) const;
  void note_conditions(Scratch& scratch) const;
  void look_for_scopes(const text::Text& text, Scratch& scratch) const;
  void look_for_cues(const text::Text& text, Scratch& scratch) const;
  /// What becomes of a cue whose words were found: hits [begin, end) are of its own patterns.
  [[nodiscard]] Fired judge(std::uint32_t cue, const Hit* begin, const Hit* end, const text::Text& text, const Scratch& scratch) const;
  [[nodiscard]] static bool any(const std::vector<std::uint32_t>& conditions, const Scratch& scratch) noexcept;
  /// True if the scope opens somewhere in the text.
  [[nodiscard]] bool opens(std::uint32_t scope, const text::Text& text, Scratch& scratch) const;

  Rules rules;
  const Language* language;
  Leanings leanings;
  Matcher matcher;
  RegexCues regexes;
  std::vector<Owner> owners;             // by pattern; behind them one for each cue, for what RE2 finds
  std::vector<std::uint32_t> ranks;      // by pattern: the place of its owner in the order of sorted hits
  std::vector<std::string> scope_names;  // by scope id
  std::vector<std::uint32_t> scope_ids;  // by scope
  std::vector<ScopeSet> unless;          // by cue
  /// What `with` and `without` ask for, by cue. Many cues ask for the same, so each such pattern is kept and looked for once.
  std::vector<std::vector<std::uint32_t>> with, without;
  std::uint32_t conditions = 0;
  ScopeSet other = 0;  // the scope "other"
};

}  // namespace nurturer::understanding
