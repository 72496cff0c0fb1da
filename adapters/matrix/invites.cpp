#include "adapters/matrix/invites.hpp"

#include <algorithm>

#include "adapters/matrix/ask.hpp"
#include "adapters/net/backoff.hpp"

namespace nurturer::matrix {
namespace {

constexpr std::size_t most_waiting = 500;
constexpr std::size_t most_a_minute = 100;
constexpr std::chrono::minutes a_minute{1};
constexpr std::chrono::hours give_up{1};
constexpr net::Backoff pauses{std::chrono::milliseconds{2'000}, std::chrono::milliseconds{300'000}};

std::string server_of(const std::string& user) {
  const auto colon = user.find(':');
  return colon == std::string::npos ? std::string{} : user.substr(colon + 1);
}

}  // namespace

bool Invites::wanted(const std::string& inviter) const {
  if (settings_.invites == Settings::Invites::anyone) return true;
  if (settings_.invites == Settings::Invites::nobody) return false;
  const std::string server = server_of(inviter);
  return std::ranges::any_of(settings_.invited_by, [&](const std::string& one) { return one == inviter || one == server; });
}

void Invites::offer(const InvitedRoom& room) {
  if (!wanted(room.inviter)) return wire_.log("an invitation was not taken: invites in [matrix] does not allow it");
  if (busy_.size() >= most_waiting || !busy_.insert(room.id).second) return;
  if (room.direct) rooms_.expect_direct(room.id);
  queue_.push_back({room.id, server_of(room.inviter), wire_.now(), 0});
  pump();
}

void Invites::follow(const std::string& old_room) {
  const Room* room = rooms_.find(old_room);
  if (room == nullptr || !room->replacement.starts_with('!') || rooms_.find(room->replacement) != nullptr) return;
  if (busy_.size() >= most_waiting || !busy_.insert(room->replacement).second) return;
  heirs_[room->replacement] = old_room;
  queue_.push_back({room->replacement, server_of(room->upgraded_by), wire_.now(), 0});
  pump();
}

void Invites::check_successor(const std::string& id) {
  const auto heir = heirs_.find(id);
  const Room* room = rooms_.find(id);
  if (heir == heirs_.end() || room == nullptr) return;
  const bool honest = room->predecessor == heir->second;
  heirs_.erase(heir);
  if (honest) return;
  wire_.log("a room was replaced by one that does not know it: left again");
  leave(id);
}

void Invites::leave(const std::string& room) {
  wire_.ask(ask::leave(room), [](const Answer&) {});
  rooms_.leave(room);
}

void Invites::pump() {
  while (!recent_.empty() && recent_.front() + a_minute <= wire_.now()) recent_.pop_front();
  while (!queue_.empty() && recent_.size() < most_a_minute) {
    recent_.push_back(wire_.now());
    const Join join = queue_.front();
    queue_.pop_front();
    enter(join);
  }
  if (queue_.empty() || std::exchange(armed_, true)) return;
  wire_.wake(recent_.front() + a_minute, [this] {
    armed_ = false;
    pump();
  });
}

void Invites::enter(const Join& join) {
  if (rooms_.find(join.room) != nullptr) {
    busy_.erase(join.room);
    return;
  }
  if (!wire_.may_try()) {
    wire_.wake(wire_.try_at(), [this, join] { enter(join); });
    return;
  }
  wire_.ask(ask::join(join.room, join.via), [this, join](const Answer& answer) { entered(join, answer); });
}

// A 403 or 404 may mean that the invitation is not known everywhere yet.
void Invites::entered(Join join, const Answer& answer) {
  if (is_done(answer)) {
    busy_.erase(join.room);
    return;
  }
  if (wire_.now() - join.since > give_up) {
    busy_.erase(join.room);
    heirs_.erase(join.room);
    return wire_.log("a room could not be entered within an hour: " + std::to_string(answer.status) + " " + error_code(answer));
  }
  auto wait = net::wait_before_retry(pauses, join.tries++, wire_.dice());
  if (answer.status == 429) wait = std::max(wait, asked_to_wait(answer).value_or(wait));
  wire_.wake(std::max(wire_.now() + wait, wire_.try_at()), [this, join] { enter(join); });
}

}  // namespace nurturer::matrix
