#pragma once
// Rooms that belong to nobody alone, in memory and in the store: their check-ins, and what two people are led through there.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/dialogue/room.hpp"
#include "store/store.hpp"

namespace nurturer::app {

class Rooms {
 public:
  explicit Rooms(store::Store& store) : store_(store) {}

  /// The room as it stands, found in the store at first. Throws store::Unavailable; then memory has it, plain.
  [[nodiscard]] dialogue::Room& find(const std::string& channel_name, const std::string& name);

  /// The room in which this person is led through something with somebody else, or asked for it; null: none. After a start, rooms in which
  /// something runs are found by their timers, once.
  [[nodiscard]] dialogue::Room* of_person(const std::string& channel_name, const std::string& person, schedule::Time now);

  /// Where this person is led through something in the room, or in a part of it (a thread).
  [[nodiscard]] std::vector<const dialogue::Room*> led_in(const std::string& channel_name, const std::string& room,
                                                          const std::string& person, schedule::Time now);

  /// Whether somebody may be asked to something by others once more: so many times a day. Counts it.
  [[nodiscard]] bool may_ask(const store::PersonId& person, schedule::Time now);

  /// What of it goes into the store. `new_id` names its timer, if it has none.
  void put(const std::string& channel_name, dialogue::Room& room, const std::string& new_id, store::Change& change) const;

  /// Memory follows.
  void keep(const std::string& channel_name, dialogue::Room room);

 private:
  void look_for_running(const std::string& channel_name, schedule::Time now);

  store::Store& store_;
  std::map<std::string, dialogue::Room> rooms_;               // by the id of the room
  std::set<std::string> with_two_;                            // ids of those in which two are led through something
  std::map<std::string, std::vector<schedule::Time>> asked_;  // by person: memory only
  std::set<std::string> looked_;                              // channels
};

}  // namespace nurturer::app
