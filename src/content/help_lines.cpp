#include <algorithm>
#include <array>
#include <utility>

#include "content/places.hpp"

namespace nurturer::content {
namespace {

using dialogue::HelpLine;
using dialogue::Region;
using Kind = HelpLine::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 5> kinds{
    {{"medical", Kind::medical}, {"police", Kind::police}, {"crisis", Kind::crisis}, {"abuse", Kind::abuse}, {"child", Kind::child}}};

std::optional<Kind> kind_of(Table& table) {
  const auto written = table.text("kind", "kind = \"crisis\"");
  if (!written) return std::nullopt;
  Names names;
  for (const auto& [name, kind] : kinds) {
    if (written->text == name) return kind;
    names.push_back(name);
  }
  table.mistakes().add(written->line, "there is no kind of line " + in_quotes(written->text), did_you_mean(written->text, names, ""),
                       written->text);
  return std::nullopt;
}

bool language_code(std::string_view code) noexcept {
  return (code.size() == 2 || code.size() == 3) && std::ranges::all_of(code, [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

void read_line(const Value& entry, Region& region, Mistakes& mistakes) {
  Table table(entry, "line", mistakes);
  HelpLine line;
  const auto kind = kind_of(table);
  if (const auto name = table.text("name")) line.name = name->text;
  if (const auto number = table.text("number", "number = \"116 123\"")) line.number = number->text;
  for (Words& language : table.texts("languages")) {
    if (!language_code(language.text)) {
      mistakes.add(language.line, in_quotes(language.text) + " is no language", "write its two letters, such as \"en\"", language.text);
    }
    line.languages.push_back(std::move(language.text));
  }
  const auto hours = table.text("hours");
  line.hours = hours ? hours->text : "unknown";
  if (const auto date = table.date("checked_on", "checked_on = 2026-11-24")) line.checked_on = date->text;
  if (const auto from = table.text("source", "source = \"compared between published lists\"")) line.from = from->text;
  line.source = mistakes.at(entry.line);
  table.finish({{"country", "at the top of the file, before the first [[line]]"}});
  if (!kind || line.number.empty()) return;
  line.kind = *kind;
  region.lines.push_back(std::move(line));
}

}  // namespace

void read_help_lines(const Value& file, dialogue::Library& into, Mistakes& mistakes) {
  Region region;
  region.code = mistakes.page().name();
  if (!known_region(region.code)) {
    mistakes.add(0, "there is no country " + in_quotes(region.code) + ", and the file's name says for which country its lines are",
                 did_you_mean(region.code, known_regions(), "use the two capital letters of ISO 3166, such as GB.toml"));
  }
  Table table(file, "file", mistakes);
  if (const auto country = table.text("country", "country = \"United Kingdom\"")) region.country = country->text;
  const auto entries = table.tables("line", "[[line]]");
  for (const Value* const entry : entries) read_line(*entry, region, mistakes);
  table.finish();
  for (const auto& [name, kind] : kinds) {
    if (kind == Kind::abuse || kind == Kind::child || std::ranges::find(region.lines, kind, &HelpLine::kind) != region.lines.end())
      continue;
    if (region.lines.size() == entries.size())
      mistakes.add(0, "this country has no line of the kind " + in_quotes(name),
                   "add one: each country needs a medical number, the police and a crisis line");
  }
  into.regions.push_back(std::move(region));
}

}  // namespace nurturer::content
