#include <algorithm>

#include "content/check.hpp"
#include "content/names.hpp"
#include "content/spoken.hpp"
#include "engine/text/text.hpp"

namespace nurturer::content {
namespace {

void check_text(const Content& content, const Spoken& spoken, std::string_view folded, Diagnostics& diagnostics) {
  for (const Forbidden& forbidden : content.forbidden) {
    if (std::ranges::find(forbidden.may, spoken.script->id) != forbidden.may.end()) continue;
    const auto word = find_forbidden(forbidden, folded);
    if (word.empty()) continue;
    tell_at(content, spoken.source(), spoken.text, in_quotes(word) + " is not said here: " + forbidden.why,
            "write instead: " + forbidden.instead, diagnostics);
  }
}

}  // namespace

void check_words(const Content& content, Diagnostics& diagnostics) {
  if (content.forbidden.empty()) {
    diagnostics.push_back({{"responses", 0},
                           "",
                           "there is no forbidden.toml, so no text was read for words that must not be said",
                           "write one beside the scripts; docs/content-format.md says how"});
    return;
  }
  for (const auto& script : content.library.scripts) {
    for (const Spoken& text : spoken(script)) check_text(content, text, text::fold(text.text), diagnostics);
  }
}

}  // namespace nurturer::content
