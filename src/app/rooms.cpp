#include "app/rooms.hpp"

#include <algorithm>

#include "app/room_json.hpp"

namespace nurturer::app {
namespace {

constexpr std::size_t most_plain = 10'000;  // of rooms in which nothing is set up, memory holds so many

}  // namespace

dialogue::Room& Rooms::find(const std::string& channel_name, const std::string& name) {
  const store::PersonId id = id_of_room(channel_name, name);
  const auto known = rooms_.find(id.value);
  if (known != rooms_.end()) return known->second;
  if (rooms_.size() > most_plain) std::erase_if(rooms_, [](const auto& room) { return room.second.plain(); });
  dialogue::Room& room = rooms_[id.value];
  room.name = name;
  try {
    if (const auto bytes = store_.find(id, room_record)) room = read_room(*bytes, name);
  } catch (const store::Unavailable&) {
    rooms_.erase(id.value);  // the next message looks again
    throw;
  }
  if (room.two) with_two_.insert(id.value);
  return room;
}

void Rooms::look_for_running(const std::string& channel_name, schedule::Time now) {
  constexpr std::chrono::hours ahead{25};  // the longest time-out, and some
  constexpr std::size_t most = 100'000;
  if (looked_.contains(channel_name)) return;
  for (const store::Timer& timer : store_.due(now + ahead, most)) {
    if (!timer.bytes.starts_with(channel_name + "\n")) continue;
    if (const auto name = read_room_wake(timer)) static_cast<void>(find(channel_name, *name));
  }
  looked_.insert(channel_name);
}

dialogue::Room* Rooms::of_person(const std::string& channel_name, const std::string& person, schedule::Time now) {
  look_for_running(channel_name, now);
  const std::string prefix = channel_name + "#";
  dialogue::Room* found = nullptr;
  for (const std::string& id : with_two_) {
    dialogue::Room& room = rooms_.at(id);
    if (!id.starts_with(prefix) || !dialogue::is_of(*room.two, person)) continue;
    const bool asks = room.two->second == person && room.two->answer_until > now;
    if (found == nullptr || asks) found = &room;
  }
  return found;
}

std::vector<const dialogue::Room*> Rooms::led_in(const std::string& channel_name, const std::string& room, const std::string& person,
                                                 schedule::Time now) {
  look_for_running(channel_name, now);
  std::vector<const dialogue::Room*> all;
  for (const std::string& id : with_two_) {
    const dialogue::Room& one = rooms_.at(id);
    const bool there = id == id_of_room(channel_name, one.name).value && (one.name == room || one.name.starts_with(room + " "));
    if (there && dialogue::is_of(*one.two, person)) all.push_back(&one);
  }
  return all;
}

bool Rooms::may_ask(const store::PersonId& person, schedule::Time now) {
  constexpr std::size_t most = 5;
  constexpr std::chrono::hours in{24};
  for (auto asked = asked_.begin(); asked != asked_.end();) {
    std::erase_if(asked->second, [&](schedule::Time at) { return now - at >= in; });
    asked = asked->second.empty() ? asked_.erase(asked) : std::next(asked);
  }
  auto& times = asked_[person.value];
  if (times.size() >= most) return false;
  times.push_back(now);
  return true;
}

void Rooms::put(const std::string& channel_name, dialogue::Room& room, const std::string& new_id, store::Change& change) const {
  const store::PersonId id = id_of_room(channel_name, room.name);
  if (room.timer.empty()) room.timer = new_id;
  if (const auto due = room.due())
    change.timers.push_back(write_room_wake(channel_name, room, *due));
  else
    change.drop_timers.push_back(room.timer);
  if (room.plain())
    change.drop_records.emplace_back(id, room_record);
  else
    change.records.push_back({id, room_record, write_room(room)});
}

void Rooms::keep(const std::string& channel_name, dialogue::Room room) {
  const std::string id = id_of_room(channel_name, room.name).value;
  if (room.two)
    with_two_.insert(id);
  else
    with_two_.erase(id);
  rooms_[id] = std::move(room);
}

}  // namespace nurturer::app
