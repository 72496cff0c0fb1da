#pragma once
// What goes into the companion and what comes out, as values.

#include <chrono>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/dialogue/talk.hpp"
#include "engine/understanding/model.hpp"

namespace nurturer::dialogue {

/// Something that a person did, or that fell due.
struct Event {
  enum class Kind : std::uint8_t { message, press, unreadable };  // unreadable: a picture, a voice message
  Kind kind = Kind::message;
  std::string text;        // any bytes
  std::string press;       // id of a choice
  bool group = false;      // written where others read along
  bool addressed = true;   // by name, by reply, or in private
  bool late = false;       // found after an outage
  std::string zone;        // as the platform tells them; what the person set up wins
  std::string locale;
  std::string room;        // as the adapter named it: where reminders are written to
  bool moderator = false;  // may set something up for the whole room
};

/// What holds for the whole deployment and for the platform of this talk.
struct Surroundings {
  std::string region;         // default region, ISO 3166; empty: unknown
  bool animates = false;      // the platform can pace lines by the second
  bool remembers = true;      // false: nothing can be kept beyond the process (chat --memory), so nobody is asked for consent
  bool exports = true;       // a file can be handed out
  bool store_broken = false;  // what is said is still answered; one line a talk says that nothing can be kept
};

/// A line to the person. `place` is where the talk stands after it.
struct Say {
  std::string text;
  std::vector<std::pair<std::string, std::string>> choices;  // id, label
  std::chrono::seconds after{0};
  Place place;
  bool private_ = false;
};
/// Hand the person a file of all that is known of them.
struct Export {};
/// Drop all that is kept of the person.
struct Forget {};
/// Remove what the companion wrote in the last 24 hours, and say nothing after.
struct Exit {};

using Effect = std::variant<Say, Export, Forget, Exit>;

struct Turn {
  Talk talk;
  Person person;
  std::vector<Effect> effects;
  understanding::Reading reading;  // of the message; default for presses
};

}  // namespace nurturer::dialogue
