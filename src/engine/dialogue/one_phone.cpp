#include "engine/dialogue/one_phone.hpp"

#include <algorithm>
#include <charconv>

#include "engine/dialogue/for_two_request.hpp"
#include "engine/dialogue/reminder_set.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/dialogue/room_speech.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using schedule::Reminder;

constexpr std::chrono::minutes longer_by{10};

Place at(std::string step) { return {time_out_script, std::move(step)}; }

Reminder* waiting(Person& person) {
  const auto found = std::ranges::find_if(person.reminders, [](const Reminder& reminder) {
    return reminder.script == time_out_script && reminder.state == Reminder::State::waiting;
  });
  return found == person.reminders.end() ? nullptr : &*found;
}

std::string zone_of(const Stage& stage) {
  const std::string zone = here(stage).zone;
  return zone.empty() ? "UTC" : zone;
}

void keep_when(Stage& stage, const Reminder& reminder) {
  const std::string& zone = reminder.when.zone;
  std::erase_if(stage.talk.slots, [](const auto& slot) { return slot.first == "when"; });
  stage.talk.slots.emplace_back("when", schedule::clock_text(schedule::wall_of(reminder.due, zone)) + (zone == "UTC" ? " UTC" : ""));
}

void set(Stage& stage, Time end_at) {
  if (switched_off(stage.person, "time_out_call")) return show(stage, at("leave"));
  drop_time_out(stage.person);
  const std::string zone = zone_of(stage);
  const Script* script = stage.library.find_script(time_out_script);
  Reminder reminder = schedule::make_reminder(new_reminder_id(stage), script == nullptr ? std::string{} : script->title,
                                              {schedule::wall_of(end_at, zone), {}, zone, true, end_at});
  reminder.script = time_out_script;
  reminder.room = stage.event.room;
  stage.person.reminders.push_back(reminder);
  keep_when(stage, reminder);
  show(stage, at("apart"));
}

void make_longer(Stage& stage) {
  Reminder* reminder = waiting(stage.person);
  if (reminder == nullptr) return show(stage, at("together"));
  if (reminder->said > 0) return say_there(stage, at("no_longer"));
  *reminder = schedule::snoozed(*reminder, reminder->id, reminder->due + longer_by);
  reminder->snooze_of.clear();
  reminder->said = 1;  // once
  keep_when(stage, *reminder);
  show(stage, at("apart"));
}

}  // namespace

void drop_time_out(Person& person) {
  std::erase_if(person.reminders, [](const Reminder& reminder) { return reminder.script == time_out_script; });
}

bool answer_time_out(Stage& stage, const std::string& choice) {
  constexpr std::string_view sets = "time_out.set.";
  if (choice.starts_with(sets)) {
    int minutes = 0;
    std::from_chars(choice.data() + sets.size(), choice.data() + choice.size(), minutes);
    set(stage, Time{std::chrono::ceil<std::chrono::minutes>(stage.moment.now + std::chrono::minutes{minutes})});
  } else if (choice == "time_out.longer") {
    make_longer(stage);
  } else if (choice == "time_out.back") {
    drop_time_out(stage.person);
    show(stage, at("together"));
  } else {
    return false;
  }
  return true;
}

bool hear_time_out(Stage& stage) {
  if (stage.talk.asking != at("start")) return false;
  const Time end_at = end_told(stage, zone_of(stage)).value_or(Time{});
  if (end_at == Time{}) return false;
  if (may_last(stage, end_at))
    set(stage, end_at);
  else
    say_there(stage, at("too_long"));
  return true;
}

bool begin_time_out_told(Stage& stage, const Script& script) {
  if (script.id != time_out_script || stage.event.group || permitted(stage, script) != &script) return false;
  const Time end_at = end_told(stage, zone_of(stage)).value_or(Time{});
  if (end_at == Time{} || !may_last(stage, end_at)) return false;
  leave_script(stage.talk);
  set(stage, end_at);
  return true;
}

Say call_back(const Stage& stage, Talk* talk, const Reminder& reminder) {
  Stage copy = stage;
  const std::string& zone = reminder.when.zone;
  const std::string when = schedule::clock_text(schedule::wall_of(reminder.when.moment, zone)) + (zone == "UTC" ? " UTC" : "");
  Say say{room_words(copy, at("over"), {{"when", when}}), {}, std::chrono::seconds{0}, at("over"), true, false, false};
  if (const Step* step = stage.library.find(at("over"))) {
    for (const Choice& choice : step->ask.choices) say.choices.emplace_back(choice.id, choice.label);
  }
  const bool free_for_it = talk != nullptr && !talk->crisis && (talk->at.empty() || talk->at.script == time_out_script);
  if (free_for_it) talk->at = talk->asking = at("over");
  return say;
}

}  // namespace nurturer::dialogue
