#include <algorithm>
#include <map>
#include <set>

#include "store/store.hpp"

namespace nurturer::store {
namespace {

using Day = std::chrono::sys_days;

class MemoryStore final : public Store {
 public:
  bool seen(const std::string& channel, const std::string& inbox_id) override { return inbox_.contains({channel, inbox_id}); }

  std::optional<std::string> find(const PersonId& person, const std::string& record) override {
    const auto known = persons_.find(person.value);
    if (known == persons_.end()) return std::nullopt;
    const auto found = known->second.records.find(record);
    if (found == known->second.records.end()) return std::nullopt;
    return found->second;
  }

  bool knows(const PersonId& person) override { return persons_.contains(person.value); }

  void commit(const Change& change) override {
    if (change.inbox) inbox_.try_emplace({change.inbox->channel, change.inbox->id}, change.inbox->at);
    for (const auto& [person, name] : change.drop_records)
      if (const auto known = persons_.find(person.value); known != persons_.end()) known->second.records.erase(name);
    for (const auto& record : change.records) put(record, change.at);
    for (const auto& id : change.drop_timers) timers_.erase(id);
    for (const auto& timer : change.timers) timers_.insert_or_assign(timer.id, timer);
    for (const auto& entry : change.outbox) outbox_.insert_or_assign(entry.id, Waiting{entry, false});
    if (change.cursor) cursors_.insert_or_assign(change.cursor->channel, change.cursor->bytes);
  }

  void forget(const PersonId& person) override {
    persons_.erase(person.value);
    std::erase_if(outbox_, [&](const auto& item) { return item.second.entry.person == person; });
    std::erase_if(timers_, [&](const auto& item) { return item.second.person == person; });
  }

  std::vector<OutboxEntry> outbox(const std::string& channel, Time now, std::size_t most) override {
    std::map<std::string, std::vector<OutboxEntry>> by_room;
    std::set<std::string> held;  // rooms whose earlier entry waits for its next try
    for (const auto& [id, waiting] : outbox_) {
      const auto& entry = waiting.entry;
      if (entry.channel != channel || held.contains(entry.room)) continue;
      if (entry.try_at <= now)
        by_room[entry.room].push_back(entry);
      else if (waiting.tried)
        held.insert(entry.room);
    }
    std::vector<OutboxEntry> entries;
    for (auto& [room, of_room] : by_room)
      for (auto& entry : of_room)
        if (entries.size() < most) entries.push_back(std::move(entry));
    return entries;
  }

  void delivered(const std::string& outbox_id) override { outbox_.erase(outbox_id); }

  void retry(const std::string& outbox_id, Time at) override {
    const auto found = outbox_.find(outbox_id);
    if (found == outbox_.end()) return;
    found->second.entry.try_at = at;
    found->second.tried = true;
  }

  std::vector<Timer> due(Time now, std::size_t most) override {
    auto timers = sorted([&](const Timer& timer) { return timer.due <= now; });
    if (timers.size() > most) timers.resize(most);
    return timers;
  }

  std::optional<Time> next_due(Time after) override {
    const auto timers = sorted([after](const Timer& timer) { return timer.due > after; });
    if (timers.empty()) return std::nullopt;
    return timers.front().due;
  }

  std::vector<Timer> timers_of(const PersonId& person) override {
    return sorted([&](const Timer& timer) { return timer.person == person; });
  }

  std::optional<std::string> cursor(const std::string& channel) override {
    const auto found = cursors_.find(channel);
    if (found == cursors_.end()) return std::nullopt;
    return found->second;
  }

  void sweep(Time now, Time idle_since) override {
    std::erase_if(inbox_, [&](const auto& item) { return item.second <= now - inbox_kept; });
    std::erase_if(outbox_, [&](const auto& item) { return item.second.entry.made <= now - outbox_kept; });
    std::vector<PersonId> idle;
    for (auto& [id, person] : persons_) {
      if (!person.touched) person.touched = std::chrono::floor<std::chrono::days>(now);
      if (*person.touched < std::chrono::floor<std::chrono::days>(idle_since)) idle.push_back({id});
    }
    for (const auto& person : idle) forget(person);
  }

 private:
  struct Person {
    std::map<std::string, std::string> records;
    std::optional<Day> touched;  // empty: since the last sweep
  };
  struct Waiting {
    OutboxEntry entry;
    bool tried = false;
  };

  void put(const Record& record, std::optional<Time> at) {
    auto& person = persons_[record.person.value];
    person.records.insert_or_assign(record.name, record.bytes);
    if (!at) {
      person.touched.reset();
      return;
    }
    const Day day = std::chrono::floor<std::chrono::days>(*at);
    person.touched = person.touched ? std::max(*person.touched, day) : day;
  }

  template <class Wanted>
  std::vector<Timer> sorted(Wanted wanted) const {
    std::vector<Timer> timers;
    for (const auto& [id, timer] : timers_)
      if (wanted(timer)) timers.push_back(timer);
    std::stable_sort(timers.begin(), timers.end(), [](const Timer& a, const Timer& b) { return a.due < b.due; });
    return timers;
  }

  std::map<std::pair<std::string, std::string>, Time> inbox_;
  std::map<std::string, Person> persons_;
  std::map<std::string, Waiting> outbox_;
  std::map<std::string, Timer> timers_;
  std::map<std::string, std::string> cursors_;
};

}  // namespace

std::unique_ptr<Store> open_memory() { return std::make_unique<MemoryStore>(); }

}  // namespace nurturer::store
