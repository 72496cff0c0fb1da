#include "engine/dialogue/words.hpp"

#include <algorithm>
#include <string>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/reminders.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"

namespace nurturer::dialogue {
namespace {

constexpr int slowest = 4;  // quarters of the time added

// A question in between is open: what would be good now, may this be kept.
bool asked_between(const Talk& talk) { return talk.asking.script == "common"; }

void again(Stage& stage) {
  if (asked_between(stage.talk)) return interpose(stage, stage.talk.asking.step);
  if (stage.talk.at.empty()) return say_common(stage, "nothing_again");
  repeat(stage);
}

void go_back(Stage& stage) {
  const Talk& talk = stage.talk;
  if (asked_between(talk) && !talk.at.empty()) return repeat(stage);
  const bool chose_to_leave = talk.asking == Place{"common", "what_else"} || talk.asking == Place{"common", "not_helping"};
  if (chose_to_leave && !talk.set_aside.empty()) return follow(stage, {Go::To::resume, {}}, {});
  if (!back(stage)) say_common(stage, "nothing_back");
}

void why(Stage& stage) {
  const Place& place = stage.talk.asking.empty() ? stage.talk.at : stage.talk.asking;
  const Script* script = stage.library.find_script(place.script);
  const Step* step = stage.library.find(place);
  if (step != nullptr && !step->why.empty()) return say_one_of(stage, place.script + "." + step->id + ".why", step->why);
  if (script != nullptr && !script->why.empty()) return say_one_of(stage, script->id + ".why", script->why);
  say_common(stage, "why_nothing");
}

void set_aside_for_choice(Stage& stage, std::string_view step) {
  put_aside(stage);
  interpose(stage, step);
}

void export_data(Stage& stage) {
  stage.private_ = true;
  if (!stage.around.exports) return say_common(stage, "export_nothing");
  stage.effects.emplace_back(Export{});
  say_common(stage, "export_done");
}

void switch_on(Stage& stage) {
  stage.private_ = true;
  before_change(stage);
  stage.person.switched_off.clear();
  stage.talk.flags.remove(understanding::Flag::punished_no);
  say_common(stage, "switched_on");
}

void pace(Stage& stage, bool slower) {
  if (slower)
    stage.talk.slower = std::min(stage.talk.slower + 1, slowest);
  else
    stage.talk.brief = true;
  const bool running = !stage.talk.at.empty();
  if (running) stage.talk.asking = {};  // its choices come with the step, once
  say_common(stage, slower ? "slower" : "shorter");
  if (running) repeat(stage);
}

// What is kept of somebody is nobody else's: in a group these are answered in private.
bool do_private_word(Stage& stage) {
  const bool was_private = stage.private_;
  stage.private_ = was_private || stage.event.group;
  if (stage.hears(Word::exit)) {
    stage.effects.emplace_back(Exit{});
    leave_script(stage.talk);
  } else if (stage.hears(Word::sos))
    say_common(stage, "sos");
  else if (stage.hears(Word::forget_me))
    forget_me(stage);
  else if (stage.hears(Word::what_do_you_know))
    what_do_you_know(stage);
  else if (stage.hears(Word::export_my_data))
    export_data(stage);
  else if (stage.hears(Word::remember_me))
    remember_me(stage);
  else if (stage.hears(Word::dont_remember_me))
    do_not_remember_me(stage);
  else if (stage.hears(Word::switch_on))
    switch_on(stage);
  else if (stage.hears(Word::undo))
    undo(stage);
  else if (stage.hears(Word::reminders))
    list_reminders(stage);
  else {
    stage.private_ = was_private;
    return false;
  }
  return true;
}

}  // namespace

bool do_word(Stage& stage) {
  if (do_private_word(stage)) return true;
  if (stage.hears(Word::stop))
    stop(stage);
  else if (stage.hears(Word::back))
    go_back(stage);
  else if (stage.hears(Word::again))
    again(stage);
  else if (stage.hears(Word::why))
    why(stage);
  else if (stage.hears(Word::quiet)) {
    before_change(stage);
    stage.person.quiet = true;
    leave_script(stage.talk);
    say_common(stage, "quiet_on");
  } else if (stage.hears(Word::help) && understanding::kind(stage.reading.intent) != understanding::Kind::feeling) {
    if (stage.talk.at.script != "help") put_aside(stage);
    if (const Script* help = stage.library.script_of(Intent::help)) start(stage, *help);
  } else
    return false;
  return true;
}

bool do_soft_word(Stage& stage) {
  if (stage.hears(Word::go_on))
    go_on(stage);
  else if (stage.hears(Word::slower))
    pace(stage, true);
  else if (stage.hears(Word::shorter))
    pace(stage, false);
  else if (stage.hears(Word::something_else) || stage.hears(Word::not_that))
    set_aside_for_choice(stage, "what_else");
  else if (stage.hears(Word::not_helping))
    set_aside_for_choice(stage, "not_helping");
  else
    return false;
  return true;
}

bool word_in_crisis(Stage& stage) {
  if (stage.hears(Word::why)) {
    why(stage);
    return true;
  }
  // All of these leave the crisis and its open question as they are.
  const auto crisis = stage.talk.crisis;
  const Place at = stage.talk.at;
  const Place asking = stage.talk.asking;
  if (!do_private_word(stage)) return false;
  stage.talk.crisis = crisis;
  stage.talk.at = at;
  stage.talk.asking = asking;
  return true;
}

}  // namespace nurturer::dialogue
