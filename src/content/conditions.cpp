#include "content/conditions.hpp"

namespace nurturer::content {
namespace {

using dialogue::BodyState;
using dialogue::DayPart;
using dialogue::When;

constexpr std::string_view example = "when = [\"heart\"]";
constexpr std::int64_t most_often = 100;

std::vector<dialogue::Own> own_things(Table& table, std::string_view key) {
  std::vector<dialogue::Own> things;
  for (const Words& written : table.texts(key)) {
    if (const auto own = own_of(written, table.mistakes())) things.push_back(*own);
  }
  return things;
}

template <class Named>
std::vector<Named> named_of(Table& table, std::string_view key, std::optional<Named> (*named)(std::string_view) noexcept, const Names& known) {
  std::vector<Named> all;
  for (const Words& written : table.texts(key)) {
    const auto value = named(written.text);
    if (value) {
      all.push_back(*value);
    } else {
      table.mistakes().add(written.line, in_quotes(written.text) + " is nothing that \"" + std::string(key) + "\" can be",
                           did_you_mean(written.text, known, ""), written.text);
    }
  }
  return all;
}

std::optional<bool> either(Table& table, std::string_view key) {
  if (!table.has(key)) {
    (void)table.take(key);
    return std::nullopt;
  }
  return table.yes_no(key);
}

int often(Table& table, std::string_view key) { return static_cast<int>(table.number(key, 1, most_often).value_or(0)); }

}  // namespace

Names own_names() {
  Names names;
  for (std::size_t i = 0; i < dialogue::own_count; ++i) names.push_back(name(static_cast<dialogue::Own>(i)));
  return names;
}

std::optional<dialogue::Own> own_of(const Words& written, Mistakes& mistakes) {
  const auto own = dialogue::own_named(written.text);
  if (!own) {
    mistakes.add(written.line, "nobody tells a thing called " + in_quotes(written.text),
                 did_you_mean(written.text, own_names(), "the things are " + one_of(own_names())), written.text);
  }
  return own;
}

When read_when(Table& table, Drafting& drafting) {
  When when;
  const Value* const written = table.take("when");
  if (written == nullptr || written->kind == Value::Kind::list || written->kind != Value::Kind::table) {
    when.flags = flags_of(table.texts("when", example), table.mistakes());
    return when;
  }
  Table whole(*written, "condition", table.mistakes());
  when.flags = flags_of(whole.texts("flags"), table.mistakes());
  when.state = named_of<BodyState>(whole, "state", dialogue::body_state_named, {"alarm", "shutdown", "safe", "unknown"});
  when.time = named_of<DayPart>(whole, "time", dialogue::day_part_named, {"morning", "day", "evening", "night"});
  when.told = own_things(whole, "told");
  when.not_told = own_things(whole, "not_told");
  when.loud = either(whole, "loud");
  when.helped = either(whole, "helped");
  when.group = either(whole, "group");
  when.away = often(whole, "away");
  when.lately = often(whole, "lately");
  when.practised = often(whole, "practised");
  when.says = drafting.phrases.add(without_lines(whole.texts("says")), table.mistakes().at(written->line));
  whole.finish();
  if (written->items.empty()) table.mistakes().add(written->line, "this condition is empty", "write it like this: " + std::string(example));
  return when;
}

}  // namespace nurturer::content
