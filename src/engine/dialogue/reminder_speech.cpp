#include "engine/dialogue/reminder_speech.hpp"

#include "engine/dialogue/slots.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

// The first slots of a name win: those of the line go before those of the talk.
Stage& with(Stage& stage, const std::vector<Filling>& fillings) {
  for (auto filling = fillings.rbegin(); filling != fillings.rend(); ++filling) {
    stage.talk.slots.insert(stage.talk.slots.begin(), {filling->name, filling->value});
  }
  return stage;
}

}  // namespace

std::string reminder_words(const Stage& stage, std::string_view step, const std::vector<Filling>& fillings) {
  const Step* found = stage.library.find({reminders_script, std::string(step)});
  if (found == nullptr || found->say.empty()) return {};
  Stage copy = stage;
  return fill(with(copy, fillings), found->say.front(), true);
}

void say_reminder(Stage& stage, std::string_view step, const std::vector<Filling>& fillings, const Choices& choices, bool asks) {
  const Step* found = stage.library.find({reminders_script, std::string(step)});
  if (found == nullptr || found->say.empty()) return;
  const auto slots_before = stage.talk.slots;
  const std::size_t variant = found->say.size() == 1 ? 0 : stage.throw_dice(found->say.size());
  const std::string text = fill(with(stage, fillings), found->say[variant], true);
  stage.talk.slots = slots_before;
  const Place place = asks ? Place{reminders_script, std::string(step)} : stage.talk.at;
  stage.effects.emplace_back(Say{text, choices, std::chrono::seconds{0}, place, stage.private_});
  ++stage.messages;
}

Choices reminder_choices(const Library& library, std::string_view step, const schedule::Reminder& reminder) {
  Choices choices;
  const Step* found = library.find({reminders_script, std::string(step)});
  if (found == nullptr) return choices;
  for (const Choice& choice : found->ask.choices) {
    if (choice.id == "reminder.start" && reminder.script.empty()) continue;
    choices.emplace_back(choice.id + "." + reminder.id, choice.label);
  }
  return choices;
}

std::string when_text(const schedule::When& when) { return schedule::text_of(when) + " (" + when.zone + ")"; }

std::string called(const Stage& stage, const schedule::Reminder& reminder) {
  return reminder.text.empty() ? reminder_words(stage, "no_words", {}) : reminder.text;
}

schedule::Here here(const Stage& stage) {
  const std::string& zone = stage.person.zone.empty() ? stage.event.zone : stage.person.zone;
  return {stage.moment.now, schedule::zone_known(zone) ? zone : std::string{}, stage.event.locale};
}

}  // namespace nurturer::dialogue
