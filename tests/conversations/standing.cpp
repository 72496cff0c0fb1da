#include "standing.hpp"

namespace nurturer::test {

dialogue::Time evening() { return dialogue::Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}} + std::chrono::hours{21}; }

bool asks(const dialogue::Step& step) { return step.ask.kind != dialogue::Ask::Kind::none; }

Standing::Standing(const dialogue::Place& place) : companion_(content().language, content().model, content().library) {
  talk.started = talk.last_heard = talk.disclosed = evening();
  talk.at = talk.asking = place;
}

std::string Standing::says(const std::string& text) {
  dialogue::Event event;
  event.text = text;
  return hears(event);
}

std::string Standing::presses(const std::string& choice) {
  dialogue::Event event;
  event.kind = dialogue::Event::Kind::press;
  event.press = choice;
  return hears(event);
}

std::string Standing::hears(const dialogue::Event& event) {
  understanding::Reading reading;
  companion_.understand(event, memory_, reading);
  dialogue::Turn turn = companion_.respond(talk, person, event, reading, around, {evening(), dice_++}, memory_);
  talk = std::move(turn.talk);
  person = std::move(turn.person);
  effects_ = std::move(turn.effects);
  std::string said;
  for (const auto& effect : effects_) {
    if (const auto* say = std::get_if<dialogue::Say>(&effect)) said += say->text + "\n";
  }
  return said;
}

}  // namespace nurturer::test
