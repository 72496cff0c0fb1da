#pragma once
// Rooms as sealed bytes: a record of the room's own, and the timer by which it is woken.

#include <optional>
#include <string>

#include "engine/dialogue/room.hpp"
#include "store/store.hpp"

namespace nurturer::app {

/// A room has a key of its own, as a person has: what is kept of it can be destroyed. No platform's user id begins so.
[[nodiscard]] inline store::PersonId id_of_room(const std::string& channel_name, const std::string& room) {
  return {channel_name + "#" + room};
}

inline const std::string room_record = "room";

[[nodiscard]] std::string write_room(const dialogue::Room& room);
/// What cannot be read is a room in which nothing is set up.
[[nodiscard]] dialogue::Room read_room(const std::string& bytes, const std::string& name);

[[nodiscard]] store::Timer write_room_wake(const std::string& channel_name, const dialogue::Room& room, schedule::Time due);
/// The room's name, if the timer is one of a room.
[[nodiscard]] std::optional<std::string> read_room_wake(const store::Timer& timer);

}  // namespace nurturer::app
