#include "app/sessions.hpp"

#include "app/reminder_json.hpp"
#include "app/state_json.hpp"

namespace nurturer::app {
namespace {

constexpr std::chrono::minutes tidy_every{10};
constexpr std::chrono::hours removable{24};

bool over(const dialogue::Talk& talk, dialogue::Time now) {
  if (talk.crisis && now - talk.crisis->last_sign < dialogue::crisis_lasts) return false;
  return now - talk.last_heard >= dialogue::talk_lasts;
}

}  // namespace

void Sessions::load(const store::PersonId& person, const std::string& room) {
  Known& known = persons_[person.value];
  if (!known.loaded) {
    if (const auto bytes = store_.find(person, "person")) known.person = read_person(*bytes);
    for (const store::Timer& timer : store_.timers_of(person)) {
      if (auto kept = read_reminder(timer)) known.person.reminders.push_back(std::move(kept->reminder));
    }
    known.loaded = true;
  }
  Room& here = rooms_[{person.value, room}];
  if (here.loaded) return;
  if (const auto bytes = store_.find(person, "talk:" + room)) here.talk = read_talk(*bytes);
  here.loaded = true;
}

dialogue::Person& Sessions::person(const store::PersonId& person) { return persons_[person.value].person; }

dialogue::Talk& Sessions::talk(const store::PersonId& person, const std::string& room) { return rooms_[{person.value, room}].talk; }

std::deque<SentLine>& Sessions::sent(const store::PersonId& person, const std::string& room) { return rooms_[{person.value, room}].sent; }

dialogue::Person* Sessions::known(const store::PersonId& person) {
  const auto found = persons_.find(person.value);
  return found == persons_.end() || !found->second.loaded ? nullptr : &found->second.person;
}

const dialogue::Person* Sessions::known(const store::PersonId& person) const {
  const auto found = persons_.find(person.value);
  return found == persons_.end() || !found->second.loaded ? nullptr : &found->second.person;
}

dialogue::Talk* Sessions::running(const store::PersonId& person, const std::string& room, dialogue::Time now) {
  const auto found = rooms_.find({person.value, room});
  return found == rooms_.end() || over(found->second.talk, now) ? nullptr : &found->second.talk;
}

void Sessions::forget(const store::PersonId& person) {
  persons_.erase(person.value);
  for (auto room = rooms_.lower_bound({person.value, ""}); room != rooms_.end() && room->first.first == person.value;) {
    room = rooms_.erase(room);
  }
}

void Sessions::tidy(dialogue::Time now) {
  if (now - tidied_ < tidy_every && now >= tidied_) return;
  tidied_ = now;
  std::map<std::string, bool> still_here;
  for (auto room = rooms_.begin(); room != rooms_.end();) {
    auto& sent = room->second.sent;
    while (!sent.empty() && now - sent.front().at >= removable) sent.pop_front();
    const bool ended = over(room->second.talk, now);
    if (ended) room->second.talk.slots.clear();  // their own words go with the talk; where it stood may be picked up
    if (ended && sent.empty()) {
      room = rooms_.erase(room);
      continue;
    }
    still_here[room->first.first] = true;
    ++room;
  }
  std::erase_if(persons_, [&](const auto& known) { return !still_here.contains(known.first); });
}

}  // namespace nurturer::app
