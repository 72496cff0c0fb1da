#pragma once
// How words lean: a table, fitted to labelled messages by `./dev fit`, of what single words, pairs and word lists speak for. Cues say what a
// person wrote down with certainty; leanings say what a message looks like when no cue knows its words, and decide between cues that
// compete. They are no secret: every row can be read, changed or taken out (intents/<language>/leanings.tsv), and `explain` names them.
//
// Score of an intent: the points of all rows that stand in the message, divided by the length of its vector of rarities, plus the intent's
// own points: a linear support vector machine over TF-IDF, one intent against all others (Fan et al. 2008, LIBLINEAR).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/understanding/features.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::understanding {

/// What a message leans to. 1.00 is as sure as the fit asked for; below 0 is unlike.
struct Lean {
  std::array<float, column_count> scores{};  // by Intent, then column_other
  std::size_t words = 0;  // of the message
  bool known = false;  // some row stands in the message; else all scores say nothing
};

class Leanings {
 public:
  struct Scratch {
    Features::Scratch features;
    std::vector<Feature> found;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;  // row, index into `found`; each row once
  };

  Leanings(const std::vector<LeaningSource>& rows, const Language& language);

  [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
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
  [[nodiscard]] const Source& source(std::uint32_t row) const noexcept { return rows_[row].source; }
  [[nodiscard]] const std::string& feature(std::uint32_t row) const noexcept { return rows_[row].feature; }

 private:
  struct Row {
    float rarity = 1;
    std::uint32_t begin = 0, count = 0;  // in points_
    std::string feature;
    Source source;
  };
  struct Point {
    std::uint8_t column = 0;
    std::int16_t points = 0;
  };

  std::optional<Features> features_;  // without a table nothing is built and nothing is read
  std::vector<Row> rows_;
  std::vector<Point> points_;
  std::array<float, column_count> start_{};
  std::unordered_map<std::uint64_t, std::uint32_t> by_hash_;
};

}  // namespace nurturer::understanding
