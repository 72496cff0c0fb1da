#pragma once
// One file of the content, as its author sees it: lines to point at, words to quote.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diagnostic.hpp"

namespace nurturer::content {

/// The bytes of a file before anything is known of them. `path` is relative to the content folder, with '/' on every system.
struct File {
  std::string path;
  std::string bytes;
};

class Page {
 public:
  explicit Page(File file);

  [[nodiscard]] const std::string& path() const noexcept { return file_.path; }
  [[nodiscard]] const std::string& bytes() const noexcept { return file_.bytes; }
  /// The file's name without folders and ".toml": "panic".
  [[nodiscard]] std::string_view name() const noexcept;
  [[nodiscard]] std::uint32_t lines() const noexcept { return static_cast<std::uint32_t>(begins_.size()); }
  /// Line `number`, counted from 1, without its end; empty beyond the file.
  [[nodiscard]] std::string_view line(std::uint32_t number) const noexcept;
  /// The same without blanks around it, cut to a width that a terminal shows; `fragment` stays in what is left.
  [[nodiscard]] std::string quote(std::uint32_t number, std::string_view fragment = {}) const;
  /// The first line at or after `from` that holds `fragment`, not beyond the entry (the next line that begins with '['); else `from`.
  [[nodiscard]] std::uint32_t find(std::string_view fragment, std::uint32_t from) const noexcept;

 private:
  File file_;
  std::vector<std::size_t> begins_;  // offset of each line
};

/// Collects the mistakes of one page.
class Mistakes {
 public:
  Mistakes(const Page& page, Diagnostics& into) : page_(&page), into_(&into) {}

  /// `fragment` is what the mistake is about, so that a long line is cut around it. Line 0: the whole file is meant.
  void add(std::uint32_t line, std::string problem, std::string remedy, std::string_view fragment = {});
  [[nodiscard]] Source at(std::uint32_t line) const { return {page_->path(), line}; }
  [[nodiscard]] const Page& page() const noexcept { return *page_; }
  [[nodiscard]] Diagnostics& all() noexcept { return *into_; }

 private:
  const Page* page_;
  Diagnostics* into_;
};

/// Moves a mistake told by the engine, which knows an entry's first line and the author's fragment, to the fragment's own line, and
/// quotes that line.
void settle(const Page& page, Diagnostic& diagnostic);

}  // namespace nurturer::content
