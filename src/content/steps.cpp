#include <algorithm>

#include "content/conditions.hpp"
#include "content/scripts.hpp"
#include "content/texts.hpp"
#include "content/utf8.hpp"

namespace nurturer::content {
namespace {

using dialogue::Ask;
using dialogue::Go;
using dialogue::Step;

constexpr std::int64_t most_seconds = 600;
constexpr std::int64_t most_rounds = 60;

const Outlined nowhere;

bool needed_by_program(std::string_view script, std::string_view step) {
  return std::ranges::any_of(dialogue::steps_that_the_engine_needs(),
                             [&](const dialogue::Place& place) { return place.script == script && place.step == step; });
}

}  // namespace

StepReader::StepReader(std::string_view script, Drafting& drafting, Mistakes& mistakes)
    : script_(script),
      outlined_(drafting.outline.find(script) == nullptr ? nowhere : *drafting.outline.find(script)),
      drafting_(drafting),
      mistakes_(mistakes) {}

Step StepReader::read(const Value& entry) {
  Table table(entry, "step", mistakes_);
  Step step;
  step.source = mistakes_.at(entry.line);
  read_id(table, step);
  step.fixed = table.yes_no("fixed");
  read_texts(table, step);
  read_paced(table, step);
  if (step.say.empty() && !step.paced && !table.has("say")) {
    mistakes_.add(entry.line, "this step says nothing", "add a line such as: say = [\"Feet on the floor.\"]");
  }
  read_card(table, step);
  read_turns(table, step);
  step.lasts = std::chrono::minutes(table.number("minutes", 1, 60).value_or(0));
  read_way(table, step);
  constexpr std::string_view top = "at the top of the file, before the first [[step]]";
  table.finish({{"about", top},
                {"title", top},
                {"rows", top},
                {"intents", top},
                {"names", top},
                {"card", top},
                {"enter", top},
                {"choices", "into ask = { ... }"},
                {"ranges", "into ask = { ... }"},
                {"keep", "into ask = { ... }"}});
  return step;
}

void StepReader::read_id(Table& table, Step& step) {
  const auto id = table.text("id", "id = \"start\"");
  if (!id) return;
  step.id = id->text;
  if (go_word(id->text) && !needed_by_program(script_, id->text)) {
    mistakes_.add(id->line, in_quotes(id->text) + " has a meaning of its own in \"go\" and cannot be a step",
                  "give the step another id, such as \"close\"", id->text);
  } else if (!good_name(id->text)) {
    mistakes_.add(id->line, in_quotes(id->text) + " cannot be the id of a step", "use small letters, digits and _ only", id->text);
  }
  const auto [first, is_new] = ids_.emplace(id->text, id->line);
  if (is_new) return;
  mistakes_.add(
      id->line,
      "two steps of this script have the id " + in_quotes(id->text) + "; the first stands in line " + std::to_string(first->second),
      "give this one an id of its own", id->text);
}

void StepReader::check_text(const Words& text, std::size_t most, std::string_view what) {
  check_length(text, most, what, mistakes_);
  check_slots(text, outlined_.slots, mistakes_);
}

void StepReader::read_texts(Table& table, Step& step) {
  const std::size_t most = safety() || step.fixed ? longest_fixed_text : longest_text;
  const auto told = mistakes_.all().size();
  const auto say = table.texts("say");
  if (table.has("say") && say.empty() && mistakes_.all().size() == told) {
    mistakes_.add(table.line(), "\"say\" holds no sentence", "write it like this: say = [\"Feet on the floor.\"]");
  }
  for (const Words& variant : say) check_text(variant, most, "this text");
  check_for_everybody(say, mistakes_);
  step.say = without_lines(say);
  read_brief(table, say, step);
  const auto why = table.texts("why");
  for (const Words& text : why) check_text(text, most, "this text");
  check_for_everybody(why, mistakes_);
  step.why = without_lines(why);
}

void StepReader::read_brief(Table& table, const std::vector<Words>& say, Step& step) {
  if (const auto brief = table.text("brief")) {
    check_text(*brief, longest_brief, "\"brief\"");
    check_for_everybody({*brief}, mistakes_);
    step.brief = brief->text;
  }
  if (table.has("brief") || step.fixed) return;
  const auto long_one = std::ranges::find_if(say, [](const Words& variant) { return characters(variant.text) > longest_brief; });
  if (long_one == say.end()) return;
  mistakes_.add(long_one->line,
                "this step has a text of more than " + std::to_string(longest_brief) + " characters and no short form of it",
                "add brief = \"...\" to the step, with at most " + std::to_string(longest_brief) + " characters", long_one->text);
}

void StepReader::read_paced(Table& table, Step& step) {
  const Value* const value = table.table("paced");
  if (value == nullptr) return;
  dialogue::Paced& paced = step.paced.emplace();
  Table run(*value, "paced run", mistakes_);
  for (const Value* const entry : run.tables("lines", "lines = [{ text = \"In, 2, 3, 4\", after = 0 }]")) {
    Table line(*entry, "line", mistakes_);
    const auto text = line.text("text", "text = \"In, 2, 3, 4\"");
    const auto after = line.number("after", 0, most_seconds, "after = 4");
    line.finish();
    if (!text) continue;
    check_text(*text, longest_text, "this line");
    check_for_everybody({*text}, mistakes_);
    paced.lines.push_back({text->text, std::chrono::seconds(after.value_or(0))});
  }
  paced.times = static_cast<int>(run.number("times", 1, most_rounds).value_or(1));
  if (const auto held = run.text("held", "held = \"In, 2, 3, 4 - out, 2, 3, 4, 5, 6: six times.\"")) {
    check_text(*held, longest_text, "this text");
    check_for_everybody({*held}, mistakes_);
    paced.held = held->text;
  }
  run.finish();
}

void StepReader::read_card(Table& table, Step& step) {
  step.not_with = flags_of(table.texts("not_with"), mistakes_);
  const auto instead = table.text("instead");
  if (instead) step.instead = instead->text;
  if (instead && !outlined_.has(instead->text)) {
    mistakes_.add(
        instead->line, "there is no step " + in_quotes(instead->text) + " to say instead",
        did_you_mean(instead->text, Names(outlined_.steps.begin(), outlined_.steps.end()), "write the id of a step of this script"),
        instead->text);
  }
  if (table.has("not_with") != table.has("instead")) {
    const bool lacks = table.has("not_with");
    mistakes_.add(
        table.line(),
        lacks ? "this step has \"not_with\" and does not say what comes instead" : "this step has \"instead\" and does not say for whom",
        lacks ? "add the id of another step of this script: instead = \"...\"" : "add the flags: not_with = [\"heart\"]");
  }
}

void StepReader::read_turns(Table& table, Step& step) {
  for (const Value* const entry : table.tables("turns")) {
    Table turn(*entry, "turn", mistakes_);
    const auto when = read_when(turn, drafting_);
    const auto to = turn.text("step", "step = \"short\"");
    turn.finish();
    if (!to) continue;
    step.turns.push_back({when, to->text});
    if (outlined_.has(to->text)) continue;
    mistakes_.add(to->line, "there is no step " + in_quotes(to->text) + " to turn to",
                  did_you_mean(to->text, Names(outlined_.steps.begin(), outlined_.steps.end()), "write the id of a step of this script"),
                  to->text);
  }
}

std::optional<Go> StepReader::read_go(Table& table, std::string_view example) {
  const auto written = table.text("go", example);
  return written ? drafting_.outline.follow(*written, script_, mistakes_) : std::nullopt;
}

void StepReader::read_way(Table& table, Step& step) {
  const Value* const ask = table.table("ask");
  step.go = read_go(table, {});
  step.checks = flags_of(table.texts("checks"), mistakes_);
  const bool leads_out = step.go && (step.go->to != Go::To::step || step.go->place.script != script_);
  if (table.has("checks")) {
    check_skip(table, leads_out);
  } else if (!table.has("ask") && !table.has("go")) {
    mistakes_.add(table.line(), "this step neither asks nor leads on, so the talk would stand still",
                  "add go = \"end\", go = \"another_step\", or an ask");
  } else if (table.has("ask") && table.has("go")) {
    mistakes_.add(table.line(), "this step has both \"ask\" and \"go\"", "keep one: with an ask, each choice has its own go");
  }
  if (ask != nullptr) read_ask(*ask, step);
}

void StepReader::check_skip(Table& table, bool leads_out) {
  if (!table.has("ask") || !table.has("go")) {
    mistakes_.add(table.line(), "a step with \"checks\" needs \"ask\" for those who were not asked yet, and \"go\" for all others",
                  table.has("ask") ? "add where the skip leads: go = \"round\"" : "add the ask, or take \"checks\" away");
  } else if (leads_out) {
    mistakes_.add(table.line(), "the \"go\" of a step with \"checks\" leads out of this script", "lead to a step of the same script");
  }
}

}  // namespace nurturer::content
