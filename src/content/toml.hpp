#pragma once
// TOML as values with lines. The only door to toml++, whose header would cost every other file its compile time.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "content/page.hpp"

namespace nurturer::content {

struct Value {
  enum class Kind : std::uint8_t { text, number, fraction, yes_no, date, list, table, other };
  Kind kind = Kind::other;
  bool yes = false;
  bool headed = false;         // a list: written as [[name]]; a table: as [name] or [[name]]
  std::uint32_t line = 0;      // where it begins; of a headed table: the line of its header
  std::uint32_t key_line = 0;  // in a table
  std::int64_t number = 0;
  std::string key;           // in a table
  std::string text;          // of a text; of a date: 2026-11-24
  std::vector<Value> items;  // of a list; of a table in the order in which they are written

  [[nodiscard]] const Value* find(std::string_view name) const noexcept;
};

/// The whole file as a table. Empty and a mistake told if it cannot be read: TOML ends at the first one.
[[nodiscard]] std::optional<Value> read_toml(const Page& page, Diagnostics& diagnostics);

/// What stands in a line that TOML cannot read, in an author's words.
struct Unreadable {
  std::uint32_t line = 0;
  std::string problem;
  std::string remedy;
};
/// `said` is what toml++ says about it, `line` and `column` where it stopped.
[[nodiscard]] Unreadable explain_unreadable(const Page& page, std::string_view said, std::uint32_t line, std::uint32_t column);

}  // namespace nurturer::content
