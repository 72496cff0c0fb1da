#include "engine/dialogue/for_two_steps.hpp"

#include <algorithm>

#include "engine/dialogue/for_two.hpp"
#include "engine/dialogue/for_two_request.hpp"
#include "engine/dialogue/for_two_turns.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using What = ForTwo::What;
using At = ForTwo::At;

constexpr std::chrono::minutes asked_for{10};

std::string zone_of(const Stage& stage) {
  const std::string zone = here(stage).zone;
  if (!zone.empty()) return zone;
  return stage.room->check_ins.zone.empty() ? "UTC" : stage.room->check_ins.zone;
}

std::string clock_of(const Stage& stage, Time time, const std::string& zone) {
  const bool today = std::chrono::floor<std::chrono::days>(schedule::wall_of(time, zone).time_since_epoch()) ==
                     std::chrono::floor<std::chrono::days>(schedule::wall_of(stage.moment.now, zone).time_since_epoch());
  const std::string text = today ? schedule::clock_text(schedule::wall_of(time, zone)) : schedule::moment_text(time, zone);
  return zone == "UTC" ? text + " UTC" : text;
}

Fillings fillings_of(const Stage& stage) {
  const ForTwo& two = *stage.room->two;
  const std::string first = shown(two.first);
  const std::string second = shown(two.second);
  const bool ends = two.what == What::time_out && two.due != Time{};
  return {{"first", first},
          {"second", second},
          {"speaker", two.swapped ? second : first},
          {"listener", two.swapped ? first : second},
          {"when", ends ? clock_of(stage, two.due, two.zone) : std::string{}}};
}

}  // namespace

std::string mark_of(const ForTwo& two) { return two.token + "." + std::to_string(two.serial); }

void say_step(Stage& stage, const std::string& step, bool asks) {
  say_to_room(stage, for_two_step(step), fillings_of(stage),
              asks ? room_choices(stage, for_two_step(stage.room->two->step), mark_of(*stage.room->two)) : Choices{});
}

void show_turn(Stage& stage, std::string_view step) {
  ForTwo& two = *stage.room->two;
  two.step = std::string(step);
  ++two.serial;
  two.nudged = false;
  if (step.ends_with("_end")) {
    say_step(stage, two.step, false);
    return end_for_two(stage);
  }
  two.due = stage.moment.now + turn_lasts(step);
  say_step(stage, two.step, true);
}

void begin_turns(Stage& stage) {
  ForTwo& two = *stage.room->two;
  two.at = At::running;
  two.answer_until = {};
  two.swapped = false;
  show_turn(stage, first_turn(two.what));
}

void whisper(Stage& stage, const std::string& person, std::string_view step) {
  Whisper whisper{person, stage.room->name, for_two_step(std::string(step)), {}, {}};
  for (const Filling& filling : fillings_of(stage)) whisper.slots.emplace_back(filling.name, filling.value);
  const Script* script = stage.library.find_script(name(stage.room->two->what));
  whisper.slots.emplace_back("what", script == nullptr ? std::string{} : script->title);
  whisper.pending = std::string(name(stage.room->two->what));
  whisper.unasked = step.starts_with("ask");
  stage.effects.emplace_back(std::move(whisper));
}

void begin_time_out(Stage& stage, Time end_at) {
  ForTwo& two = *stage.room->two;
  two.at = At::running;
  two.due = end_at;
  two.answer_until = std::min<Time>(stage.moment.now + asked_for, end_at);
  two.step = "begun";
  ++two.serial;
  say_step(stage, "begun", true);
  whisper(stage, two.second, "ask_time_out");
}

namespace {

void propose(Stage& stage) {
  ForTwo& two = *stage.room->two;
  two.at = At::proposed;
  two.answer_until = stage.moment.now + asked_for;
  two.step = "propose";
  ++two.serial;
  say_step(stage, "propose", true);
}

void ask_second(Stage& stage) {
  ForTwo& two = *stage.room->two;
  two.at = At::asked;
  two.answer_until = stage.moment.now + asked_for;
  two.first_may = !switched_off(stage.person, name(two.what)) && !stage.event.crisis_open;
  say_step(stage, "asked", false);
  whisper(stage, two.second, "ask");
  if (!two.first_may) whisper(stage, two.first, "first_off");
}

constexpr std::string_view end_slot = "two_end";  // of a time-out whose second one is not named yet

void ask_who(Stage& stage, What what) {
  say_there(stage, for_two_step("who"));
  stage.talk.asking = for_two_step("who");
  stage.talk.pending = std::string(name(what));
  std::erase_if(stage.talk.slots, [](const auto& slot) { return slot.first == end_slot; });
  if (const auto end_at = end_told(stage, zone_of(stage)))
    stage.talk.slots.emplace_back(end_slot, std::to_string(end_at->time_since_epoch().count()));
}

std::optional<Time> end_kept(const Stage& stage) {
  const auto kept = std::ranges::find(stage.talk.slots, end_slot, [](const auto& slot) -> std::string_view { return slot.first; });
  if (kept == stage.talk.slots.end()) return std::nullopt;
  return Time{std::chrono::milliseconds{std::stoll(kept->second)}};
}

}  // namespace

bool answer_who(Stage& stage) {
  if (stage.talk.asking != for_two_step("who") || stage.room == nullptr) return false;
  const auto what = what_named(stage.talk.pending);
  if (!what || person_named(stage).empty()) {
    if (stage.event.addressed) stage.talk.asking = stage.talk.at;
    return false;
  }
  stage.undisclosed = false;
  open_for_two(stage, *what);
  stage.talk.asking = stage.talk.at;
  stage.talk.pending.clear();
  std::erase_if(stage.talk.slots, [](const auto& slot) { return slot.first == end_slot; });
  return true;
}

void open_for_two(Stage& stage, What what) {
  const std::string second = person_named(stage);
  if (second.empty()) return ask_who(stage, what);
  if (stage.room->two) return say_there(stage, for_two_step("busy"));
  const std::string zone = zone_of(stage);
  const std::optional<Time> told = end_told(stage, zone);
  const Time end_at = what == What::time_out ? (told ? *told : end_kept(stage).value_or(Time{})) : Time{};
  if (end_at != Time{} && !may_last(stage, end_at)) {
    return say_there(stage, for_two_step("how_long"));
  }
  ForTwo two;
  two.what = what;
  two.first = stage.event.from;
  two.second = second;
  two.zone = zone;
  constexpr std::string_view digits = "0123456789abcdef";
  for (int i = 0; i < 8; ++i) two.token += digits[stage.throw_dice(digits.size())];
  stage.room->two = std::move(two);
  if (what != What::time_out) return ask_second(stage);
  if (end_at != Time{}) return begin_time_out(stage, end_at);
  propose(stage);
}

}  // namespace nurturer::dialogue
