#include <array>
#include <utility>

#include "content/intents.hpp"

namespace nurturer::content {
namespace {

using understanding::Reach;

constexpr std::array<std::pair<std::string_view, Reach>, 6> reaches{{{"match", Reach::match},
                                                                     {"after", Reach::after},
                                                                     {"before", Reach::before},
                                                                     {"clause", Reach::clause},
                                                                     {"sentence", Reach::sentence},
                                                                     {"message", Reach::message}}};

Reach reach_of(const std::optional<Words>& written, Mistakes& mistakes) {
  if (!written) return Reach::after;
  Names names;
  for (const auto& [name, reach] : reaches) {
    if (written->text == name) return reach;
    names.push_back(name);
  }
  mistakes.add(written->line, "a scope cannot reach " + in_quotes(written->text), did_you_mean(written->text, names, ""), written->text);
  return Reach::after;
}

void read_scope(const Value& entry, Scopes& into, Mistakes& mistakes) {
  Table table(entry, "scope", mistakes);
  understanding::ScopeSource scope;
  const auto id = table.text("id", "id = \"negated\"");
  scope.patterns = without_lines(table.texts("patterns", "patterns = [\"{not}\"]"));
  const auto reach = table.text("reach", "reach = \"after\"");
  scope.reach = reach_of(reach, mistakes);
  const auto words = table.number("words", 1, 50);
  if (words && scope.reach != Reach::after && scope.reach != Reach::before) {
    mistakes.add(entry.line, "\"words\" counts only for a scope that reaches \"after\" or \"before\"",
                 "take the line away, or change \"reach\"");
  }
  scope.words = static_cast<int>(words.value_or(0));
  scope.ends_at = without_lines(table.texts("ends_at"));
  scope.not_in = without_lines(table.texts("not_in"));
  scope.should_find = without_lines(table.texts("should_find"));
  scope.should_not_find = without_lines(table.texts("should_not_find"));
  scope.source = mistakes.at(entry.line);
  table.finish({{"default_unless", "at the top of the file, before the first [[scope]]"}});
  if (!id) return;
  scope.id = id->text;
  into.ids.insert(id->text);
  into.all.push_back(std::move(scope));
}

}  // namespace

void read_scopes(const Value& file, Scopes& into, Mistakes& mistakes) {
  into.readable = true;
  into.ids = {"quoted", "question"};  // marks of the text itself: the engine has them without any words
  Table table(file, "file", mistakes);
  const auto unless = table.texts("default_unless");
  for (const Value* const entry : table.tables("scope", "[[scope]]")) read_scope(*entry, into, mistakes);
  table.finish();
  const Names known(into.ids.begin(), into.ids.end());
  for (const Words& scope : unless) {
    if (!into.ids.contains(scope.text)) {
      mistakes.add(scope.line, "there is no scope " + in_quotes(scope.text),
                   did_you_mean(scope.text, known, "the scopes are " + one_of(known)), scope.text);
    } else {
      into.default_unless.push_back(scope.text);
    }
  }
}

}  // namespace nurturer::content
