#pragma once
// How words lean: a table, fitted to labelled messages by `./dev fit`, of what single words, pairs and word lists speak for. Cues say what a
// person wrote down with certainty; leanings say what a message looks like when no cue knows its words, and decide between cues that
// compete. They are no secret: every row can be read, changed or taken out (intents/<language>/leanings.tsv), and `explain` names them.
//
// Score of an intent: the points of all rows that stand in the message, divided by the length of its vector of rarities, plus the intent's
// own points: a linear support vector machine over TF-IDF, one intent against all others (Fan et al. 2008, LIBLINEAR). What a score and the
// cues are worth together is fitted too, by logistic regression on messages that the scores were not fitted to (Platt 1999), so that totals
// are odds and can be compared.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/understanding/features.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::understanding {

/// So many points are one step of the logarithm of the odds: 20 points ahead is 2.7 times as likely.
inline constexpr float points_of_odds = 20;

/// What a message leans to.
struct Lean {
  std::array<float, intent_count> points{};     // the logarithm of the odds, by Intent, in points: see points_of_odds; below 0 is unlike
  std::array<float, intent_count> cue_worth{};  // what a point of cues adds to them
  float other = 0;                              // the same of somebody else being the one in danger
  float cue_worth_other = 0;                    // what a cue that says whom it is about adds to that: see speaks_of_other()
  std::size_t words = 0;                        // of the message
  bool known = false;                           // some row stands in the message; else all scores say nothing
};

/// The length of a message as Worth counts it, 0 to 1: the same score tells more, the more words made it.
[[nodiscard]] float length_of(std::size_t words) noexcept;

class Leanings {
 public:
  struct Scratch {
    Features::Scratch features;
    std::vector<Feature> found;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;  // row, index into `found`; each row once
    std::size_t words = 0;                                      // of the message
  };

  Leanings(LeaningTable table, const Language& language);

  [[nodiscard]] bool empty() const noexcept { return table_.rows.empty(); }
  /// Leaves in `scratch` which rows stand in the message, for best().
  [[nodiscard]] Lean lean(const text::Text& text, Setting setting, Scratch& scratch) const;

  /// The rows that speak most for `intent` in the message of the last lean(), strongest first: row, points, tokens.
  struct Reason {
    std::uint32_t row = 0;
    float points = 0;
    std::uint32_t from = 0, to = 0;
  };
  [[nodiscard]] std::vector<Reason> best(Intent intent, std::size_t most, const Scratch& scratch) const;
  /// The strongest of them alone, without memory of its own; -1: none.
  [[nodiscard]] std::int32_t best_row(Intent intent, const Scratch& scratch) const noexcept;
  [[nodiscard]] std::string where(std::uint32_t row) const;  // "intents/en/leanings.tsv:120"
  [[nodiscard]] std::string_view feature(std::uint32_t row) const noexcept { return table_.name(table_.rows[row]); }

 private:
  static constexpr std::uint32_t no_row = UINT32_MAX;
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t row = no_row;
  };

  void lay_out(const Language& language);
  void put(std::uint64_t hash, std::uint32_t row) noexcept;
  [[nodiscard]] std::uint32_t row_of(std::uint64_t hash) const noexcept;
  [[nodiscard]] const LeaningTable::Point* begin(const LeaningTable::Row& row) const noexcept { return table_.points.data() + row.begin; }
  [[nodiscard]] const LeaningTable::Point* end(const LeaningTable::Row& row) const noexcept { return begin(row) + row.count; }

  LeaningTable table_;
  std::optional<Features> features_;  // without a table nothing is built and nothing is read
  std::array<float, column_count> start_{};
  std::vector<Slot> slots_;  // open addressing, a power of two, at most half full: most words of a message are looked up here in vain
};

}  // namespace nurturer::understanding
