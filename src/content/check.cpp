#include "content/check.hpp"

#include <algorithm>
#include <tuple>

#include "content/link.hpp"
#include "content/names.hpp"

namespace nurturer::content {
namespace {

void samples(const Content& content, Diagnostics& diagnostics) {
  for (Diagnostic& told : content.model.check_samples()) {
    if (const Page* const page = find_page(content.pages, told.source.file)) settle(*page, told);
    diagnostics.push_back(std::move(told));
  }
}

// Other ways of asking for a script, tried out as cues are.
void script_samples(const Content& content, Diagnostics& diagnostics) {
  const auto finds = [&](const dialogue::Script& script, const std::string& sample) {
    text::Text text;
    text::read(sample, content.language.lexicon(), text);
    return std::ranges::binary_search(content.library.phrases.find(text), *script.phrases);
  };
  for (const auto& script : content.library.scripts) {
    if (!script.phrases) continue;
    for (const auto& sample : script.should_find) {
      if (!finds(script, sample)) tell_at(content, script.source, sample, "none of the phrases is heard in this sample", "change the phrase or the sample", diagnostics);
    }
    for (const auto& sample : script.should_not_find) {
      if (finds(script, sample)) tell_at(content, script.source, sample, "a phrase is heard in this sample, which it should not", "make the phrase longer, or put ^ and $ round it", diagnostics);
    }
  }
}

void check_all_texts(const Content& content, Diagnostics& diagnostics) {
  samples(content, diagnostics);
  script_samples(content, diagnostics);
  check_repeats(content, diagnostics);
  check_words(content, diagnostics);
  check_reading(content, diagnostics);
}

void in_order(Diagnostics& diagnostics) {
  std::ranges::stable_sort(diagnostics, [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.source.file, a.source.line) < std::tie(b.source.file, b.source.line);
  });
}

}  // namespace

void tell_at(const Content& content, const Source& step, std::string_view text, std::string problem, std::string remedy,
             Diagnostics& diagnostics) {
  const Page* const page = find_page(content.pages, step.file);
  if (page == nullptr) return;
  // In the file a line break and a quotation mark are written otherwise; what stands before them is enough to find the line.
  const auto fragment = text.substr(0, text.find_first_of("\n\"\\\t"));
  Mistakes(*page, diagnostics).add(page->find(fragment, step.line), std::move(problem), std::move(remedy), fragment);
}

void check_answered(const Content& content, Diagnostics& diagnostics) {
  using understanding::Intent;
  using understanding::Kind;
  for (std::size_t i = 0; i < understanding::intent_count; ++i) {
    const auto intent = static_cast<Intent>(i);
    const bool by_program = kind(intent) == Kind::safety || kind(intent) == Kind::none || intent == Intent::stop;
    // What no cue can hear needs no answer yet.
    const bool heard = std::ranges::any_of(content.model.cues(), [&](const auto& cue) { return cue.intent == intent; });
    if (by_program || !heard || content.library.script_of(intent) != nullptr) continue;
    diagnostics.push_back({{"responses", 0},
                           "",
                           "no script answers the intent " + in_quotes(name(intent)),
                           "add it to the intents of a script: intents = [" + in_quotes(name(intent)) + "]"});
  }
}

Diagnostics check_texts(const Content& content, std::chrono::sys_days today) {
  Diagnostics diagnostics;
  check_all_texts(content, diagnostics);
  check_dates(content, today, diagnostics);
  in_order(diagnostics);
  return diagnostics;
}

Diagnostics check(const Content& content) {
  Diagnostics diagnostics;
  const Graph graph(content.library);
  check_all_texts(content, diagnostics);
  check_answered(content, diagnostics);
  check_reach(content, graph, diagnostics);
  check_ends(content, graph, diagnostics);
  check_flags(content, graph, diagnostics);
  in_order(diagnostics);
  return diagnostics;
}

Diagnostics check(const Content& content, std::chrono::sys_days today) {
  Diagnostics diagnostics = check(content);
  check_dates(content, today, diagnostics);
  in_order(diagnostics);
  return diagnostics;
}

}  // namespace nurturer::content
