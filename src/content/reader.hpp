#pragma once
// Typed access to a TOML table, telling the author what is missing, misplaced or misspelt.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/names.hpp"
#include "content/page.hpp"
#include "content/toml.hpp"
#include "engine/understanding/labels.hpp"

namespace nurturer::content {

/// A text of the author and where it stands.
struct Words {
  std::string text;
  std::uint32_t line = 0;
};

/// A setting that authors put into the wrong place, and where it belongs.
struct Belongs {
  std::string_view key;
  std::string_view where;
};

/// Reads one table. Ask for every setting that the table can have, then finish(): what was not asked for is unknown. Where `example` is
/// given the setting is required, and a missing one is told with the example ("say = [\"...\"]").
class Table {
 public:
  /// `called` completes "in this ...": "step", "cue", "file". All three must outlive the reader.
  Table(const Value& table, std::string_view called, Mistakes& mistakes);

  [[nodiscard]] bool has(std::string_view key) const noexcept { return value_->find(key) != nullptr; }
  std::optional<Words> text(std::string_view key, std::string_view example = {});
  std::vector<Words> texts(std::string_view key, std::string_view example = {});
  std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most, std::string_view example = {});
  bool yes_no(std::string_view key);
  std::optional<Words> date(std::string_view key, std::string_view example = {});
  /// The tables of [[key]], or of key = [{...}, {...}].
  std::vector<const Value*> tables(std::string_view key, std::string_view example = {});
  /// The table of key = {...} or [key].
  const Value* table(std::string_view key, std::string_view example = {});
  /// The value as it stands, whatever it is.
  const Value* take(std::string_view key);
  void finish(std::initializer_list<Belongs> belongs = {});

  [[nodiscard]] std::uint32_t line() const noexcept { return value_->line; }
  [[nodiscard]] Mistakes& mistakes() noexcept { return *mistakes_; }

 private:
  const Value* take_needed(std::string_view key, std::string_view example);

  const Value* value_;
  std::string_view called_;
  Mistakes* mistakes_;
  Names known_;
};

/// The texts of a list, whatever it is called; empty ones and other things are mistakes.
std::vector<Words> texts_of(const Value& list, Mistakes& mistakes);

std::vector<std::string> without_lines(const std::vector<Words>& words);

/// The flags of these names; an unknown one is a mistake.
understanding::Flags flags_of(const std::vector<Words>& names, Mistakes& mistakes);
[[nodiscard]] Names flag_names();

}  // namespace nurturer::content
