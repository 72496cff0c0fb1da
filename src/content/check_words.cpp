#include <algorithm>

#include "content/check.hpp"
#include "content/names.hpp"
#include "content/spoken.hpp"
#include "engine/text/text.hpp"

namespace nurturer::content {
namespace {

bool may_say(const Forbidden& forbidden, const dialogue::Script& script) {
  return std::ranges::any_of(forbidden.may, [&](const Words& name) {
    const auto intent = understanding::intent_named(name.text);
    return name.text == script.id || (intent && std::ranges::find(script.intents, *intent) != script.intents.end());
  });
}

void check_text(const Content& content, const Spoken& spoken, std::string_view folded, Diagnostics& diagnostics) {
  for (const Forbidden& forbidden : content.forbidden) {
    const auto word = find_forbidden(forbidden, folded);
    if (word.empty() || may_say(forbidden, *spoken.script)) continue;
    tell_at(content, spoken.source(), spoken.text, in_quotes(word) + " is not said here: " + forbidden.why,
            "write instead: " + forbidden.instead, diagnostics);
  }
}

void check_exceptions(const Content& content, Diagnostics& diagnostics) {
  for (const Forbidden& forbidden : content.forbidden) {
    for (const Words& name : forbidden.may) {
      if (content.library.find_script(name.text) != nullptr || understanding::intent_named(name.text)) continue;
      Names known;
      for (const auto& script : content.library.scripts) known.push_back(script.id);
      tell_at(content, {forbidden.file, name.line}, name.text,
              "there is no script and no intent " + in_quotes(name.text) + " that may use these words",
              did_you_mean(name.text, known, "write the name of a file of the responses, without .toml, or a label"), diagnostics);
    }
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
  check_exceptions(content, diagnostics);
  for (const auto& script : content.library.scripts) {
    for (const Spoken& text : spoken(script)) check_text(content, text, text::fold(text.text), diagnostics);
  }
}

}  // namespace nurturer::content
