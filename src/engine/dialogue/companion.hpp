#pragma once
// The companion: a pure function from a talk and an event to what follows. No clock, no chance, no disk.
//
// Order of precedence for a message (safety.md, design.md):
//   1. the safety net, in every state      4. an answer to the open question
//   2. an open crisis                      5. requests and feelings
//   3. words that work in every state      6. what is not understood

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/dialogue/turn.hpp"
#include "engine/understanding/language.hpp"
#include "engine/understanding/model.hpp"

namespace nurturer::dialogue {

class Companion {
 public:
  /// All three must outlive the companion. Immutable afterwards: threads may share it, each with a Memory of its own.
  Companion(const understanding::Language& language, const understanding::Model& model, const Library& library);

  /// Working memory of one thread.
  struct Memory {
    text::Text text;
    understanding::Model::Scratch scratch;
  };

  /// What a message means, in the state of its talk.
  void understand(const Event& event, Memory& memory, understanding::Reading& into) const;

  /// Whether the message that was understood last with this memory asks for the help lines and nothing else ("sos").
  [[nodiscard]] bool asks_for_lines(const Memory& memory) const;

  /// In a group, a message that the net hears (any level when addressed, crisis and emergency when not) is answered in private: the caller
  /// passes the talk of the person's private chat, here and only here with `event.group` set. `room`: the one that it was written in; in private
  /// the one in which this person is led through something with somebody else, or asked for it; null: none.
  [[nodiscard]] Turn respond(const Talk& talk, const Person& person, const Event& event, const understanding::Reading& reading,
                             const Surroundings& around, Moment moment, Memory& memory, const Room* room = nullptr) const;

  /// A step that is opened in somebody's private talk by what happened elsewhere, with the talk after it. Empty: there is nothing to say to them.
  [[nodiscard]] std::optional<Say> whisper(Talk& talk, Person& person, const Whisper& whisper, const Surroundings& around,
                                           Moment moment) const;

  /// In a room, from somebody whose crisis is open in private: the message is about an exercise of two, and the room is answered as ever.
  [[nodiscard]] bool is_about_two(const Event& event, const understanding::Reading& reading, const Room& room, Memory& memory) const;

  /// After a restart: the question of an exercise for two is open again in the private talk of the one who was asked. Says nothing.
  static void ask_again(Talk& talk, Person& person, const ForTwo& two, Time now);

  /// The press that a reaction under a line stands for, by its place; empty: none, or the line is not the check-in that is open.
  [[nodiscard]] std::string press_of_place(const Room& room, const std::string& line, std::size_t place) const;

  /// What falls due in a room until the moment.
  [[nodiscard]] RoomTurn due(const Room& room, const Surroundings& around, Moment moment) const;

  /// Somebody has left the room.
  [[nodiscard]] RoomTurn left(const Room& room, const std::string& person, const Surroundings& around, Moment moment) const;

  /// A reminder has come: how it is said, and the talk after it, in which its choices are open. `talk` is null when nobody is being talked
  /// with: then they are known by their ids alone.
  [[nodiscard]] Say remind(Talk* talk, const schedule::Reminder& reminder, const schedule::Firing& firing, bool discreet,
                           Moment moment) const;

  /// Ends what runs in a group for a person who is spoken to in private now. Says nothing there.
  [[nodiscard]] static Talk leave(const Talk& talk);

  /// True if the net must answer this reading in private (safety.md, "Groups").
  [[nodiscard]] static bool answers_in_private(const Event& event, const understanding::Reading& reading) noexcept;

  /// A line that belongs to no talk, a step of common: "room_heavy", for a room when the private message could not be sent; "shut_out"; "too_fast",
  /// for somebody who writes more than can be answered.
  [[nodiscard]] std::string common_line(std::string_view step, const Surroundings& around) const;

 private:
  const understanding::Language& language_;
  const understanding::Model& model_;
  const Library& library_;
};

}  // namespace nurturer::dialogue
