#include "adapters/matrix/sync.hpp"

#include <algorithm>
#include <utility>

#include "adapters/matrix/ask.hpp"

namespace nurturer::matrix {
namespace {

using channel::Incoming;
using std::chrono::milliseconds;

constexpr milliseconds poll_wait{30'000};
constexpr std::chrono::minutes alone_for{2};

}  // namespace

void Sync::start(std::string since, std::function<void()> ready, std::function<void(const std::string&)> cannot_read) {
  since_ = std::move(since);
  ready_ = std::move(ready);
  cannot_read_ = std::move(cannot_read);
  look_around();
}

void Sync::stop() {
  over_ = true;
  if (asked_ != 0) wire_.cancel(std::exchange(asked_, 0));
}

void Sync::later(const Answer& answer, std::function<void()> task) {
  Time when = wire_.try_at();
  if (is_outage(answer)) {
    if (down_since_ == Time{}) {
      down_since_ = wire_.now();
      wire_.log("the homeserver cannot be reached (" + (answer.fault.empty() ? "status " + std::to_string(answer.status) : answer.fault) +
                "); what is to be said waits");
    }
  } else {
    when = wire_.now() + asked_to_wait(answer).value_or(milliseconds{5'000});
  }
  wire_.wake(std::max(when, wire_.now() + milliseconds{100}), std::move(task));
}

// All rooms as they are. What was said meanwhile comes with the poll from where the last process ended.
void Sync::look_around() {
  if (over_) return;
  looked_around_ = wire_.now();
  asked_ = wire_.ask(ask::first_sync(wire_.dice()), [this](const Answer& answer) {
    asked_ = 0;
    auto batch = read_batch(answer, rooms_.self());
    if (!batch) return later(answer, [this] { look_around(); });
    if (batch->direct) rooms_.apply_direct(*batch->direct);
    for (const JoinedRoom& room : batch->joined) rooms_.apply(room);
    for (const InvitedRoom& room : batch->invited) invites_.offer(room);
    std::vector<std::string> fresh;
    for (const JoinedRoom& room : batch->joined) {
      fresh.push_back(room.id);
      invites_.follow(room.id);
      if (const Room* known = rooms_.find(room.id); known != nullptr && known->empty()) invites_.leave(room.id);
    }
    keys_.remember(fresh, [this, batch = std::move(*batch)] { looked_around(batch); });
  });
}

// Keys come with this look only if no later poll brings them (again).
void Sync::looked_around(const Batch& batch) {
  if (over_) return;
  last_ = wire_.now();
  const auto serve = [this](const std::set<std::string>&) {
    if (over_) return;
    if (const auto ready = std::exchange(ready_, nullptr)) ready();
    if (on_news) on_news();
    poll();
  };
  if (!since_.empty()) return serve({});
  keys_.take(batch.keys, batch.next, [this, serve, next = batch.next](const std::set<std::string>& sessions) {
    if (over_) return;
    since_ = next;
    Incoming clock;
    clock.kind = Incoming::Kind::clock;
    clock.at = wire_.now();
    clock.cursor = channel::Cursor{since_};
    wire_.give(std::move(clock));
    serve(sessions);
  });
}

void Sync::poll() {
  if (over_) return;
  if (!wire_.may_try()) return wire_.wake(wire_.try_at(), [this] { poll(); });
  asked_ = wire_.ask(ask::sync(since_, limit_, poll_wait), [this](const Answer& answer) {
    asked_ = 0;
    polled(answer);
  });
}

void Sync::polled(const Answer& answer) {
  if (answer.too_large && limit_ > 1) {
    limit_ = std::max(1, limit_ / 4);
    return wire_.wake(wire_.try_at(), [this] { poll(); });
  }
  const bool refused = answer.status >= 400 && answer.status < 500 && answer.status != 429 && !is_outage(answer);
  if (answer.too_large || refused) {
    wire_.log("the homeserver does not go on from where we were (" + std::to_string(answer.status) + " " + error_code(answer) +
              "): reading starts anew, and messages of the time between may be missed");
    since_.clear();
    return wire_.wake(std::max(wire_.try_at(), wire_.now() + milliseconds{5'000}), [this] { look_around(); });
  }
  auto batch = read_batch(answer, rooms_.self());
  if (!batch) return later(answer, [this] { poll(); });
  if (const Time since = std::exchange(down_since_, Time{}); since != Time{}) {
    wire_.log("the homeserver is back after " +
              std::to_string(std::chrono::duration_cast<std::chrono::seconds>(wire_.now() - since).count()) + " s");
  }
  last_ = wire_.now();
  if (on_news) on_news();
  limit_ = settings_.timeline_limit;
  take(std::move(*batch));
}

void Sync::enter_rooms(Work& work) {
  Batch& batch = work.batch;
  if (batch.direct) rooms_.apply_direct(*batch.direct);
  for (const InvitedRoom& room : batch.invited) invites_.offer(room);
  for (const JoinedRoom& joined : batch.joined) {
    const Room* before = rooms_.find(joined.id);
    work.fresh.push_back(before == nullptr);
    rooms_.apply(joined);
    keys_.observe(joined);
    invites_.check_successor(joined.id);
    invites_.follow(joined.id);
  }
}

// Something of a room whose state we never saw: how it stands must be known before it is read.
bool Sync::knows_rooms_of(const Batch& batch) {
  const auto brings_join = [this](const std::vector<Event>& events) {
    return std::ranges::any_of(events, [this](const Event& event) { return says_member(event, rooms_.self(), "join"); });
  };
  return std::ranges::all_of(batch.joined, [&](const JoinedRoom& room) {
    return rooms_.find(room.id) != nullptr || brings_join(room.state) || brings_join(room.timeline);
  });
}

void Sync::take(Batch batch) {
  constexpr std::chrono::minutes at_most_every{1};
  if (!knows_rooms_of(batch) && wire_.now() - looked_around_ > at_most_every) return look_around();
  const KeyNews news = std::move(batch.keys);
  const std::string next = batch.next;
  keys_.take(news, next, [this, batch = std::move(batch)](const std::set<std::string>& sessions) { begin(batch, sessions); });
}

void Sync::begin(Batch batch, const std::set<std::string>& sessions) {
  if (over_) return;
  auto work = std::make_shared<Work>();
  work->batch = std::move(batch);
  work->since = since_;
  enter_rooms(*work);
  bring_held(*work, sessions);
  std::vector<std::string> fresh;
  for (std::size_t i = 0; i < work->batch.joined.size(); ++i) {
    if (work->fresh[i]) fresh.push_back(work->batch.joined[i].id);
  }
  keys_.remember(fresh, [this, work] { fill_all(work); });
}

void Sync::fill_all(const WorkPtr& work) {
  if (over_) return;
  for (std::size_t i = 0; i < work->batch.joined.size(); ++i) {
    const JoinedRoom& room = work->batch.joined[i];
    if (room.limited && !room.prev_batch.empty()) {
      ++work->open;
      fill(work, i, room.prev_batch, 0);
    }
  }
  close(work);
}

void Sync::tidy(const Work& work) {
  for (const std::string& id : work.batch.left) {
    const Room* room = rooms_.find(id);
    if (room == nullptr) continue;
    Incoming left;
    left.kind = Incoming::Kind::left;
    left.room = id;
    left.room_kind = room->direct() ? channel::RoomKind::direct : channel::RoomKind::group;
    left.at = wire_.now();
    wire_.give(std::move(left));
    rooms_.leave(id);
  }
  for (const JoinedRoom& batch : work.batch.joined) {
    leave_if_alone(batch.id);
  }
}

// Who asks us in may take a moment to bring the others: nobody tells when that moment is over.
void Sync::leave_if_alone(const std::string& id) {
  const Room* room = rooms_.find(id);
  if (room == nullptr || !room->empty()) return;
  const Time over = room->joined_at + alone_for;
  if (over <= wire_.now()) return invites_.leave(id);
  wire_.wake(over, [this, id] { leave_if_alone(id); });
}

}  // namespace nurturer::matrix
