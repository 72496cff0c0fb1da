#include "engine/dialogue/room_speech.hpp"

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/slots.hpp"
#include "engine/text/text.hpp"

namespace nurturer::dialogue {
namespace {

void add(Stage& stage, Say say) {
  if (say.text.empty()) return;
  stage.effects.emplace_back(std::move(say));
  ++stage.messages;
}

}  // namespace

std::string room_words(Stage& stage, const Place& place, const Fillings& fillings) {
  const Step* step = stage.library.find(place);
  if (step == nullptr || step->say.empty()) return {};
  const std::size_t variant = step->say.size() == 1 ? 0 : stage.throw_dice(step->say.size());
  const auto slots_before = stage.talk.slots;
  for (const Filling& filling : fillings) stage.talk.slots.insert(stage.talk.slots.begin(), {filling.name, filling.value});
  std::string text = fill(stage, step->say[variant], true);
  stage.talk.slots = slots_before;
  return text;
}

Choices room_choices(const Stage& stage, const Place& place, const std::string& mark) {
  Choices choices;
  const Step* step = stage.library.find(place);
  if (step == nullptr) return choices;
  for (const Choice& choice : step->ask.choices) choices.emplace_back(choice.id + "." + mark, choice.label);
  return choices;
}

void say_there(Stage& stage, const Place& place, const Fillings& fillings) {
  add(stage, Say{room_words(stage, place, fillings), {}, std::chrono::seconds{0}, stage.talk.at, stage.private_, false, false});
}

void say_to_room(Stage& stage, const Place& place, const Fillings& fillings, const Choices& choices) {
  add(stage, Say{room_words(stage, place, fillings), choices, std::chrono::seconds{0}, place, false, true, false});
}

void say_apart(Stage& stage, const Place& place, const Fillings& fillings) {
  add(stage, Say{room_words(stage, place, fillings), {}, std::chrono::seconds{0}, stage.talk.at, true, false, false});
}

const Choice* choice_said(const Stage& stage, const Place& place, bool loose) {
  const Step* step = stage.library.find(place);
  if (step == nullptr) return nullptr;
  const auto number = number_said(stage);
  for (std::size_t i = 0; i < step->ask.choices.size(); ++i) {
    const Choice& choice = step->ask.choices[i];
    if (is_label(stage, choice)) return &choice;
    if (number && *number == static_cast<int>(i) + 1) return &choice;
    if (loose && stage.hears(choice.words)) return &choice;
  }
  return nullptr;
}

void refuse_press(Stage& stage, bool offered) {
  stage.private_ = true;
  stage.refuses_press = true;
  say_common(stage, offered ? "old_press" : "stranger_press");
}

}  // namespace nurturer::dialogue
