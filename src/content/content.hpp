#pragma once
// All content of one language: what people say and what the companion answers, read from TOML, checked as a whole.
//
// Layout of the content folder (docs/content-format.md):
//   intents/<language>/LABEL.toml        cues of an intent      intents/<language>/flags/FLAG.toml   cues of a flag alone
//   intents/<language>/scopes.toml       negation, others ...   intents/<language>/lists/*.toml      word lists, short forms, forms
//   responses/<language>/SCRIPT.toml     scripts                responses/<language>/words.toml      words that work in every state
//   responses/help_lines/REGION.toml     help lines             responses/places.toml                countries and towns
//   responses/<language>/forbidden.toml  words that no text may use
// A mistake never hides another: everything is read, everything wrong is told at once.

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "content/forbidden.hpp"
#include "content/page.hpp"
#include "engine/diagnostic.hpp"
#include "engine/dialogue/script.hpp"
#include "engine/understanding/language.hpp"
#include "engine/understanding/model.hpp"

namespace nurturer::content {

struct Content {
  /// Compiles what people say; the responses follow. Neither copied nor moved: the model stands on the language beside it.
  Content(const understanding::LanguageSource& words, understanding::Rules rules, Diagnostics& diagnostics);
  Content(const Content&) = delete;
  Content& operator=(const Content&) = delete;
  ~Content() = default;

  understanding::Language language;
  understanding::Model model;
  dialogue::Library library;

  // For check() alone: texts as their authors wrote them, to name lines.
  std::vector<Page> pages;
  std::vector<Forbidden> forbidden;
};

struct Loaded {
  std::unique_ptr<Content> content;  // null only if the folder cannot be read at all
  Diagnostics diagnostics;           // by file and line; empty: people may be served with it
};

/// `folder` holds intents/ and responses/. Throws nothing but std::bad_alloc; unreadable files are diagnostics.
[[nodiscard]] Loaded load(const std::filesystem::path& folder, const std::string& language = "en");

/// The same from memory: paths relative to the content folder, and their bytes.
[[nodiscard]] Loaded load(std::vector<File> files, const std::string& language = "en");

/// What `nurturer check` adds to load(): samples run as tests, steps out of reach, paths without an end or against a flag, texts too alike,
/// forbidden words, reading level. Content with mistakes of load() may be checked too.
[[nodiscard]] Diagnostics check(const Content& content);

/// The same, and help lines whose numbers were compared more than 12 months before `today`.
[[nodiscard]] Diagnostics check(const Content& content, std::chrono::sys_days today);

/// Of these only what does not follow the paths of scripts: samples, texts, words, reading level, help lines. For content in which load() has
/// found mistakes: a `go` that it had to leave out would make others of steps that are well.
[[nodiscard]] Diagnostics check_texts(const Content& content, std::chrono::sys_days today);


/// "intents/en/panic.toml:12: ..." with the author's words and the way out, for a terminal. Several lines, with a line break at the end.
[[nodiscard]] std::string print(const Diagnostic& diagnostic);

}  // namespace nurturer::content
