#pragma once
// Weighs what was found: the safety net first, then requests, feelings, courtesies and `none` (labels.md, "Order of precedence").

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/understanding/labels.hpp"
#include "engine/understanding/leanings.hpp"
#include "engine/understanding/matcher.hpp"
#include "engine/understanding/reading.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::understanding {

/// A cue that was found in a message.
struct Fired {
  std::uint32_t cue = 0;
  Hit hit;                     // the find that counts, else one that was overruled
  std::string_view vetoed_by;  // empty: it counts
  bool about_other = false;    // the scope "other" stands over it
  [[nodiscard]] bool counts() const noexcept { return vetoed_by.empty(); }
};

/// What the evidence adds up to.
struct Sums {
  std::array<int, intent_count> points{};
  std::array<bool, intent_count> strong{};  // one cue alone was strong enough to speak
  std::array<bool, intent_count> found{};   // some cue counted
};
[[nodiscard]] Sums add_up(const std::vector<CueSource>& cues, const std::vector<Fired>& fired) noexcept;

/// How many points `intent` needs here.
[[nodiscard]] int needed(Intent intent, const Sums& sums, Setting setting) noexcept;

/// What there is to weigh.
struct Case {
  const std::vector<CueSource>& cues;
  const std::vector<Fired>& fired;
  const Lean& lean;
  Setting setting = Setting::dm;
};

/// All dangers together as likely as this are asked about, also where no plain words name one.
inline constexpr float danger_asks = 0.28F;

/// A message of few words whose best has no more than this is unlike everything that the leanings know: then cues alone speak.
inline constexpr std::size_t few_words = 6;
inline constexpr float unlike_all = -12;

/// What the cues of an intent weigh beside its leanings.
[[nodiscard]] float weighed(int points) noexcept;
/// Cues and leanings together, in points.
[[nodiscard]] float total(Intent intent, const Sums& sums, const Lean& lean) noexcept;

/// The cue to name as the reason for an intent; null: leanings alone. Of equals, who says in words whom they speak of, then who speaks of themselves.
[[nodiscard]] const Fired* deciding(const std::vector<CueSource>& cues, const std::vector<Fired>& fired, Intent intent) noexcept;

/// Whom that cue is about: 1 somebody else, -1 the one who writes, by its own words; half of that by the scope "other"; 0: no cue.
[[nodiscard]] float speaks_of_other(const std::vector<CueSource>& cues, const Fired* reason) noexcept;

/// Fills `into`, except for its evidence and its leaning.
void decide(const Case& the_case, Reading& into);

}  // namespace nurturer::understanding
