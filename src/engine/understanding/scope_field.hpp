#pragma once
// Where in a message the scopes stand: "not" reaches so far, "my friend" so far.

#include <cstdint>
#include <vector>

#include "engine/text/text.hpp"
#include "engine/understanding/matcher.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::understanding {

/// Scope ids as bits. The first two are built in; data may add to them.
using ScopeSet = std::uint64_t;
inline constexpr std::uint32_t quoted_scope = 0;    // between quotation marks
inline constexpr std::uint32_t question_scope = 1;  // in a sentence that asks
inline constexpr std::uint32_t most_scopes = 64;

/// One scope that a message opened.
struct OpenScope {
  std::uint32_t source = 0;  // index into Rules::scopes
  std::uint32_t id = 0;
  Reach reach = Reach::match;
  std::size_t begin = 0;  // the tokens that it reaches: [begin, end)
  std::size_t end = 0;
  Hit trigger;
};

/// Hits of one scope's patterns.
struct ScopeHits {
  const Hit* opens = nullptr;
  const Hit* opens_end = nullptr;
  const Hit* stops = nullptr;
  const Hit* stops_end = nullptr;
  const Hit* excepts = nullptr;
  const Hit* excepts_end = nullptr;
};

/// Appends a scope for every hit that opens one.
void open_scopes(const text::Text& text, const ScopeSource& source, std::uint32_t index, std::uint32_t id, const ScopeHits& hits,
                 std::vector<OpenScope>& scopes);

/// True if `hit` stands in `scope`: its first or last word is reached, and some word that opens the scope is none of its own.
[[nodiscard]] bool stands_in(const Hit& hit, const OpenScope& scope) noexcept;

/// The first of the scopes named in `set` in which `hit` stands; `most_scopes` if there is none.
[[nodiscard]] std::uint32_t scope_of(const Hit& hit, ScopeSet set, const text::Text& text, const std::vector<OpenScope>& scopes) noexcept;

}  // namespace nurturer::understanding
