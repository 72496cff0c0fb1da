#include "content/scripts.hpp"

#include <algorithm>

#include "content/conditions.hpp"
#include "content/texts.hpp"

namespace nurturer::content {
namespace {

using dialogue::Card;
using dialogue::Script;

constexpr std::int64_t last_row = 33;

/// Tells that `what` belongs to another script already. True if it was free.
bool take(Taken& taken, const std::string& key, const Words& written, std::string_view problem, std::string_view remedy,
          Mistakes& mistakes) {
  const auto [first, is_new] = taken.emplace(key, mistakes.at(written.line));
  if (is_new) return true;
  mistakes.add(written.line, std::string(problem) + ": " + first->second.file + ":" + std::to_string(first->second.line),
               std::string(remedy), written.text);
  return false;
}

void read_intents(Table& table, Drafting& drafting, Script& script) {
  for (const Words& written : table.texts("intents")) {
    const auto intent = intent_of(written, table.mistakes());
    if (intent && take(drafting.intents, written.text, written,
                    "the intent " + in_quotes(written.text) + " leads to two scripts; the other one is here",
                    "take it away from one of the two", table.mistakes())) {
      script.intents.push_back(*intent);
    }
  }
}

std::string with_spaces(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

/// What people may type: without "names" the script's own name, but never that of a script of the program's own ("common", "safety.*").
std::vector<Words> names_of(Table& table, const Script& script) {
  if (table.has("names")) return table.texts("names");
  (void)table.take("names");
  if (script.id == "common" || script.id.find('.') != std::string::npos) return {};
  return {{with_spaces(script.id), table.line()}};
}

void read_names(Table& table, Drafting& drafting, Script& script) {
  std::vector<std::string> patterns;
  std::uint32_t line = script.source.line;
  for (const Words& name : names_of(table, script)) {
    const std::string pattern = whole_message(name.text);
    if (name.text.find_first_of("(){}|~^$") != std::string::npos || pattern.empty()) {
      table.mistakes().add(name.line, "a name is plain words that a person types, and this is not: " + in_quotes(name.text),
                           "write it as it is typed: names = [\"slow breathing\"]", name.text);
    } else if (take(drafting.names, pattern, name, in_quotes(name.text) + " is the name of two scripts; the other one is here",
                    "give one of them another name", table.mistakes())) {
      patterns.push_back(pattern);
      line = name.line;
    }
  }
  script.names = drafting.phrases.add(patterns, table.mistakes().at(line));
}

void read_instead(Table& table, Drafting& drafting, Card& card) {
  const auto instead = table.text("instead");
  if (!instead) return;
  card.instead = instead->text.substr(instead->text.starts_with('@') ? 1 : 0);
  if (drafting.outline.find(card.instead) != nullptr) return;
  table.mistakes().add(instead->line, "there is no script " + in_quotes(card.instead) + " to lead instead",
                       did_you_mean(card.instead, drafting.outline.scripts(), "write the name of a file, without .toml"), instead->text);
}

void read_card(const Value& value, Drafting& drafting, Script& script, Mistakes& mistakes) {
  Table table(value, "card", mistakes);
  Card& card = script.card.emplace();
  card.minutes = static_cast<int>(table.number("minutes", 1, 60, "minutes = 3").value_or(3));
  const Names known{"open", "closed", "either"};
  if (const auto eyes = table.text("eyes", "eyes = \"open\"")) {
    card.eyes = eyes->text;
    if (std::ranges::find(known, eyes->text) == known.end()) {
      mistakes.add(eyes->line, "eyes cannot be " + in_quotes(eyes->text), did_you_mean(eyes->text, known, ""), eyes->text);
    }
  }
  card.needs = without_lines(table.texts("needs"));
  card.not_with = flags_of(table.texts("not_with"), mistakes);
  if (const auto ends = table.text("ends", "ends = \"room\"")) card.ends = ends->text;
  read_instead(table, drafting, card);
  card.asked_only = table.yes_no("asked_only");
  table.finish();
}

void read_entry(Table& table, const Outlined& outlined, Drafting& drafting, Script& script) {
  const auto when = read_when(table, drafting);
  const auto step = table.text("step");
  const auto go = table.text("go");
  Mistakes& mistakes = table.mistakes();
  if (step && !outlined.has(step->text)) {
    mistakes.add(step->line, "there is no step " + in_quotes(step->text) + " to enter by",
                 did_you_mean(step->text, Names(outlined.steps.begin(), outlined.steps.end()), "write the id of a step of this file"),
                 step->text);
  } else if (step) {
    script.enter.push_back({when, {script.id, step->text}});
  } else if (go && go->text.starts_with('@')) {
    const auto to = drafting.outline.follow(*go, script.id, mistakes);
    if (to) script.enter.push_back({when, to->place});
  } else {
    mistakes.add(table.line(), "this entry does not say where it leads",
                 "add a step of this file, step = \"short\", or another script, go = \"@senses\"");
  }
}

void read_entries(Table& file, const Outlined& outlined, Drafting& drafting, Script& script) {
  for (const Value* const entry : file.tables("enter")) {
    Table table(*entry, "entry", file.mistakes());
    read_entry(table, outlined, drafting, script);
    table.finish();
  }
}

// Other ways of asking for the script, with sentences that are tried out by check().
void read_phrases(Table& table, Drafting& drafting, Script& script) {
  const auto patterns = without_lines(table.texts("phrases"));
  script.should_find = without_lines(table.texts("should_find"));
  script.should_not_find = without_lines(table.texts("should_not_find"));
  script.phrases = drafting.phrases.add(patterns, table.mistakes().at(std::max(1U, table.mistakes().page().find("phrases", 1))));
  if (!patterns.empty() && script.should_find.empty()) {
    table.mistakes().add(table.mistakes().page().find("phrases", 1), "these phrases have no sample",
                         "add a sentence in which one of them is heard: should_find = [\"...\"]", "phrases");
  }
}

void read_head(Table& table, Drafting& drafting, Script& script) {
  Mistakes& mistakes = table.mistakes();
  if (const auto about = table.text("about", "about = \"Breathing out longer than in, about three minutes.\"")) {
    script.about = about->text;
    check_length(*about, longest_about, "\"about\"", mistakes);
  }
  const auto title = table.text("title");
  script.title = title ? title->text : with_spaces(script.id);
  if (title) check_length(*title, longest_label, "\"title\"", mistakes);
  if (const Value* const rows = table.take("rows")) {
    const bool good = rows->kind == Value::Kind::list && std::ranges::all_of(rows->items, [](const Value& row) {
                        return row.kind == Value::Kind::number && row.number >= 1 && row.number <= last_row;
                      });
    if (!good)
      mistakes.add(rows->key_line, "\"rows\" should be a list of numbers from 1 to " + std::to_string(last_row),
                   "write the numbers of the ideas, or none: rows = [1, 29]", "rows");
    else
      for (const Value& row : rows->items) script.rows.push_back(static_cast<int>(row.number));
  }
  read_intents(table, drafting, script);
  read_names(table, drafting, script);
  read_phrases(table, drafting, script);
  for (const Words& why : table.texts("why")) {
    script.why.push_back(why.text);
    check_length(why, longest_text, "this text", mistakes);
    check_slots(why, {}, mistakes);
  }
  if (const Value* const card = table.table("card")) read_card(*card, drafting, script, mistakes);
}

}  // namespace

std::optional<understanding::Intent> intent_of(const Words& written, Mistakes& mistakes) {
  const auto intent = understanding::intent_named(written.text);
  if (intent) return intent;
  Names known;
  for (std::size_t i = 0; i < understanding::intent_count; ++i) known.push_back(name(static_cast<understanding::Intent>(i)));
  mistakes.add(written.line, "there is no intent " + in_quotes(written.text),
               did_you_mean(written.text, known, "write one of the labels, such as panic"), written.text);
  return std::nullopt;
}

void read_script(const Value& file, Drafting& drafting, Mistakes& mistakes) {
  const Outlined& outlined = *drafting.outline.find(mistakes.page().name());
  Script script;
  script.id = mistakes.page().name();
  script.source = mistakes.at(1);
  if (script.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") != std::string::npos) {
    mistakes.add(0, in_quotes(script.id) + " cannot be the name of a script",
                 "rename the file: small letters, digits and _ only, such as warm_drink.toml");
  }
  Table table(file, "file", mistakes);
  read_head(table, drafting, script);
  read_entries(table, outlined, drafting, script);
  StepReader steps(script.id, drafting, mistakes);
  const auto entries = table.tables("step", "[[step]]");
  script.steps.reserve(entries.size());
  for (const Value* const entry : entries) script.steps.push_back(steps.read(*entry));
  table.finish({{"say", "to a step: write [[step]] above it"},
                {"ask", "to a step: write [[step]] above it"},
                {"go", "to a step: write [[step]] above it"},
                {"id", "to a step: write [[step]] above it"}});
  // A script without steps would have no first one to begin with.
  if (!script.steps.empty()) drafting.library.scripts.push_back(std::move(script));
}

void read_words(const Value& file, Drafting& drafting, Mistakes& mistakes) {
  auto& words = drafting.library.words;
  words.resize(dialogue::word_count);
  Names known;
  for (std::size_t i = 0; i < dialogue::word_count; ++i) known.push_back(name(static_cast<dialogue::Word>(i)));
  Table table(file, "file", mistakes);
  Taken taken;
  std::set<std::string, std::less<>> misspelt;
  for (const Value* const entry : table.tables("word", "[[word]]")) {
    Table word(*entry, "word", mistakes);
    const auto id = word.text("id", "id = \"back\"");
    const auto patterns = without_lines(word.texts("patterns", "patterns = [\"^ back $\"]"));
    word.finish();
    if (!id) continue;
    const auto meant = dialogue::word_named(id->text);
    if (!meant) {
      if (const auto near = nearest(id->text, known)) misspelt.emplace(*near);  // so it is not missing
      mistakes.add(id->line, "the program knows no word " + in_quotes(id->text),
                   did_you_mean(id->text, known, "the words are " + one_of(known)), id->text);
    } else if (take(taken, id->text, *id, "the word " + in_quotes(id->text) + " stands here twice", "put all patterns into one of the two",
                    mistakes)) {
      words[static_cast<std::size_t>(*meant)] = drafting.phrases.add(patterns, mistakes.at(entry->line));
    }
  }
  table.finish();
  for (const auto word : known) {
    if (!taken.contains(word) && !misspelt.contains(word))
      mistakes.add(0, "the word " + in_quotes(word) + " is missing", "add [[word]] with id = " + in_quotes(word) + " and its patterns");
  }
}

}  // namespace nurturer::content
