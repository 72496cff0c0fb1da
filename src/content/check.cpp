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

Diagnostics check(const Content& content) {
  Diagnostics diagnostics;
  const Graph graph(content.library);
  samples(content, diagnostics);
  check_answered(content, diagnostics);
  check_reach(content, graph, diagnostics);
  check_ends(content, graph, diagnostics);
  check_flags(content, graph, diagnostics);
  check_repeats(content, diagnostics);
  check_words(content, diagnostics);
  check_reading(content, diagnostics);
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
