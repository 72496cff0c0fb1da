#pragma once
// Which rooms we enter, and when we leave: invitations by the operator's policy, a few a minute, tried again when the servers are not
// ready yet; upgraded rooms; empty ones.

#include <deque>
#include <set>

#include "adapters/matrix/rooms.hpp"
#include "adapters/matrix/wire.hpp"

namespace nurturer::matrix {

class Invites {
 public:
  /// All must outlive it.
  Invites(const Settings& settings, Wire& wire, Rooms& rooms) : settings_(settings), wire_(wire), rooms_(rooms) {}

  void offer(const InvitedRoom& room);
  /// A room of ours was replaced: follows when the new room says so too (check_successor).
  void follow(const std::string& old_room);
  /// A room that we came into through follow() names the old one as its predecessor, or is left.
  void check_successor(const std::string& room);
  void leave(const std::string& room);

  [[nodiscard]] bool wanted(const std::string& inviter) const;

 private:
  struct Join {
    std::string room, via;
    Time since{};
    unsigned tries = 0;
  };
  void pump();
  void enter(const Join& join);
  void entered(Join join, const Answer& answer);

  const Settings& settings_;
  Wire& wire_;
  Rooms& rooms_;
  std::deque<Join> queue_;
  std::set<std::string> busy_;                // rooms on the way in
  std::map<std::string, std::string> heirs_;  // new room -> old room
  std::deque<Time> recent_;
  bool armed_ = false;
};

}  // namespace nurturer::matrix
