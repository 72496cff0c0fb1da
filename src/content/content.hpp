#pragma once
// All content of one language: what people say and what the companion answers, read from TOML, checked as a whole.
//
// Layout of the content folder (design.md):
//   intents/<language>/LABEL.toml        cues of an intent      intents/<language>/flags/FLAG.toml   cues of a flag alone
//   intents/<language>/scopes.toml       negation, others ...   intents/<language>/lists/*.toml      word lists, short forms, forms
//   responses/<language>/SCRIPT.toml     scripts                responses/<language>/words.toml      words that work in every state
//   responses/help_lines/REGION.toml     help lines             responses/places.toml                countries and towns
// A mistake never hides another: everything is read, everything wrong is told at once.

#include <filesystem>
#include <memory>
#include <string>

#include "engine/diagnostic.hpp"
#include "engine/dialogue/script.hpp"
#include "engine/understanding/language.hpp"
#include "engine/understanding/model.hpp"

namespace nurturer::content {

struct Content {
  understanding::Language language;
  understanding::Model model;
  dialogue::Library library;
};

struct Loaded {
  std::unique_ptr<Content> content;  // null only if the folder cannot be read at all
  Diagnostics diagnostics;           // empty: people may be served with it
};

/// `folder` holds intents/ and responses/. Throws nothing but std::bad_alloc; unreadable files are diagnostics.
[[nodiscard]] Loaded load(const std::filesystem::path& folder, const std::string& language = "en");

/// What `nurturer check` adds to load(): samples run as tests, limits of length, steps out of reach, forbidden words.
[[nodiscard]] Diagnostics check(const Content& content);

/// "intents/en/panic.toml:12: ..." with the author's words and the way out, for a terminal.
[[nodiscard]] std::string print(const Diagnostic& diagnostic);

}  // namespace nurturer::content
