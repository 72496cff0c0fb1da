#include "engine/understanding/leanings.hpp"

#include <algorithm>
#include <cmath>

namespace nurturer::understanding {
namespace {

constexpr float points_of_one = 20;  // of the table, for a score of 1

}  // namespace

Leanings::Leanings(const std::vector<LeaningSource>& rows, const Language& language) {
  if (!rows.empty()) features_.emplace(language);
  for (const LeaningSource& row : rows) {
    if (row.feature.empty()) {
      for (const auto& [column, points] : row.points) start_[column] = static_cast<float>(points) / points_of_one;
      continue;
    }
    const auto index = static_cast<std::uint32_t>(rows_.size());
    if (row.feature.ends_with('~')) {
      for (const std::string& form : language.forms(row.feature.substr(0, row.feature.size() - 1))) by_hash_.emplace(hash(form + "~"), index);
    } else {
      by_hash_.emplace(hash(row.feature), index);
    }
    rows_.push_back({row.rarity, static_cast<std::uint32_t>(points_.size()), static_cast<std::uint32_t>(row.points.size()), row.feature,
                     row.source});
    for (const auto& [column, points] : row.points) points_.push_back({column, points});
  }
}

Lean Leanings::lean(const text::Text& text, Setting setting, Scratch& scratch) const {
  Lean lean;
  scratch.rows.clear();
  if (empty()) return lean;
  features_->read(text, setting, scratch.features, scratch.found);
  for (std::uint32_t i = 0; i < scratch.found.size(); ++i) {
    const auto row = by_hash_.find(hash(scratch.found[i]));
    if (row != by_hash_.end()) scratch.rows.emplace_back(row->second, i);
  }
  // A word that is said ten times leans once.
  std::sort(scratch.rows.begin(), scratch.rows.end());
  const auto same = [](const auto& one, const auto& two) { return one.first == two.first; };
  scratch.rows.erase(std::unique(scratch.rows.begin(), scratch.rows.end(), same), scratch.rows.end());
  if (scratch.rows.empty()) return lean;
  // Of a message whose words are mostly new (another language, a row of letters) a few known ones tell nothing.
  const auto is_word = [&](const auto& row) { return scratch.found[row.second].kind == Feature::Kind::word; };
  const auto words = static_cast<std::size_t>(std::count_if(scratch.rows.begin(), scratch.rows.end(), is_word));
  lean.known = 2 * words >= std::min<std::size_t>(text.tokens.size(), 40);
  lean.words = text.tokens.size();
  std::array<std::int32_t, column_count> sums{};
  float square = 0;
  for (const auto& [index, feature] : scratch.rows) {
    const Row& row = rows_[index];
    square += row.rarity * row.rarity;
    for (std::uint32_t i = row.begin; i < row.begin + row.count; ++i) sums[points_[i].column] += points_[i].points;
  }
  const float scale = 1.0F / (points_of_one * std::sqrt(square));
  for (std::size_t i = 0; i < column_count; ++i) lean.scores[i] = start_[i] + static_cast<float>(sums[i]) * scale;
  return lean;
}

std::vector<Leanings::Reason> Leanings::best(Intent intent, std::size_t most, const Scratch& scratch) const {
  std::vector<Reason> reasons;
  float square = 0;
  for (const auto& [index, feature] : scratch.rows) {
    const Row& row = rows_[index];
    square += row.rarity * row.rarity;
    for (std::uint32_t i = row.begin; i < row.begin + row.count; ++i) {
      if (points_[i].column != static_cast<std::uint8_t>(intent) || points_[i].points <= 0) continue;
      const Feature& found = scratch.found[feature];
      reasons.push_back({index, static_cast<float>(points_[i].points), found.from, found.to});
    }
  }
  const std::size_t kept = std::min(most, reasons.size());
  std::partial_sort(reasons.begin(), reasons.begin() + static_cast<std::ptrdiff_t>(kept), reasons.end(),
                    [](const Reason& one, const Reason& two) { return one.points > two.points; });
  reasons.resize(kept);
  for (Reason& reason : reasons) reason.points /= points_of_one * std::sqrt(square);
  return reasons;
}

std::int32_t Leanings::best_row(Intent intent, const Scratch& scratch) const noexcept {
  std::int32_t best = -1;
  std::int16_t most = 0;
  for (const auto& [index, feature] : scratch.rows) {
    const Row& row = rows_[index];
    for (std::uint32_t i = row.begin; i < row.begin + row.count; ++i) {
      if (points_[i].column != static_cast<std::uint8_t>(intent) || points_[i].points <= most) continue;
      most = points_[i].points;
      best = static_cast<std::int32_t>(index);
    }
  }
  return best;
}

}  // namespace nurturer::understanding
