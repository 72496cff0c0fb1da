// One batch of a Sync: what it leaves out is fetched, then it is read and handed over.
#include <algorithm>
#include <utility>

#include "adapters/matrix/ask.hpp"
#include "adapters/matrix/sync.hpp"

namespace nurturer::matrix {
namespace {

using channel::Incoming;

constexpr int most_pages = 10;
constexpr int page_size = 100;
constexpr std::size_t most_look_ups = 30;
constexpr std::chrono::hours net_reaches_back{24};  // older than this nothing is answered

}  // namespace

// After we came in; in a private chat after we were asked in, since people write before they are answered.
std::size_t Sync::first_heard(const std::vector<Event>& timeline, const Room& room, const std::string& self) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < timeline.size(); ++i) {
    if (says_member(timeline[i], self, "join") && timeline[i].at == room.joined_at) begin = i + 1;
  }
  if (begin == 0 || !room.direct()) return begin;
  for (std::size_t i = begin; i-- > 0;) {
    if (says_member(timeline[i], self, "invite")) return i + 1;
  }
  return begin;
}

// Goes back page by page until there is nothing older, or nothing older that would be answered.
void Sync::fill(const WorkPtr& work, std::size_t index, const std::string& from, int pages) {
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
        bool enough = room == nullptr || page->events.empty() || page->end.empty() || pages + 1 >= most_pages;
        for (const Event& event : page->events) {
          enough = enough || says_member(event, rooms_.self(), "join") ||
                   (room != nullptr && event.at < room->joined_at - std::chrono::minutes{5}) || event.at + net_reaches_back < wire_.now();
        }
        std::ranges::reverse(page->events);
        batch.timeline.insert(batch.timeline.begin(), std::make_move_iterator(page->events.begin()),
                              std::make_move_iterator(page->events.end()));
        if (enough) return close(work);
        fill(work, index, page->end, pages + 1);
      });
}

// The last request of a step is back.
void Sync::close(const WorkPtr& work) {
  if (over_ || --work->open > 0) return;
  open_all(work);
}

void Sync::look_up(const WorkPtr& work) {
  std::map<std::string, std::string> wanted;  // event -> room
  for (const JoinedRoom& batch : work->batch.joined) {
    const Room* room = rooms_.find(batch.id);
    if (room == nullptr) continue;
    for (const Event& event : batch.timeline) {
      keys_.hear(batch.id, event);
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
  work->open = wanted.size();
  for (const auto& [id, room] : wanted) {
    wire_.ask_until_served(ask::event(room, id), [this, work, event = id, place = room](const Answer& answer) {
      looked_up(place, event, answer);
      if (--work->open == 0 && !over_) hand_over(*work);
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
    if (auto left = read_leaving(event, batch.id, rooms_.self())) {
      work.heard.push_back(std::move(*left));
      continue;
    }
    if (event.type == "m.room.encrypted" && event.sender != rooms_.self() && !keys_.usable()) cannot_read_(batch.id);
    auto incoming = read_incoming(event, batch.id, *room, rooms_.self(), lines_);
    if (!incoming) continue;
    // In a room of several the answer goes to a private chat, which we would open encrypted.
    incoming->takes_files = keys_.usable() && (room->encrypted || !room->direct());
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
  if (!work.heard.empty() && held_.empty()) work.heard.back().cursor = channel::Cursor{since_};
  for (Incoming& incoming : work.heard) wire_.give(std::move(incoming));
  poll();
}

}  // namespace nurturer::matrix
