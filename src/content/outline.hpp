#pragma once
// What can be led to: every script, its steps, and the slots that its questions fill. Known before the first script is read, so that
// a `go` is resolved at once and a broken file does not make mistakes of all that lead to it.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "content/reader.hpp"
#include "engine/dialogue/script.hpp"

namespace nurturer::content {

struct Outlined {
  bool readable = false;           // false: there is such a file, and nobody knows what is in it
  std::vector<std::string> steps;  // the first is where the script begins
  std::vector<std::string> slots;  // `keep` of its free questions

  [[nodiscard]] bool has(std::string_view step) const noexcept;
};

class Outline {
 public:
  /// `file` is null if it could not be read.
  void add(std::string_view script, const Value* file);
  [[nodiscard]] const Outlined* find(std::string_view script) const noexcept;
  [[nodiscard]] Names scripts() const;

  /// Where `written` leads from a step of `script`: a step, "@script", "@script.step", or one of the words below. What leads nowhere is a
  /// mistake, and the `go` is left out.
  [[nodiscard]] std::optional<dialogue::Go> follow(const Words& written, std::string_view script, Mistakes& mistakes) const;

 private:
  [[nodiscard]] std::optional<dialogue::Go> into_script(const Words& written, Mistakes& mistakes) const;

  std::map<std::string, Outlined, std::less<>> scripts_;
};

/// "end" and its like: words of `go` that are no steps.
[[nodiscard]] std::optional<dialogue::Go::To> go_word(std::string_view written) noexcept;

/// Small letters, digits and _: what files, steps and slots are called.
[[nodiscard]] bool good_name(std::string_view name) noexcept;

}  // namespace nurturer::content
