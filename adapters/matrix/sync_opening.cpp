// The encrypted events of a batch: opened before they are read, or held until their key comes.
#include <algorithm>
#include <map>
#include <utility>

#include "adapters/matrix/sync.hpp"

namespace nurturer::matrix {
namespace {

constexpr std::size_t most_held = 1'000;
constexpr std::chrono::seconds key_within{25};  // keys often come after the message, seldom later than this

}  // namespace

// What waited for a key that has come now, as if it had been in this batch.
void Sync::bring_held(Work& work, const std::set<std::string>& sessions) {
  std::vector<Held> kept;
  const auto late = std::exchange(late_, {});
  std::map<std::string, std::ptrdiff_t> brought;  // room -> how many: they stay in the order in which they were written
  for (Held& held : held_) {
    const std::string name = Keys::session_name(held.room, held.session);
    if (!sessions.contains(name) && !late.contains(name)) {
      kept.push_back(std::move(held));
      continue;
    }
    auto& rooms = work.batch.joined;
    auto place = std::find_if(rooms.begin(), rooms.end(), [&held](const JoinedRoom& one) { return one.id == held.room; });
    if (place == rooms.end()) {
      JoinedRoom room;
      room.id = held.room;
      rooms.push_back(std::move(room));
      work.fresh.push_back(false);
      place = rooms.end() - 1;
    }
    place->timeline.insert(place->timeline.begin() + brought[held.room]++, std::move(held.event));
  }
  held_ = std::move(kept);
}

void Sync::open_all(const WorkPtr& work) {
  if (!keys_.usable()) return look_up(work);
  work->open = 1;
  for (std::size_t i = 0; i < work->batch.joined.size(); ++i) {
    const JoinedRoom& batch = work->batch.joined[i];
    const Room* room = rooms_.find(batch.id);
    // What was written before we came is not for us, and we have no keys for it.
    const std::size_t first = room == nullptr ? batch.timeline.size() : first_heard(batch.timeline, *room, rooms_.self());
    for (std::size_t j = first; j < batch.timeline.size(); ++j) {
      if (batch.timeline[j].type != "m.room.encrypted") continue;
      ++work->open;
      keys_.open(batch.id, batch.timeline[j], [this, work, i, j](Keys::Opened result) { opened(work, i, j, std::move(result)); });
    }
  }
  if (--work->open == 0) look_up(work);
}

void Sync::opened(const WorkPtr& work, std::size_t room, std::size_t index, Keys::Opened opened) {
  JoinedRoom& batch = work->batch.joined[room];
  Event& event = batch.timeline[index];
  if (opened.event) {
    event = std::move(*opened.event);
  } else if (event.sender != rooms_.self()) {
    if (opened.may_come && held_.size() < most_held) {
      held_.push_back({batch.id, opened.session, event, wire_.now() + key_within});
      wire_.wake(held_.back().until, [this] { let_go(); });
    } else {
      give_up(batch.id, opened.why);
    }
  }
  if (--work->open == 0 && !over_) look_up(work);
}

void Sync::give_up(const std::string& room, const std::string& why) {
  ++unreadable_;
  why_unreadable_ = why;
  wire_.log("a message could not be decrypted (" + why + ")");
  if (on_unreadable) on_unreadable(room);
}

// Asked once more for the reason: meanwhile it may have been told why the key is withheld.
void Sync::let_go() {
  if (over_) return;
  std::vector<Held> kept;
  for (Held& held : held_) {
    if (held.until > wire_.now()) {
      kept.push_back(std::move(held));
      continue;
    }
    keys_.open(held.room, held.event, [this, held](const Keys::Opened& opened) {
      if (!opened.event) return give_up(held.room, opened.why);
      // It came by another way than a batch: read with the next.
      late_.insert(Keys::session_name(held.room, held.session));
      held_.push_back(held);
    });
  }
  held_ = std::move(kept);
}

}  // namespace nurturer::matrix
