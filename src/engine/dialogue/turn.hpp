#pragma once
// What goes into the companion and what comes out, as values.

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/dialogue/room.hpp"
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
  std::string from;        // who, as the adapter names them
  std::string reply_to;    // id of the line of ours that it answers
  bool crisis_open = false;  // of this person, in their private talk, while they write in a room
  bool moderator = false;  // may set something up for the whole room
};

/// What holds for the whole deployment and for the platform of this talk.
struct Surroundings {
  std::string region;         // default region, ISO 3166; empty: unknown
  bool animates = false;      // the platform can pace lines by the second
  bool remembers = true;      // false: nothing can be kept beyond the process (chat --memory), so nobody is asked for consent
  bool exports = true;       // a file can be handed out
  bool reacts = false;       // the platform has reactions, and we may set one
  bool store_broken = false;  // what is said is still answered; one line a talk says that nothing can be kept
};

/// A line to the person. `place` is where the talk stands after it.
struct Say {
  std::string text;
  std::vector<std::pair<std::string, std::string>> choices;  // id, label
  std::chrono::seconds after{0};
  Place place;
  bool private_ = false;
  bool to_room = false;         // to all who are there, and to nobody by name
  bool opens_check_in = false;  // the id of this line is the check-in's
};
/// A step that is opened in somebody's private talk, whoever caused it. What it says depends on them, and on nobody else.
struct Whisper {
  std::string person;  // as the adapter names them
  std::string room;    // in which it was caused
  Place step;
  std::vector<std::pair<std::string, std::string>> slots;
  std::string pending;  // the script that is offered
  bool unasked = false;  // they have not caused it: not to those who want to be left alone
};
/// A quiet sign under the message that was answered; only where the platform reacts.
struct React {};
/// Hand the person a file of all that is known of them.
struct Export {};
/// Drop all that is kept of the person.
struct Forget {};
/// Remove what the companion wrote in the last 24 hours, and say nothing after.
struct Exit {};

using Effect = std::variant<Say, Export, Forget, Exit, Whisper, React>;

struct Turn {
  Talk talk;
  Person person;
  std::vector<Effect> effects;
  understanding::Reading reading;  // of the message; default for presses
  bool traceless = false;          // nothing of this turn is kept in the person's records
  std::optional<Room> room;        // as it is now, if there was one
};

/// What falls due in a room.
struct RoomTurn {
  Room room;
  std::vector<Effect> effects;  // Say to the room, Whisper
};

}  // namespace nurturer::dialogue
