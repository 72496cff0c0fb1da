#include "content/link.hpp"

#include <algorithm>
#include <map>

namespace nurturer::content {
namespace {

using dialogue::Library;
using dialogue::Script;
using dialogue::Step;
using understanding::Flags;

/// `flags` in words, as authors write them.
std::string written(Flags flags) {
  Names names;
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    if (flags.has(*flag)) names.push_back(name(*flag));
  }
  return one_of(names);
}

Flags both(Flags a, Flags b) noexcept { return {a.bits & b.bits}; }

void needed_steps(const Outline& outline, const std::string& language, Diagnostics& diagnostics) {
  std::map<std::string, Names> missing;
  for (const auto& place : dialogue::steps_that_the_engine_needs()) {
    const Outlined* const script = outline.find(place.script);
    if (script == nullptr || (script->readable && !script->has(place.step))) missing[place.script].push_back(place.step);
  }
  for (const auto& [script, steps] : missing) {
    std::string file = "responses/" + language;
    file.append("/").append(script).append(".toml");
    if (outline.find(script) == nullptr) {
      diagnostics.push_back(
          {{file, 0}, "", "this file is missing, and the program needs its steps", "write it, with the steps " + one_of(steps)});
      continue;
    }
    for (const auto step : steps) {
      diagnostics.push_back({{file, 0},
                             "",
                             "the step " + in_quotes(step) + " is missing, and the program calls it by its name",
                             "add a [[step]] with id = " + in_quotes(step)});
    }
  }
}

void instead_of_card(const Library& library, const Script& script, Mistakes& mistakes) {
  if (!script.card) return;
  const Script* const other = library.find_script(script.card->instead);
  if (other == nullptr || !other->card) return;
  const Flags against = both(script.card->not_with, other->card->not_with);
  if (against.empty()) return;
  const auto line = mistakes.page().find("instead", 1);
  mistakes.add(line,
               in_quotes(other->id) + " is led instead of " + in_quotes(script.id) + " for people with " + written(against) +
                   ", and is itself not for them",
               "name another exercise, one without " + written(against) + " in its not_with", "instead");
}

void instead_of_step(const Script& script, const Step& step, Mistakes& mistakes) {
  const Step* const other = step.instead.empty() ? nullptr : script.find(step.instead);
  if (other == nullptr) return;
  const Flags against = both(step.not_with, other->not_with);
  if (against.empty()) return;
  mistakes.add(mistakes.page().find("instead", step.source.line),
               "the step " + in_quotes(other->id) + " comes instead for people with " + written(against) + ", and is itself not for them",
               "name another step, one without " + written(against) + " in its not_with", "instead");
}

}  // namespace

const Page* find_page(const std::vector<Page>& pages, std::string_view path) noexcept {
  const auto found = std::ranges::lower_bound(pages, path, {}, [](const Page& page) -> std::string_view { return page.path(); });
  return found == pages.end() || found->path() != path ? nullptr : &*found;
}

void link(const Library& library, const Outline& outline, const std::vector<Page>& pages, const std::string& language,
          Diagnostics& diagnostics) {
  needed_steps(outline, language, diagnostics);
  for (const Script& script : library.scripts) {
    const Page* const page = find_page(pages, script.source.file);
    if (page == nullptr) continue;
    Mistakes mistakes(*page, diagnostics);
    instead_of_card(library, script, mistakes);
    for (const Step& step : script.steps) instead_of_step(script, step, mistakes);
  }
}

}  // namespace nurturer::content
