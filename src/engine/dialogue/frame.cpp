#include "engine/dialogue/frame.hpp"

#include <algorithm>

#include "engine/dialogue/speech.hpp"

namespace nurturer::dialogue {
namespace {

Say* first_line(Stage& stage) {
  const auto first = std::ranges::find_if(stage.effects, [](const Effect& e) { return std::holds_alternative<Say>(e); });
  return first == stage.effects.end() ? nullptr : &std::get<Say>(*first);
}

// In a crisis, and when numbers are asked for, help comes first: what I am stands below the lines, and the question to answer stays the last word.
void disclose_in_crisis(Stage& stage, const std::string& text) {
  std::vector<Say*> lines;
  for (Effect& effect : stage.effects) {
    if (auto* line = std::get_if<Say>(&effect)) lines.push_back(line);
  }
  lines[lines.size() < 2 ? 0 : lines.size() - 2]->text += "\n\n" + text;
}

void disclose(Stage& stage) {
  Say* first = first_line(stage);
  const bool leaves = std::ranges::any_of(stage.effects, [](const Effect& e) { return std::holds_alternative<Exit>(e); });
  if (first == nullptr || leaves || stage.refuses_press || stage.undisclosed) return;
  if (stage.talk.disclosed != Time{} && stage.moment.now - stage.talk.disclosed < disclosure_every) return;
  const Step* step = stage.library.find({"common", "disclosure"});
  if (step == nullptr) return;
  stage.talk.disclosed = stage.moment.now;
  const std::string& text = step->say.front();
  if (stage.in_crisis() || stage.hears(Word::sos)) return disclose_in_crisis(stage, text);
  if (stage.messages >= longest_answer) {
    first->text = text + "\n\n" + first->text;
  } else {
    stage.effects.insert(stage.effects.begin(), Say{text, {}, std::chrono::seconds{0}, first->place, first->private_});
  }
}

// An answer after an outage says so before all else, within its first message: an answer has no room for a fourth.
void excuse_lateness(Stage& stage) {
  const Step* step = stage.library.find({"common", "was_not_reachable"});
  Say* line = first_line(stage);
  if (stage.event.late && step != nullptr && line != nullptr) line->text = step->say.front() + "\n\n" + line->text;
}

void say_what_holds(Stage& stage) {
  if (stage.text.truncated && stage.messages < longest_answer) say_common(stage, "too_long");
  if (stage.around.store_broken && !stage.talk.told_not_kept && stage.messages < longest_answer) {
    stage.talk.told_not_kept = true;
    say_common(stage, "not_kept");
  }
}

}  // namespace

void frame(Stage& stage) {
  if (stage.effects.empty()) return;
  say_what_holds(stage);
  disclose(stage);
  excuse_lateness(stage);
}

}  // namespace nurturer::dialogue
