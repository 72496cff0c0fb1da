#pragma once
// The small valid content of tests/fixtures/content_small, and broken copies of it, in memory.

#include <string>
#include <string_view>
#include <vector>

#include "content/content.hpp"

namespace nurturer::content {

/// One change to the small content: in the file `path`, the first `from` becomes `to`. Empty `from`: the whole file does, which may be new.
struct Change {
  std::string_view path;
  std::string_view from;
  std::string_view to;
};

/// The files of the small content, with steps added that the program has come to need since they were written.
std::vector<File> small_files();

/// Fails the test if a file or a `from` is not there.
std::vector<File> changed(const std::vector<Change>& changes);

/// The text of one of them.
const std::string& text_of(const std::vector<File>& files, std::string_view path);

/// The line, from 1, in which `words` stand first.
std::uint32_t line_of(std::string_view text, std::string_view words);

/// A mistake made by `change`, and what the author must be told: in `file` (empty: the changed one), at the line in which `at` stands first
/// (empty: of the whole file), quoting it, with these words in the sentence and in the way out. It must be the only one told.
struct Mistake {
  std::string_view name;
  Change change;
  std::string_view at;
  std::string_view problem;
  std::string_view remedy;
  std::string_view file = {};
};

/// Checks all of that.
void require_told(const Mistake& mistake);

/// All mistakes in words, for a test's output.
std::string printed(const Diagnostics& diagnostics);

}  // namespace nurturer::content
