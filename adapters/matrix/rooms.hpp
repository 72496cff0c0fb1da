#pragma once
// The rooms we are in, as far as answering needs them. No lists of members: a big room costs no more than a small one.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/matrix/payload.hpp"

namespace nurturer::matrix {

struct Room {
  Time joined_at{};             // when we came in
  bool flagged_direct = false;  // by the invitation, or by m.direct
  bool encrypted = false;       // once true, for ever
  Json encryption;              // content of the first m.room.encryption
  std::string history;          // who may read what was before they came
  bool told_encrypted = false;
  bool refuses = false;  // it did not take what we sent; until its power levels change
  std::string name;
  std::string own_name;  // how we are called there
  std::string creator, predecessor, replacement, upgraded_by;
  std::set<std::string> founders;        // of rooms since version 12: nobody stands above them
  std::optional<Json> power;             // content of m.room.power_levels
  std::int64_t joined = 0, invited = 0;  // members; both 0: not told yet
  std::string peer;                      // another member: in a private chat, the one

  /// For two at most: what is said here, one person reads.
  [[nodiscard]] bool direct() const;
  /// Nobody else is here, nor invited.
  [[nodiscard]] bool empty() const { return joined == 1 && invited == 0; }
  /// May set the companion up for the room: power level >= 50 and >= what throwing somebody out needs.
  [[nodiscard]] bool moderator(const std::string& user) const;
};

class Rooms {
 public:
  explicit Rooms(std::string self) : self_(std::move(self)) {}

  [[nodiscard]] const std::string& self() const { return self_; }
  [[nodiscard]] Room* find(const std::string& id);
  [[nodiscard]] const std::map<std::string, Room>& all() const { return rooms_; }

  /// State, members and marks of one room of a batch.
  Room& apply(const JoinedRoom& batch);
  void leave(const std::string& id) { rooms_.erase(id); }
  /// What m.direct says now.
  void apply_direct(const Json& content);
  /// m.direct with one more room in it.
  [[nodiscard]] Json direct_with(const std::string& user, const std::string& room);
  /// That the room was opened by an invitation to a private chat, before its first batch.
  void expect_direct(const std::string& room) { expected_direct_.insert(room); }
  /// A private chat with somebody in which may be written: the one with most of a future (not encrypted unless `encrypted_too`).
  [[nodiscard]] std::optional<std::string> direct_of(const std::string& user, bool encrypted_too) const;

 private:
  void apply_state(Room& room, const Event& event);
  void apply_member(Room& room, const Event& event);

  std::string self_;
  std::map<std::string, Room> rooms_;
  Json direct_ = Json::object();
  std::set<std::string> marked_direct_;  // the rooms that stand in it
  std::set<std::string> expected_direct_;
};

}  // namespace nurturer::matrix
