#include "content/leanings.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nurturer::content {
namespace {

using understanding::LeaningTable;

/// Takes the next cell off `line`.
std::string_view cell(std::string_view& line) noexcept {
  const auto tab = line.find('\t');
  const std::string_view taken = line.substr(0, tab);
  line = tab == std::string_view::npos ? std::string_view{} : line.substr(tab + 1);
  return taken;
}

template <typename Number>
std::optional<Number> number(std::string_view cell) noexcept {
  Number value{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

std::vector<std::uint8_t> read_columns(std::string_view line, Mistakes& mistakes) {
  std::vector<std::uint8_t> columns;
  cell(line);
  cell(line);
  while (!line.empty()) {
    const std::string_view name = cell(line);
    const auto intent = understanding::intent_named(name);
    if (!intent && name != "other") {
      mistakes.add(1, "a column is named after no intent", "name it as the files in intents/, or \"other\", or run ./dev fit again", name);
      return {};
    }
    columns.push_back(intent ? static_cast<std::uint8_t>(*intent) : understanding::column_other);
  }
  return columns;
}

/// Takes the cells of a row "#worth:..." out of `table.points` again: hundredths for each intent. False: it is another row.
bool take_worth(std::string_view feature, std::size_t from, LeaningTable& table) noexcept {
  using understanding::worth_rows;
  const auto* const row = std::ranges::find(worth_rows, feature, [](const auto& one) { return one.first; });
  if (row == std::end(worth_rows)) return false;
  const auto part = row->second;
  for (std::size_t i = 0; i < understanding::column_count; ++i) table.worths[i].*part = 0;
  for (std::size_t i = from; i < table.points.size(); ++i) {
    const auto& [column, points] = table.points[i];
    table.worths[column].*part = static_cast<float>(points) / 100;
  }
  table.points.resize(from);
  return true;
}

/// Adds the row to `table`; false, with a mistake told, if it is none.
bool read_row(std::string_view line, const std::vector<std::uint8_t>& columns, std::uint32_t at, LeaningTable& table, Mistakes& mistakes) {
  const std::string_view feature = cell(line);
  const auto rarity = number<float>(cell(line));
  if (!rarity || *rarity <= 0) {
    mistakes.add(at, "the second cell of a row is its rarity, a number above 0", "write it, or run ./dev fit again");
    return false;
  }
  const std::size_t from = table.points.size();
  for (const std::uint8_t column : columns) {
    const std::string_view written = cell(line);
    if (written.empty()) continue;
    const auto points = number<std::int16_t>(written);
    if (!points) {
      mistakes.add(at, "a cell holds no whole number", "write a number such as 12 or -3, or leave the cell empty", written);
      return false;
    }
    table.points.push_back({column, *points});
  }
  if (!line.empty()) {
    mistakes.add(at, "this row has more cells than the first line has names", "take the last cells out, or run ./dev fit again");
    return false;
  }
  if (take_worth(feature, from, table)) return true;
  table.add(feature == "#start" ? std::string_view{} : feature, *rarity, at);
  return true;
}

}  // namespace

void read_leanings(const Page& page, LeaningTable& into, Diagnostics& diagnostics) {
  Mistakes mistakes(page, diagnostics);
  const std::vector<std::uint8_t> columns = read_columns(page.line(1), mistakes);
  if (columns.empty()) return;
  into.file = page.path();
  into.rows.reserve(page.lines());
  into.points.reserve(page.bytes().size() / 4);  // a cell of digits and its tab
  constexpr std::size_t most_told = 10;  // a broken table is broken everywhere
  const std::size_t before = diagnostics.size();
  for (std::uint32_t at = 2; at <= page.lines() && diagnostics.size() < before + most_told; ++at) {
    const std::string_view line = page.line(at);
    if (line.empty() || line.starts_with("# ")) continue;
    (void)read_row(line, columns, at, into, mistakes);
  }
  into.points.shrink_to_fit();
}

}  // namespace nurturer::content
