#pragma once
// Who is being talked with: talks and persons in memory, found in the store when they are not.
// Without consent memory is the only place: what is idle past its talk is dropped here, and nothing of it remains.

#include <deque>
#include <map>
#include <string>
#include <utility>

#include "engine/dialogue/talk.hpp"
#include "store/store.hpp"

namespace nurturer::app {

/// A message of ours that can still be removed ("exit").
struct SentLine {
  std::string id;
  dialogue::Time at{};
};

/// The room of a person's private talk, wherever the platform has it.
inline const std::string direct_room = "direct";

class Sessions {
 public:
  explicit Sessions(store::Store& store) : store_(store) {}

  /// May throw store::Unavailable; then nothing has changed, and find_or_new() serves from memory.
  void load(const store::PersonId& person, const std::string& room);

  [[nodiscard]] dialogue::Person& person(const store::PersonId& person);
  [[nodiscard]] dialogue::Talk& talk(const store::PersonId& person, const std::string& room);
  [[nodiscard]] std::deque<SentLine>& sent(const store::PersonId& person, const std::string& room);

  /// What is in memory of them, for what falls due; null: nothing is, and only the store is to be changed.
  [[nodiscard]] dialogue::Person* known(const store::PersonId& person);
  [[nodiscard]] const dialogue::Person* known(const store::PersonId& person) const;
  [[nodiscard]] dialogue::Talk* running(const store::PersonId& person, const std::string& room, dialogue::Time now);

  void forget(const store::PersonId& person);
  /// Drops what is idle: talks over and crises expired at `now`. Cheap; called once per message.
  void tidy(dialogue::Time now);

 private:
  using RoomKey = std::pair<std::string, std::string>;  // person, room
  struct Room {
    dialogue::Talk talk;
    std::deque<SentLine> sent;
    bool loaded = false;
  };
  struct Known {
    dialogue::Person person;
    bool loaded = false;
  };

  store::Store& store_;
  std::map<RoomKey, Room> rooms_;
  std::map<std::string, Known> persons_;
  dialogue::Time tidied_{};
};

}  // namespace nurturer::app
