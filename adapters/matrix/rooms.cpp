#include "adapters/matrix/rooms.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace nurturer::matrix {
namespace {

constexpr std::size_t most_expected = 1'000;

std::int64_t level_of(const std::optional<Json>& power, const std::string& user, const std::string& creator) {
  if (!power) return user == creator ? 100 : 0;
  if (const auto own = number_at(*power, {"users", user})) return *own;
  return number_at(*power, {"users_default"}).value_or(0);
}

bool lists(const Json& direct, const std::string& user, const std::string& room) {
  const Json& rooms = array_at(direct, {user});
  return std::any_of(rooms.begin(), rooms.end(),
                     [&room](const Json& one) { return one.is_string() && one.get_ref<const std::string&>() == room; });
}

}  // namespace

bool Room::direct() const {
  if (joined + invited > 2) return false;
  return flagged_direct || (joined > 0 && name.empty());
}

bool Room::moderator(const std::string& user) const {
  if (founders.contains(user)) return true;
  const std::int64_t level = level_of(power, user, creator);
  const std::int64_t kick = power ? number_at(*power, {"kick"}).value_or(50) : 50;
  return level >= 50 && level >= kick;
}

Room* Rooms::find(const std::string& id) {
  const auto found = rooms_.find(id);
  return found == rooms_.end() ? nullptr : &found->second;
}

void Rooms::apply_member(Room& room, const Event& event) {
  const std::string membership = text_at(event.content, {"membership"});
  if (*event.state_key == self_) {
    room.own_name = text_at(event.content, {"displayname"});
    if (flag_at(event.content, {"is_direct"})) room.flagged_direct = true;
    if (membership == "join" && (room.joined_at == Time{} || event.at > room.joined_at)) room.joined_at = event.at;
  } else if (membership == "join" || membership == "invite") {
    room.peer = *event.state_key;
  }
}

void Rooms::apply_state(Room& room, const Event& event) {
  if (event.type == "m.room.member") return apply_member(room, event);
  if (!event.state_key->empty()) return;
  if (event.type == "m.room.encryption") {
    if (!std::exchange(room.encrypted, true)) room.encryption = event.content;
  } else if (event.type == "m.room.history_visibility") {
    room.history = text_at(event.content, {"history_visibility"});
  } else if (event.type == "m.room.power_levels") {
    room.power = event.content;
    room.refuses = false;
  } else if (event.type == "m.room.name") {
    room.name = text_at(event.content, {"name"});
  } else if (event.type == "m.room.tombstone") {
    room.replacement = text_at(event.content, {"replacement_room"});
    room.upgraded_by = event.sender;
  } else if (event.type == "m.room.create") {
    room.creator = event.sender;
    room.predecessor = text_at(event.content, {"predecessor", "room_id"});
    if (std::atoi(text_at(event.content, {"room_version"}).c_str()) >= 12) {
      room.founders.insert(event.sender);
      for (const Json& one : array_at(event.content, {"additional_creators"})) {
        if (one.is_string()) room.founders.insert(one.get<std::string>());
      }
    }
  }
}

Room& Rooms::apply(const JoinedRoom& batch) {
  Room& room = rooms_[batch.id];
  if (expected_direct_.erase(batch.id) > 0 || marked_direct_.contains(batch.id)) room.flagged_direct = true;
  for (const Event& event : batch.state) {
    if (event.state_key) apply_state(room, event);
  }
  for (const Event& event : batch.timeline) {
    if (event.state_key) apply_state(room, event);
  }
  if (batch.joined) room.joined = *batch.joined;
  if (batch.invited) room.invited = *batch.invited;
  const auto other = std::find_if(batch.heroes.begin(), batch.heroes.end(), [this](const std::string& hero) { return hero != self_; });
  if (other != batch.heroes.end()) room.peer = *other;
  room.told_encrypted = room.told_encrypted || batch.told_encrypted;
  return room;
}

void Rooms::apply_direct(const Json& content) {
  direct_ = content;
  marked_direct_.clear();
  for (const auto& [user, rooms] : direct_.items()) {
    if (!rooms.is_array()) continue;
    for (const Json& one : rooms) {
      if (one.is_string()) marked_direct_.insert(one.get<std::string>());
    }
  }
  for (auto& [id, room] : rooms_) room.flagged_direct = room.flagged_direct || marked_direct_.contains(id);
}

Json Rooms::direct_with(const std::string& user, const std::string& room) {
  if (expected_direct_.size() < most_expected && find(room) == nullptr) expected_direct_.insert(room);
  if (!lists(direct_, user, room)) {
    if (!direct_[user].is_array()) direct_[user] = Json::array();
    direct_[user].push_back(room);
    marked_direct_.insert(room);
  }
  return direct_;
}

std::optional<std::string> Rooms::direct_of(const std::string& user, bool encrypted_too) const {
  const std::string* best = nullptr;
  bool best_there = false;
  for (const auto& [id, room] : rooms_) {
    if (!room.direct() || room.empty() || room.refuses || !room.replacement.empty() || (room.encrypted && !encrypted_too)) continue;
    if (room.peer.empty() ? !lists(direct_, user, id) : room.peer != user) continue;
    const bool there = room.joined >= 2;  // they came in, and will hear it
    if (best == nullptr || (there && !best_there)) best = &id;
    best_there = best_there || there;
  }
  return best == nullptr ? std::nullopt : std::optional{*best};
}

}  // namespace nurturer::matrix
