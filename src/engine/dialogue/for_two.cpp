#include "engine/dialogue/for_two.hpp"

#include <algorithm>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/for_two_request.hpp"
#include "engine/dialogue/for_two_steps.hpp"
#include "engine/dialogue/for_two_turns.hpp"
#include "engine/dialogue/walk.hpp"

namespace nurturer::dialogue {
namespace {

using What = ForTwo::What;
using At = ForTwo::At;
using understanding::Kind;

constexpr std::chrono::minutes longer_by{10};
constexpr std::chrono::hours too_late{2};  // of what fell due while nobody served

Place at(std::string step) { return for_two_step(std::move(step)); }

void stop_here(Stage& stage) {
  // Until both are in it, that somebody stepped back is told to nobody: the line is the same, and comes when the ten minutes are over.
  ForTwo& two = *stage.room->two;
  if (two.at == At::asked) {
    two.first_may = two.second_said_yes = false;
    return say_apart(stage, at("stepped_back"));
  }
  if (two.at == At::running) say_step(stage, "stopped", false);
  end_for_two(stage);
}

void make_longer(Stage& stage) {
  ForTwo& two = *stage.room->two;
  if (two.longer) return say_apart(stage, at("longer_once"));
  two.longer = true;
  two.due += longer_by;
  two.first_back = two.second_back = false;
  ++two.serial;
  say_step(stage, "longer", true);
}

void come_back(Stage& stage, bool first) {
  ForTwo& two = *stage.room->two;
  bool& back = first ? two.first_back : two.second_back;
  if (back) return say_apart(stage, at("back_noted"));
  back = true;
  const bool both = two.first_back && two.second_back;
  if (!both && two.second_said_yes) return say_step(stage, "one_back", false);
  say_step(stage, both ? "both_back" : "back_alone", false);
  end_for_two(stage);
}

// What one of the two pressed or said of what the step offers. False: the step offers no such thing.
bool act(Stage& stage, std::string_view by) {
  ForTwo& two = *stage.room->two;
  const bool first = stage.event.from == two.first;
  if (by == "stop") {
    stop_here(stage);
  } else if (two.at == At::proposed) {
    int minutes = 0;
    for (const char c : by) minutes = c >= '0' && c <= '9' ? minutes * 10 + (c - '0') : minutes;
    if (!first || minutes == 0) return false;
    begin_time_out(stage, Time{std::chrono::ceil<std::chrono::minutes>(stage.moment.now + std::chrono::minutes{minutes})});
  } else if (two.what == What::time_out) {
    if (!first && !two.second_said_yes) {
      two.second_said_yes = true;  // who presses there is in it
      two.answer_until = {};
    }
    if (by == "longer")
      make_longer(stage);
    else
      come_back(stage, first);
  } else if (const auto next = turn_after(two, by)) {
    if (next->swaps) two.swapped = !two.swapped;
    show_turn(stage, next->step);
  } else {
    return false;
  }
  return true;
}

std::string_view last_word(std::string_view id) { return id.substr(id.rfind('.') + 1); }

// One of the two, in what runs.
bool hear_one_of_two(Stage& stage) {
  const ForTwo& two = *stage.room->two;
  const Time end_at = two.at == At::proposed && stage.event.from == two.first ? end_told(stage, two.zone).value_or(Time{}) : Time{};
  if (end_at != Time{} && may_last(stage, end_at)) {
    begin_time_out(stage, end_at);
    return true;
  }
  if (stage.hears(Word::stop) || stage.reading.intent == Intent::stop) {
    stop_here(stage);
    return true;
  }
  if (two.at == At::asked) return false;
  if (const Choice* choice = choice_said(stage, at(two.step), true)) return act(stage, last_word(choice->id));
  if (stage.hears(Word::again)) {
    say_step(stage, two.step, true);
    return true;
  }
  if (stage.hears(Word::why)) {
    say_there(stage, at("why"));
    return true;
  }
  // What they say to each other is theirs, also when it stands under a line of ours.
  const Kind kind = understanding::kind(stage.reading.intent);
  return two.what != What::time_out && (kind == Kind::feeling || kind == Kind::none || kind == Kind::courtesy) && !stage.hears(Word::help);
}

bool is_live(const Stage& stage) { return stage.room != nullptr && stage.room->two && is_of(*stage.room->two, stage.event.from); }

}  // namespace

bool hear_for_two(Stage& stage) {
  if (const auto what = what_asked(stage)) {
    const bool of_own = is_live(stage) && person_named(stage).empty();
    if (!of_own) {
      stage.undisclosed = false;
      open_for_two(stage, *what);
      return true;
    }
  }
  return answer_who(stage) || (is_live(stage) && hear_one_of_two(stage));
}

bool is_for_two(const Stage& stage) { return what_asked(stage).has_value() || is_live(stage); }

bool overhear_stop(Stage& stage) {
  constexpr std::size_t bare = 2;
  if (!is_live(stage) || !stage.hears(Word::stop) || stage.text.tokens.size() > bare) return false;
  stop_here(stage);
  return true;
}

bool press_for_two(Stage& stage) {
  const std::string& press = stage.event.press;
  if (!press.starts_with("two.")) return false;
  const std::size_t serial_at = press.rfind('.');
  const std::size_t token_at = press.rfind('.', serial_at - 1);
  const auto& two = stage.room->two;
  const bool here_and_now = two && token_at != std::string::npos && press.substr(token_at + 1) == mark_of(*two);
  const bool of_two = two && is_of(*two, stage.event.from);
  if (!here_and_now || !of_two || !act(stage, last_word(std::string_view(press).substr(0, token_at)))) {
    refuse_press(stage, of_two || !two);
  }
  return true;
}

bool answer_for_two(Stage& stage, const std::string& choice) {
  if (!choice.starts_with("two.ask.") && !choice.starts_with("two.on.") && !choice.starts_with("two.first.")) return false;
  stage.talk.asking = stage.talk.at;
  const bool asked = is_live(stage) && stage.room->two->answer_until > stage.moment.now;
  if (!asked) {
    refuse_press(stage, true);
    return true;
  }
  ForTwo& two = *stage.room->two;
  const bool first = stage.event.from == two.first;
  const bool switches_on = choice == "two.on.yes" || choice == "two.first.on";
  const bool yes = switches_on || choice == "two.ask.yes" || choice == "two.ask.in";
  if (switches_on) std::erase(stage.person.switched_off, std::string(name(two.what)));
  say_apart(stage, at(yes ? "thanks" : "not_now"));
  if (!yes) return true;
  (first ? two.first_may : two.second_said_yes) = true;
  if (two.what == What::time_out) {
    two.answer_until = {};
    say_step(stage, "joined", false);
  } else if (two.at == At::asked && two.first_may && two.second_said_yes) {
    begin_turns(stage);
  }
  return true;
}

bool stop_for_two(Stage& stage) {
  // An exercise of their own in private is stopped first.
  const Script* own = stage.library.find_script(stage.talk.at.script);
  if (!is_live(stage) || (own != nullptr && !is_menu(*own))) return false;
  const bool running = stage.room->two->at == At::running;
  stop_here(stage);
  leave_script(stage.talk);
  if (running) say_apart(stage, at("stopped_apart"));
  return true;
}

void leave_for_crisis(Stage& stage) {
  // Nothing is said there: a time-out goes on for the other one, turns are over.
  if (is_live(stage) && stage.room->two->what != What::time_out) end_for_two(stage);
}

void due_for_two(Stage& stage) {
  if (!stage.room->two) return;
  ForTwo& two = *stage.room->two;
  const Time now = stage.moment.now;
  if (two.answer_until != Time{} && two.answer_until <= now) {
    const bool late = now - two.answer_until > too_late;
    if (two.at != At::proposed && !late) say_to_room(stage, at("not_together"));
    two.answer_until = {};
    if (two.at != At::running) return end_for_two(stage);
  }
  if (two.due == Time{} || two.due > now) return;
  if (now - two.due > too_late) return end_for_two(stage);
  if (two.what == What::time_out) {
    if (two.second_said_yes) say_step(stage, "over", false);
    whisper(stage, two.first, "call");
    if (two.second_said_yes) whisper(stage, two.second, "call");
    return end_for_two(stage);
  }
  if (two.nudged) {
    say_step(stage, "lapsed", false);
    return end_for_two(stage);
  }
  two.nudged = true;
  two.due = now + lapses_after;
  say_step(stage, "time", true);
}

void left_for_two(Stage& stage, const std::string& person) {
  if (!stage.room->two || !is_of(*stage.room->two, person)) return;
  ForTwo& two = *stage.room->two;
  if (two.at == At::asked) {
    two.first_may = two.second_said_yes = false;
    return;
  }
  if (two.at == At::running) say_step(stage, "stopped", false);
  end_for_two(stage);
}

Place asking_step(const Person& person, const Place& wanted, const std::string& what) {
  if (wanted == at("call") && switched_off(person, "time_out_call")) return {};
  if (wanted == at("ask") && switched_off(person, what)) return at("ask_off");
  return wanted;
}

}  // namespace nurturer::dialogue
