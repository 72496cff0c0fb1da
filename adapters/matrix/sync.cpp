#include "adapters/matrix/sync.hpp"

#include <algorithm>
#include <utility>

#include "adapters/matrix/ask.hpp"

namespace nurturer::matrix {
namespace {

using channel::Incoming;
using std::chrono::milliseconds;

constexpr milliseconds poll_wait{30'000};
constexpr int most_pages = 10;
constexpr int page_size = 100;
constexpr std::size_t most_look_ups = 30;
constexpr std::chrono::hours net_reaches_back{24};  // older than this nothing is answered
constexpr std::chrono::minutes alone_for{2};

bool is_own_member(const Event& event, const std::string& self, std::string_view membership) {
  return event.type == "m.room.member" && event.state_key == self && text_at(event.content, {"membership"}) == membership;
}

// Where what concerns us begins: after we came in; in a private chat after we were asked in, since people write before they are answered.
std::size_t first_heard(const std::vector<Event>& timeline, const Room& room, const std::string& self) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    if (is_own_member(timeline[i], self, "join") && timeline[i].at == room.joined_at) begin = i + 1;
  }
  if (begin == 0 || !room.direct()) return begin;
  for (std::size_t i = begin; i-- > 0;) {
    if (is_own_member(timeline[i], self, "invite")) return i + 1;
  }
  return begin;
}

}  // namespace

