// The companion's part for rooms: what falls due there, what is opened in somebody's private talk.
#include <algorithm>
#include <utility>

#include "engine/dialogue/checkin.hpp"
#include "engine/dialogue/companion.hpp"
#include "engine/dialogue/for_two.hpp"
#include "engine/dialogue/renewal.hpp"
#include "engine/dialogue/room_speech.hpp"

namespace nurturer::dialogue {

std::optional<Say> Companion::whisper(Talk& talk, Person& person, const Whisper& whisper, const Surroundings& around, Moment moment) const {
  const Place place = asking_step(person, whisper.step, whisper.pending);
  const Step* step = library_.find(place);
  if (step == nullptr || talk.crisis) return std::nullopt;  // help comes first, and alone
  const bool left_alone = person.quiet || std::ranges::find(person.left_out, whisper.room) != person.left_out.end();
  if (whisper.unasked && left_alone) return std::nullopt;
  Stage stage = without_message(language_, library_, around, moment);
  stage.person = person;
  Fillings fillings;
  for (const auto& [name, value] : whisper.slots) fillings.push_back({name, value});
  Say say{room_words(stage, place, fillings), {}, std::chrono::seconds{0}, place, true};
  for (const Choice& choice : step->ask.choices) say.choices.emplace_back(choice.id, choice.label);
  begin_talk(talk, person, moment.now);
  if (talk.disclosed == Time{} || moment.now - talk.disclosed >= disclosure_every) {
    say.text = common_line("disclosure", around) + "\n\n" + say.text;
    talk.disclosed = moment.now;
  }
  if (step->ask.kind == Ask::Kind::none) return say;
  talk.asking = place;
  if (place.script == checkin_script) talk.pending = whisper.pending;
  return say;
}

bool Companion::is_about_two(const Event& event, const understanding::Reading& reading, const Room& room, Memory& memory) const {
  static const Surroundings around;
  Room here = room;
  Stage stage{language_, library_, around, event, reading, memory.text, library_.phrases.find(memory.text), {}, 0, {}, {}, {}, 0, false};
  stage.room = &here;
  return reading.level == Level::none && is_for_two(stage);
}

void Companion::ask_again(Talk& talk, Person& person, const ForTwo& two, Time now) {
  begin_talk(talk, person, now);
  if (!talk.asking.empty() || talk.crisis) return;
  const std::string step = two.what == ForTwo::What::time_out ? "ask_time_out" : "ask";
  talk.asking = asking_step(person, {for_two_script, step}, std::string(name(two.what)));
}

std::string Companion::press_of_place(const Room& room, const std::string& line, std::size_t place) const {
  const Step* open = library_.find({checkin_script, "open"});
  if (line.empty() || room.check_ins.open != line || open == nullptr || place >= open->ask.choices.size()) return {};
  return open->ask.choices[place].id + "." + std::to_string(room.check_ins.number);
}

RoomTurn Companion::due(const Room& room, const Surroundings& around, Moment moment) const {
  RoomTurn turn{room, {}};
  Stage stage = without_message(language_, library_, around, moment);
  stage.room = &turn.room;
  due_check_ins(stage);
  due_for_two(stage);
  turn.effects = std::move(stage.effects);
  return turn;
}

RoomTurn Companion::left(const Room& room, const std::string& person, const Surroundings& around, Moment moment) const {
  RoomTurn turn{room, {}};
  Stage stage = without_message(language_, library_, around, moment);
  stage.room = &turn.room;
  left_for_two(stage, person);
  turn.effects = std::move(stage.effects);
  return turn;
}

}  // namespace nurturer::dialogue
