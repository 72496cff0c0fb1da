#include <algorithm>

#include "content/conditions.hpp"
#include "content/scripts.hpp"
#include "content/texts.hpp"

namespace nurturer::content {
namespace {

using dialogue::Ask;
using dialogue::Choice;
using dialogue::Step;

std::optional<Ask::Kind> kind_of(std::string_view written) noexcept {
  if (written == "choice") return Ask::Kind::choice;
  if (written == "rating") return Ask::Kind::rating;
  if (written == "free") return Ask::Kind::free;
  return std::nullopt;
}

}  // namespace

void StepReader::read_ask(const Value& entry, Step& step) {
  Table table(entry, "question", mistakes_);
  const auto written = table.text("kind", "kind = \"choice\"");
  if (!written) return;
  const auto kind = kind_of(written->text);
  if (!kind) {
    mistakes_.add(written->line, "there is no question of the kind " + in_quotes(written->text),
                  did_you_mean(written->text, {"choice", "rating", "free"}, ""), written->text);
    return;
  }
  step.ask.kind = *kind;
  if (*kind == Ask::Kind::rating) read_rating(table, step.ask);
  if (*kind == Ask::Kind::free) read_free(table, step.ask);
  read_choices(table, step.id, step.ask);
  table.finish({{"ranges", "to a question of the kind \"rating\""},
                {"answers", "to a question of the kind \"free\""},
                {"tells", "to a question of the kind \"free\", or to a choice"},
                {"keep", "to questions of the kind \"rating\" or \"free\""},
                {"go", "to a question of the kind \"free\"; here each choice or range has its own"}});
}

void StepReader::read_rating(Table& table, Ask& ask) {
  if (const auto keep = table.text("keep")) {
    ask.keep = keep->text;
    if (keep->text != "before" && keep->text != "after") {
      mistakes_.add(keep->line, "a rating is kept as \"before\" or as \"after\", not as " + in_quotes(keep->text),
                    "write keep = \"before\" or keep = \"after\", or take it away", keep->text);
    }
  }
  int covered = -1;
  std::uint32_t last_line = table.line();
  const auto ranges = table.tables("ranges", "ranges = [{ up_to = 3, go = \"low\" }, { up_to = 10, go = \"high\" }]");
  for (const Value* const entry : ranges) {
    Table range(*entry, "range", mistakes_);
    const auto up_to = range.number("up_to", 0, 10, "up_to = 10");
    const auto go = read_go(range, "go = \"low\"");
    range.finish();
    if (!up_to) continue;
    if (*up_to <= covered) {
      mistakes_.add(entry->line, "the ranges do not rise: " + std::to_string(*up_to) + " comes after " + std::to_string(covered),
                    "write them from the lowest to the highest");
    }
    covered = std::max(covered, static_cast<int>(*up_to));
    last_line = entry->line;
    if (go) ask.ranges.push_back({static_cast<int>(*up_to), *go});
  }
  if (!ranges.empty() && covered < 10) {
    mistakes_.add(
        last_line,
        covered == 9 ? "nothing is said for a rating of 10" : "nothing is said for ratings from " + std::to_string(covered + 1) + " to 10",
        "let the last range be { up_to = 10, go = \"...\" }");
  }
}

void StepReader::read_free(Table& table, Ask& ask) {
  if (const auto keep = table.text("keep")) {
    ask.keep = keep->text;
    const bool taken = std::ranges::find(slots_of_program(), keep->text) != slots_of_program().end() || is_own_slot(keep->text);
    if (!good_name(keep->text) || taken) {
      mistakes_.add(
          keep->line,
          taken ? "the slot {" + keep->text + "} is filled by the program itself" : in_quotes(keep->text) + " cannot be the name of a slot",
          taken ? "give this answer another name" : "use small letters, digits and _ only", keep->text);
    }
  }
  if (const auto tells = table.text("tells")) ask.tells = own_of(*tells, mistakes_);
  for (const Value* const entry : table.tables("answers")) read_answer(*entry, ask);
  if (const auto go = read_go(table, "go = \"next\"")) ask.go = *go;
}

void StepReader::read_answer(const Value& entry, Ask& ask) {
  Table table(entry, "answer", mistakes_);
  dialogue::Answer answer;
  const auto intents = table.texts("intents");
  for (const Words& written : intents) {
    if (const auto intent = intent_of(written, mistakes_)) answer.intents.push_back(*intent);
  }
  const auto words = without_lines(table.texts("words", intents.empty() ? "words = [\"{family}\"]" : ""));
  const auto go = read_go(table, "go = \"family\"");
  answer.sets = flags_of(table.texts("sets"), mistakes_);
  table.finish();
  answer.words = drafting_.phrases.add(words, mistakes_.at(entry.line));
  if (!go || (!answer.words && answer.intents.empty())) return;
  answer.go = *go;
  ask.answers.push_back(std::move(answer));
}

void StepReader::read_choices(Table& table, std::string_view step, Ask& ask) {
  const bool needed = ask.kind == Ask::Kind::choice;
  const auto entries = table.tables("choices", needed ? "choices = [{ label = \"ready\", go = \"round\" }]" : "");
  if (needed && table.has("choices") && entries.empty()) {
    mistakes_.add(table.line(), "this question has no choices", "write them like this: choices = [{ label = \"ready\", go = \"round\" }]");
  }
  std::map<std::string, std::string> labels;
  for (const Value* const entry : entries) {
    Choice choice = read_choice(*entry, step, ask.choices.size() + 1);
    const auto [first, is_new] = labels.emplace(whole_message(choice.label), choice.label);
    if (!is_new && !choice.label.empty()) {
      mistakes_.add(entry->line, "two choices of this question are called " + in_quotes(choice.label),
                    "a person who types it means one of them: give them different labels", choice.label);
    }
    ask.choices.push_back(std::move(choice));
  }
}

Choice StepReader::read_choice(const Value& entry, std::string_view step, std::size_t number) {
  Table table(entry, "choice", mistakes_);
  Choice choice;
  std::vector<std::string> patterns;
  if (const auto label = table.text("label", "label = \"ready\"")) {
    choice.label = label->text;
    check_length(*label, longest_label, "this label", mistakes_);
    if (label->text.find_first_of("{}") != std::string::npos) {
      mistakes_.add(label->line, "a label cannot hold a slot", "write plain words: people press and type them", label->text);
    }
    if (auto pattern = whole_message(label->text); !pattern.empty()) patterns.push_back(std::move(pattern));
  }
  for (Words& words : table.texts("words")) patterns.push_back(std::move(words.text));
  std::vector<std::string> heard;
  for (Words& words : table.texts("heard")) heard.push_back(std::move(words.text));
  if (const auto go = read_go(table, "go = \"round\"")) choice.go = *go;
  choice.sets = flags_of(table.texts("sets"), mistakes_);
  choice.clears = flags_of(table.texts("clears"), mistakes_);
  if (choice.sets.any(choice.clears))
    mistakes_.add(entry.line, "this choice both sets and clears the same flag", "take it away from one of the two");
  read_told(table, choice);
  read_choice_id(table, entry.line, script_ + "." + std::string(step) + "." + std::to_string(number), choice);
  table.finish();
  choice.words = drafting_.phrases.add(patterns, mistakes_.at(entry.line));
  choice.heard = drafting_.phrases.add(heard, mistakes_.at(entry.line));
  return choice;
}

void StepReader::read_told(Table& table, Choice& choice) {
  if (const auto state = table.text("state")) {
    const auto told = dialogue::body_state_named(state->text);
    choice.state = told.value_or(dialogue::BodyState::unknown);
    if (!told) {
      mistakes_.add(state->line, "the body has no state " + in_quotes(state->text),
                    did_you_mean(state->text, {"alarm", "shutdown", "safe"}, ""), state->text);
    }
  }
  const auto tells = table.text("tells");
  const auto as = table.text("as");
  if (tells) choice.tells = own_of(*tells, mistakes_);
  if (as) choice.as = as->text;
  if (as) check_slots(*as, outlined_.slots, mistakes_);
  if (tells.has_value() != as.has_value()) {
    mistakes_.add(table.line(), "\"tells\" and \"as\" belong together: what is told, and in which words",
                  "write both: tells = \"nurturer\", as = \"my grandmother\"");
  }
}

void StepReader::read_choice_id(Table& table, std::uint32_t line, const std::string& by_default, Choice& choice) {
  const auto written = table.text("id");
  choice.id = written ? written->text : by_default;
  const auto [first, is_new] = drafting_.choices.emplace(choice.id, mistakes_.at(line));
  if (is_new || !written) return;
  mistakes_.add(written->line,
                "there is a choice with the id " + in_quotes(choice.id) + " already, in " + first->second.file + ":" +
                    std::to_string(first->second.line),
                "give this one an id of its own, or none", choice.id);
}

}  // namespace nurturer::content
