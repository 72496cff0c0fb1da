#pragma once
// A person's own world, in their own words: what to call them, Little Me, their Inner Nurturers, the safe place, sentences that they
// believe, whom they can call. Each thing can be told, changed, shown and forgotten by itself; texts use it as a slot of its name.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nurturer::dialogue {

enum class Own : std::uint8_t {
  call_me,
  little_me,       // the name of the younger self
  little_age,
  nurturer,        // who speaks kindly within: one or more, the first is the chosen one
  nurturer_voice,  // how the chosen one speaks
  nurturer_calls,  // what the chosen one calls the person
  safe_place,
  believed,  // sentences that the person finds at least half true: some
  someone,   // to call or write to: some
  partner,   // "he", "she" or "they"
};
inline constexpr std::size_t own_count = static_cast<std::size_t>(Own::partner) + 1;
[[nodiscard]] std::string_view name(Own own) noexcept;
[[nodiscard]] std::optional<Own> own_named(std::string_view name) noexcept;

struct Nurturer {
  std::string who;
  std::string voice;
  std::string calls;
  friend bool operator==(const Nurturer&, const Nurturer&) = default;
};

struct World {
  std::string call_me;
  std::string little_me;
  std::string little_age;
  std::vector<Nurturer> nurturers;
  std::string safe_place;
  std::vector<std::string> sentences;
  std::vector<std::string> people;
  std::string partner;

  friend bool operator==(const World&, const World&) = default;
};

/// All that is told of `own`; empty: nothing.
[[nodiscard]] std::vector<std::string> told(const World& world, Own own);

/// Takes `value`, in the person's words. Of things of which there are some it becomes the first one, and the oldest of too many goes.
void tell(World& world, Own own, const std::string& value);
void forget(World& world, Own own);

/// Longest value in bytes that is taken; a longer one is a letter, not a name.
[[nodiscard]] std::size_t longest(Own own) noexcept;

/// The person's words in the companion's mouth: "my gran's attic" -> "your gran's attic". Sentences stay as they were said.
[[nodiscard]] std::string turned(std::string_view words);

}  // namespace nurturer::dialogue
