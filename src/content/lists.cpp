#include "content/intents.hpp"
#include "content/outline.hpp"

namespace nurturer::content {
namespace {

constexpr const char* any_word = "word";

/// "[list]" and its like: every setting in it is a name of the author's own.
template <typename Each>
void each_of(Table& file, std::string_view section, Each&& each) {
  const Value* const table = file.table(section);
  if (table == nullptr) return;
  for (const Value& item : table->items) each(item);
}

bool is_list(const Value& item, Mistakes& mistakes) {
  if (item.kind == Value::Kind::list) return true;
  mistakes.add(item.key_line, in_quotes(item.key) + " should be a list of words",
               "write it like this: " + item.key + " = [\"...\", \"...\"]", item.key);
  return false;
}

/// Stands in for a list that could not be read, so that nobody is told that it does not exist.
void stand_in(const std::string& name, std::uint32_t line, Taken& taken, understanding::LanguageSource& into, Mistakes& mistakes) {
  if (!good_name(name) || !taken.emplace(name, mistakes.at(line)).second) return;
  into.lists.push_back({name, {any_word}, mistakes.at(line)});
}

void read_list(const Value& item, Taken& taken, understanding::LanguageSource& into, Mistakes& mistakes) {
  if (!good_name(item.key)) {
    mistakes.add(item.key_line, in_quotes(item.key) + " cannot be the name of a list",
                 "use small letters, digits and _ only, so that it can be written {" + std::string("name") + "} in a pattern", item.key);
    return;
  }
  if (!is_list(item, mistakes)) return stand_in(item.key, item.key_line, taken, into, mistakes);
  const auto [first, is_new] = taken.emplace(item.key, mistakes.at(item.key_line));
  if (!is_new) {
    mistakes.add(item.key_line,
                 "there is a list " + in_quotes(item.key) + " already, in " + first->second.file + ":" + std::to_string(first->second.line),
                 "put all its words into one of the two, or give this one another name", item.key);
    return;
  }
  if (item.items.empty()) {
    mistakes.add(item.key_line, "the list " + in_quotes(item.key) + " is empty", "write words into it, or take it away", item.key);
  }
  std::vector<std::string> entries = without_lines(texts_of(item, mistakes));
  if (entries.empty()) entries.emplace_back(any_word);
  into.lists.push_back({item.key, std::move(entries), mistakes.at(item.key_line)});
}

void read_short_form(const Value& item, understanding::LanguageSource& into, Mistakes& mistakes) {
  if (item.kind != Value::Kind::text || item.text.empty()) {
    mistakes.add(item.key_line, in_quotes(item.key) + " should be the words that are read in its place",
                 "write it like this: \"" + item.key + "\" = \"right now\"", item.key);
    return;
  }
  into.short_forms.push_back({item.key, item.text, mistakes.at(item.key_line)});
}

void read_forms(const Value& item, understanding::LanguageSource& into, Mistakes& mistakes) {
  if (!is_list(item, mistakes)) return;
  std::vector<std::string> forms{item.key};
  for (Words& form : texts_of(item, mistakes)) forms.push_back(std::move(form.text));
  into.irregular_forms.push_back(std::move(forms));
}

void append(std::vector<std::string>& into, const std::vector<Words>& words) {
  for (const Words& word : words) into.push_back(word.text);
}

}  // namespace

void read_lists(const Value& file, Taken& taken, understanding::LanguageSource& into, Mistakes& mistakes) {
  Table table(file, "file of lists", mistakes);
  each_of(table, "list", [&](const Value& item) { read_list(item, taken, into, mistakes); });
  each_of(table, "short_form", [&](const Value& item) { read_short_form(item, into, mistakes); });
  each_of(table, "forms", [&](const Value& item) { read_forms(item, into, mistakes); });
  if (const Value* const section = table.table("words")) {
    Table words(*section, "section [words]", mistakes);
    append(into.maskable, words.texts("maskable"));
    append(into.addressing, words.texts("addressing"));
    append(into.common_words, words.texts("common"));
    words.finish();
  }
  table.finish();
}

void guess_lists(const Page& page, Taken& taken, understanding::LanguageSource& into, Mistakes& mistakes) {
  for (std::uint32_t number = 1; number <= page.lines(); ++number) {
    const std::string_view line = page.line(number);
    const auto end = line.find_first_of(" \t=");
    if (end == std::string_view::npos || line.find('=', end) == std::string_view::npos) continue;
    stand_in(std::string(line.substr(0, end)), number, taken, into, mistakes);
  }
}

}  // namespace nurturer::content