// One batch, while it is completed.
struct Sync::Work {
  Batch batch;
  std::string since;        // what it was asked with
  std::vector<bool> fresh;  // of batch.joined: we were not in there before
  std::size_t open = 1;     // requests under way, and the one who starts them
  std::vector<Incoming> heard;
};

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
    if (std::exchange(down_since_, down_since_ == Time{} ? wire_.now() : down_since_) == Time{}) {
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
  asked_ = wire_.ask(ask::first_sync(), [this](const Answer& answer) {
    asked_ = 0;
    auto batch = read_batch(answer, rooms_.self());
    if (!batch) return later(answer, [this] { look_around(); });
    if (batch->direct) rooms_.apply_direct(*batch->direct);
    for (const JoinedRoom& room : batch->joined) rooms_.apply(room);
    for (const InvitedRoom& room : batch->invited) invites_.offer(room);
    for (const JoinedRoom& room : batch->joined) {
      invites_.follow(room.id);
      if (const Room* known = rooms_.find(room.id); known != nullptr && known->empty()) invites_.leave(room.id);
    }
    if (since_.empty()) {
      since_ = batch->next;
      Incoming clock;
      clock.kind = Incoming::Kind::clock;
      clock.at = wire_.now();
      clock.cursor = channel::Cursor{since_};
      wire_.give(std::move(clock));
    }
    last_ = wire_.now();
    if (const auto ready = std::exchange(ready_, nullptr)) ready();
    poll();
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
    invites_.check_successor(joined.id);
    invites_.follow(joined.id);
  }
}

void Sync::take(Batch batch) {
  auto work = std::make_shared<Work>();
  work->batch = std::move(batch);
  work->since = since_;
  enter_rooms(*work);
  for (std::size_t i = 0; i < work->batch.joined.size(); ++i) {
    const JoinedRoom& room = work->batch.joined[i];
    if (room.limited && !room.prev_batch.empty()) {
      ++work->open;
      fill(work, i, room.prev_batch, most_pages);
    }
  }
  close(work);
}

// Goes back page by page until there is nothing older, or nothing older that would be answered.
void Sync::fill(const std::shared_ptr<Work>& work, std::size_t index, const std::string& from, int pages) {
  const std::string id = work->batch.joined[index].id;
  wire_.ask_until_served(
      ask::older(id, from, work->fresh[index] ? "" : work->since, page_size), [this, work, index, pages](const Answer& answer) {
        auto page = read_page(answer);
        if (!page) {
          wire_.log("a gap in a room could not be filled: " + std::to_string(answer.status) + " " + error_code(answer));
          return close(work);
        }
        JoinedRoom& batch = work->batch.joined[index];
        const Room* room = rooms_.find(batch.id);
        bool enough = room == nullptr || page->events.empty() || page->end.empty() || pages <= 1;
        for (const Event& event : page->events) {
          enough = enough || is_own_member(event, rooms_.self(), "join") ||
                   (room != nullptr && event.at < room->joined_at - std::chrono::minutes{5}) || event.at + net_reaches_back < wire_.now();
        }
        std::ranges::reverse(page->events);
        batch.timeline.insert(batch.timeline.begin(), std::make_move_iterator(page->events.begin()),
                              std::make_move_iterator(page->events.end()));
        if (enough) return close(work);
        fill(work, index, page->end, pages - 1);
      });
}

// The last request of a step is back.
void Sync::close(const std::shared_ptr<Work>& work) {
  if (over_ || --work->open > 0) return;
  look_up(work);
}

void Sync::look_up(const std::shared_ptr<Work>& work) {
  std::map<std::string, std::string> wanted;  // event -> room
  for (const JoinedRoom& batch : work->batch.joined) {
    const Room* room = rooms_.find(batch.id);
    if (room == nullptr) continue;
    for (const Event& event : batch.timeline) {
      if (auto line = line_of(event, rooms_.self(), batch.id))
        lines_.add(event.id, std::move(*line));
      else if (event.type == "m.room.message")
        lines_.add_other(event.id);
    }
    for (const Event& event : batch.timeline) {
      if (event.sender == rooms_.self() || wanted.size() >= most_look_ups) continue;
      if (const std::string id = refers_to(event, *room, lines_); !id.empty()) wanted.emplace(id, batch.id);
    }
  }
  if (wanted.empty()) return hand_over(*work);
  const auto open = std::make_shared<std::size_t>(wanted.size());
  for (const auto& [id, room] : wanted) {
    wire_.ask_until_served(ask::event(room, id), [this, work, open, event = id, place = room](const Answer& answer) {
      looked_up(place, event, answer);
      if (--*open == 0 && !over_) hand_over(*work);
    });
  }
}

void Sync::looked_up(const std::string& room, const std::string& id, const Answer& answer) {
  auto body = read_good(answer);
  if (!body) return;
  const bool took_part = flag_at(*body, {"unsigned", "m.relations", "m.thread", "current_user_participated"});
  if (took_part) lines_.join_thread(id);
  const auto event = read_event(std::move(*body));
  auto line = event && event->id == id ? line_of(*event, rooms_.self(), room) : std::nullopt;
  if (line)
    lines_.add(id, std::move(*line));
  else
    lines_.add_other(id);
}

void Sync::read_room(Work& work, const JoinedRoom& batch, bool fresh) {
  const Room* room = rooms_.find(batch.id);
  if (room == nullptr) return;
  std::set<std::string> seen;  // a page of a gap may overlap with what came
  std::string read_up_to, thread;
  for (std::size_t i = first_heard(batch.timeline, *room, rooms_.self()); i < batch.timeline.size(); ++i) {
    const Event& event = batch.timeline[i];
    if (!event.id.empty() && !seen.insert(event.id).second) continue;
    if (fresh && event.at < room->joined_at && !room->direct()) continue;
    if (event.type == "m.room.encrypted" && event.sender != rooms_.self()) cannot_read_(batch.id);
    auto incoming = read_incoming(event, batch.id, *room, rooms_.self(), lines_);
    if (!incoming) continue;
    if (incoming->kind == Incoming::Kind::message && incoming->mention) {
      read_up_to = event.id;
      thread = read_place(incoming->room).thread;
    }
    work.heard.push_back(std::move(*incoming));
  }
  if (!read_up_to.empty() && !wire_.down()) wire_.ask(ask::receipt(batch.id, read_up_to, thread), [](const Answer&) {});
}

void Sync::hand_over(Work& work) {
  for (std::size_t i = 0; i < work.batch.joined.size(); ++i) {
    const JoinedRoom& batch = work.batch.joined[i];
    if (work.fresh[i]) {
      const Room* room = rooms_.find(batch.id);
      Incoming joined;
      joined.kind = Incoming::Kind::joined;
      joined.room = batch.id;
      joined.from = room == nullptr ? "" : room->peer;
      joined.room_kind = room != nullptr && room->direct() ? channel::RoomKind::direct : channel::RoomKind::group;
      joined.at = wire_.now();
      work.heard.push_back(std::move(joined));
    }
    read_room(work, batch, work.fresh[i]);
  }
  tidy(work);
  since_ = work.batch.next;
  const bool news = !work.batch.joined.empty() || !work.batch.left.empty() || !work.batch.invited.empty();
  if (work.heard.empty() && news) {
    Incoming clock;
    clock.kind = Incoming::Kind::clock;
    clock.at = wire_.now();
    work.heard.push_back(std::move(clock));
  }
  if (!work.heard.empty()) work.heard.back().cursor = channel::Cursor{since_};
  for (Incoming& incoming : work.heard) wire_.give(std::move(incoming));
  poll();
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
    const Room* room = rooms_.find(batch.id);
    if (room != nullptr && room->empty() && room->joined_at + alone_for < wire_.now()) invites_.leave(batch.id);
  }
}

}  // namespace nurturer::matrix
