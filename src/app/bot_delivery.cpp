// The delivery side of the bot: what falls due, what was sent or never will be, what an earlier process left to send.
#include <algorithm>
#include <utility>

#include "app/bot.hpp"
#include "app/lane.hpp"
#include "app/outgoing_json.hpp"
#include "app/reminder_json.hpp"
#include "app/room_json.hpp"
#include "app/state_json.hpp"

namespace nurturer::app {
namespace {

using channel::Outgoing;
using store::Unavailable;

constexpr std::chrono::minutes room_waits_least{2};
constexpr std::chrono::minutes room_waits_most{10};

// What a timer says, sealed: the channel in its first line, the room behind it.
std::string write_room_timer(const std::string& channel_name, const std::string& room) { return channel_name + "\n" + room; }

}  // namespace

void Bot::sweep(channel::Time now) {
  constexpr std::chrono::hours sweep_every{1};
  if (swept_ != channel::Time{} && now - swept_ < sweep_every && now >= swept_) return;
  swept_ = now;
  try {
    store_.sweep(now, now - options_.idle);
  } catch (const Unavailable&) {
    // What is past its time goes with the next sweep.
  }
}

// The timers of a channel that are due, two thousand or so at a time: one transaction each. Those of a channel that is not served may lie before them.
std::vector<store::Timer> Bot::due_on(const std::string& channel_name, channel::Time now) {
  constexpr std::size_t most = 100'000;
  for (std::size_t at_once = 2000;; at_once *= 10) {
    auto timers = store_.due(now, at_once);
    const bool more = timers.size() == at_once && at_once < most;
    std::erase_if(timers, [&](const store::Timer& timer) { return !timer.bytes.starts_with(channel_name + "\n"); });
    if (!timers.empty() || !more) return timers;
  }
}

std::optional<Outgoing> Bot::fire_room_line(const std::string& channel_name, const store::Timer& timer, store::Change& change) {
  Outgoing line;
  line.id = ids_.next(timer.due);
  line.room = timer.bytes.substr(channel_name.size() + 1);
  rooms_waiting_.erase(timer.bytes);
  line.room_kind = channel::RoomKind::group;
  line.text = companion_.common_line("room_heavy", around(nullptr, false));
  line.at = timer.due;
  change.drop_timers.push_back(timer.id);
  change.outbox.push_back({line.id, channel_name, lane_of(line), {}, write_outgoing(line), timer.due, timer.due});
  return line;
}

// Memory follows the store: a reminder that came is another one for the next turn of a talk that runs.
std::optional<Outgoing> Bot::fire_reminder(const std::string& channel_name, const store::Timer& timer, channel::Time now,
                                           store::Change& change) {
  const auto kept = read_reminder(timer);
  if (!kept) {
    change.drop_timers.push_back(timer.id);  // of a version that nobody knows: better gone than in the way of all others
    return std::nullopt;
  }
  const schedule::Reminder& reminder = kept->reminder;
  const schedule::Firing firing = schedule::fire(reminder, now);
  dialogue::Person* person = sessions_.known(timer.person);
  const bool discreet = person != nullptr ? person->discreet : kept->discreet ? *kept->discreet : is_discreet(timer.person);
  if (firing.after)
    change.timers.push_back(write_reminder(channel_name, timer.person, *firing.after, discreet));
  else
    change.drop_timers.push_back(timer.id);
  if (person != nullptr) {
    std::erase_if(person->reminders, [&](const schedule::Reminder& r) { return r.id == timer.id; });
    if (firing.after) person->reminders.push_back(*firing.after);
  }
  if (firing.how == schedule::Firing::How::missed || firing.how == schedule::Firing::How::erase) return std::nullopt;
  dialogue::Talk* talk = sessions_.running(timer.person, direct_room, now);
  const dialogue::Say say = companion_.remind(talk, reminder, firing, discreet, {now, options_.dice()});
  Outgoing line = line_of(say, reminder.room, firing.at);
  if (!reminder.group) line.room_kind = channel::RoomKind::direct;
  if (!reminder.all) line.to = timer.person.value.substr(channel_name.size() + 1);
  change.outbox.push_back({line.id, channel_name, lane_of(line), timer.person, write_outgoing(line), now, now});
  if (talk != nullptr) sessions_.sent(timer.person, direct_room).push_back({line.id, now});
  return line;
}

bool Bot::is_discreet(const store::PersonId& person) {
  const auto bytes = store_.find(person, "person");
  return bytes && read_person(*bytes).discreet;
}

// All that is due is one transaction: its ids are fixed and durable before the first of it is sent. What people asked for themselves goes
// first; then what concerns rooms; each oldest first.
std::vector<Outgoing> Bot::advance(const std::string& channel_name, channel::Time now) {
  sweep(now);
  std::vector<Outgoing> out;
  try {
    auto timers = due_on(channel_name, now);
    Due due;
    store::Change& change = due.change;
    change.at = now;
    fire_turns(channel_name, now, due, out);
    if (timers.empty() && out.empty()) return out;
    std::ranges::stable_partition(timers, has_kind);
    for (const store::Timer& timer : timers) {
      if (const auto room = read_room_wake(timer)) {
        for (auto& line : fire_room(channel_name, timer, *room, now, due)) out.push_back(std::move(line));
        continue;
      }
      auto line = has_kind(timer) ? fire_reminder(channel_name, timer, now, change) : fire_room_line(channel_name, timer, change);
      if (line) out.push_back(std::move(*line));
    }
    store_.commit(change);
    for (dialogue::Room& room : due.rooms) rooms_.keep(channel_name, std::move(room));
  } catch (const Unavailable&) {
    return {};  // what is due stays due: the next call finds it again
  }
  return out;
}

// A crisis of a room that is answered in private: should the answer never arrive, the room gets one line.
void Bot::wait_for(const Outgoing& out) {
  const bool crisis = out.about.level == "crisis" || out.about.level == "emergency";
  if (out.kind != Outgoing::Kind::say || out.room_kind != channel::RoomKind::group || !out.private_ || !crisis) return;
  private_[out.id] = {out.room, out.about.level == "emergency"};
}

void Bot::acknowledge(const std::string& channel_name, const channel::Acknowledgement& acknowledgement, channel::Time now) {
  const auto waiting = private_.find(acknowledgement.id);
  try {
    if (acknowledgement.delivery == channel::Delivery::retry) return store_.retry(acknowledgement.id, acknowledgement.retry_at);
    store_.delivered(acknowledgement.id);
    // One line for the room, however many lines of the private answer failed.
    const bool tells_room = waiting != private_.end() && acknowledgement.delivery == channel::Delivery::never &&
                            rooms_waiting_.insert(write_room_timer(channel_name, waiting->second.room)).second;
    if (tells_room) {
      const auto span = std::chrono::milliseconds{room_waits_most - room_waits_least}.count();
      const auto wait =
          waiting->second.at_once
              ? std::chrono::milliseconds{0}
              : room_waits_least + std::chrono::milliseconds{static_cast<std::int64_t>(options_.dice() % static_cast<std::uint64_t>(span))};
      store::Change change;
      // The id of a timer lies in clear in the store: it must not name the room, which stands in the sealed bytes.
      change.timers.push_back({"room " + acknowledgement.id, {}, now + wait, write_room_timer(channel_name, waiting->second.room)});
      store_.commit(change);
    }
  } catch (const Unavailable&) {
  }
  if (waiting != private_.end()) private_.erase(waiting);
}

std::optional<channel::Time> Bot::next_due(channel::Time after) {
  std::optional<channel::Time> next;
  try {
    next = store_.next_due(after);
  } catch (const Unavailable&) {
    // What memory knows of comes all the same.
  }
  for (const auto& [person, turn] : turns_) {
    if (turn.due > after && (!next || turn.due < *next)) next = turn.due;
  }
  return next;
}

std::vector<Outgoing> Bot::take_up(const std::string& channel_name, channel::Time now, bool all, std::size_t most) {
  sweep(now);
  std::vector<Outgoing> out;
  // Every entry was tried, or made to be tried, before this.
  constexpr std::chrono::hours ahead{24 * 365};
  try {
    for (const store::OutboxEntry& entry : store_.outbox(channel_name, all ? now + ahead : now, most)) {
      if (auto outgoing = read_outgoing(entry.bytes)) {
        wait_for(*outgoing);
        out.push_back(std::move(*outgoing));
      } else {
        store_.delivered(entry.id);
      }
    }
  } catch (const Unavailable&) {
  }
  return out;
}

}  // namespace nurturer::app
