#include "engine/understanding/leanings.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace nurturer::understanding {

float length_of(std::size_t words) noexcept {
  constexpr std::size_t long_message = 36;
  return std::sqrt(static_cast<float>(std::min(words, long_message)) / static_cast<float>(long_message));
}

Leanings::Leanings(LeaningTable table, const Language& language) : table_(std::move(table)) {
  if (empty()) return;
  features_.emplace(language);
  for (const LeaningTable::Row& row : table_.rows) {
    if (row.name_size != 0) continue;
    for (const auto* at = begin(row); at != end(row); ++at) start_[at->column] = static_cast<float>(at->points) / static_cast<float>(points_of_one);
  }
  lay_out(language);
}

void Leanings::lay_out(const Language& language) {
  std::vector<Slot> names;
  for (std::uint32_t row = 0; row < table_.rows.size(); ++row) {
    const std::string_view name = feature(row);
    if (name.empty()) continue;
    if (!name.ends_with('~')) {
      names.push_back({hash(name), row});
      continue;
    }
    for (const std::string& form : language.forms(name.substr(0, name.size() - 1))) names.push_back({hash(form + "~"), row});
  }
  slots_.resize(std::bit_ceil(2 * names.size() + 1));
  for (const Slot& name : names) put(name.hash, name.row);
}

// The first of two rows of one name counts.
void Leanings::put(std::uint64_t hash, std::uint32_t row) noexcept {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].row != no_row && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
  if (slots_[at].row == no_row) slots_[at] = {hash, row};
}

std::uint32_t Leanings::row_of(std::uint64_t hash) const noexcept {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].row != no_row && slots_[at].hash != hash) at = (at + 1) & (slots_.size() - 1);
  return slots_[at].row;
}

std::string Leanings::where(std::uint32_t row) const { return table_.file + ":" + std::to_string(table_.rows[row].line); }

Lean Leanings::lean(const text::Text& text, Setting setting, Scratch& scratch) const {
  Lean lean;
  scratch.rows.clear();
  if (empty()) return lean;
  features_->read(text, setting, scratch.features, scratch.found);
  for (std::uint32_t i = 0; i < scratch.found.size(); ++i) {
    const std::uint32_t row = row_of(hash(scratch.found[i]));
    if (row != no_row) scratch.rows.emplace_back(row, i);
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
  lean.words = scratch.words = text.tokens.size();
  std::array<std::int32_t, column_count> sums{};
  float square = 0;
  for (const auto& [index, feature] : scratch.rows) {
    const LeaningTable::Row& row = table_.rows[index];
    square += row.rarity * row.rarity;
    for (const auto* at = begin(row); at != end(row); ++at) sums[at->column] += at->points;
  }
  const float scale = 1.0F / (static_cast<float>(points_of_one) * std::sqrt(square));
  const auto score = [&](std::size_t column) { return start_[column] + static_cast<float>(sums[column]) * scale; };
  const float length = length_of(lean.words);
  const auto odds = [&](std::size_t column) {
    const Worth& worth = table_.worths[column];
    return points_of_odds * (worth.start + (worth.leaning + worth.longer * length) * score(column));
  };
  for (std::size_t i = 0; i < intent_count; ++i) {
    lean.points[i] = odds(i);
    lean.cue_worth[i] = table_.worths[i].cues;
  }
  lean.other = odds(column_other);
  lean.cue_worth_other = table_.worths[column_other].cues;
  return lean;
}

std::vector<Leanings::Reason> Leanings::best(Intent intent, std::size_t most, const Scratch& scratch) const {
  std::vector<Reason> reasons;
  float square = 0;
  for (const auto& [index, feature] : scratch.rows) {
    const LeaningTable::Row& row = table_.rows[index];
    square += row.rarity * row.rarity;
    for (const auto* at = begin(row); at != end(row); ++at) {
      if (at->column != static_cast<std::uint8_t>(intent) || at->points <= 0) continue;
      const Feature& found = scratch.found[feature];
      reasons.push_back({index, static_cast<float>(at->points), found.from, found.to});
    }
  }
  const std::size_t kept = std::min(most, reasons.size());
  std::partial_sort(reasons.begin(), reasons.begin() + static_cast<std::ptrdiff_t>(kept), reasons.end(),
                    [](const Reason& one, const Reason& two) { return one.points > two.points; });
  reasons.resize(kept);
  const Worth& worth = table_.worths[static_cast<std::size_t>(intent)];
  const float of_one = points_of_odds * (worth.leaning + worth.longer * length_of(scratch.words));
  for (Reason& reason : reasons) reason.points *= of_one / (static_cast<float>(points_of_one) * std::sqrt(square));
  return reasons;
}

std::int32_t Leanings::best_row(Intent intent, const Scratch& scratch) const noexcept {
  std::int32_t best = -1;
  std::int16_t most = 0;
  for (const auto& [index, feature] : scratch.rows) {
    const LeaningTable::Row& row = table_.rows[index];
    for (const auto* at = begin(row); at != end(row); ++at) {
      if (at->column != static_cast<std::uint8_t>(intent) || at->points <= most) continue;
      most = at->points;
      best = static_cast<std::int32_t>(index);
    }
  }
  return best;
}

}  // namespace nurturer::understanding
