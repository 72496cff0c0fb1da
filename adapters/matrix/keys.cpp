#include "adapters/matrix/keys.hpp"

#include <algorithm>
#include <utility>

#include "adapters/matrix/ask.hpp"

namespace nurturer::matrix {

void Keys::start(OwnKeys::Done done, OwnKeys::Failed failed) {
  if (!settings_.encryption) return done();
  traffic_.on_stale_store = [this] { own_.refuse_copy(); };
  own_.start(
      [this, done = std::move(done)] {
        usable_ = own_.usable();
        if (usable_) verifying_.start();
        done();
      },
      std::move(failed));
}

void Keys::take(const KeyNews& news, const std::string& next, std::function<void(const std::set<std::string>&)> done) {
  if (!usable_) return done({});
  const Json arguments{{"to_device", news.to_device},
                       {"device_lists", news.device_lists},
                       {"one_time_keys", news.one_time_keys},
                       {"fallback_keys", news.fallback_keys},
                       {"next_batch", next}};
  wire_.crypt("sync", arguments, [this, news, next, done = std::move(done)](const Crypted& outcome) {
    if (!outcome.fault.empty()) wire_.log("keys of a batch could not be taken: " + outcome.what);
    // The disk may be full. The batch must not go by without its keys: the server gives them once.
    constexpr std::chrono::seconds pause{10};
    if (outcome.fault == "store") return wire_.wake(wire_.now() + pause, [this, news, next, done] { take(news, next, done); });
    std::set<std::string> sessions;
    for (const Json& one : array_at(outcome.value, {"sessions"})) {
      sessions.insert(session_name(text_at(one, {"room"}), text_at(one, {"session"})));
    }
    // Answers to the server, and sessions that went out of step: beside what the batch brought.
    traffic_.drain([this](const Answer& drained) {
      if (!is_done(drained)) return;
      traffic_.claim({}, [this](const Answer&) { traffic_.drain([](const Answer&) {}); });
    });
    if (!news.to_device.empty()) verifying_.step();
    done(sessions);
  });
}

void Keys::apply_member(Members& members, const std::string& user, const std::string& membership) {
  members.joined.erase(user);
  members.invited.erase(user);
  if (membership == "join") members.joined.insert(user);
  if (membership == "invite") members.invited.insert(user);
  members.changed = true;
}

void Keys::observe(const JoinedRoom& batch) {
  if (!usable_) return;
  // A batch may bring a room of ours before its encryption: until that comes our own word stands.
  if (const Room* room = rooms_.find(batch.id); room != nullptr && room->encrypted) expected_.erase(batch.id);
  const auto found = members_.find(batch.id);
  if (found == members_.end()) return;
  // What lies in a gap is not told: who is there is asked anew.
  if (batch.limited) found->second.complete = false;
  for (const auto* events : {&batch.state, &batch.timeline}) {
    for (const Event& event : *events) {
      if (event.type == "m.room.member" && event.state_key)
        apply_member(found->second, *event.state_key, text_at(event.content, {"membership"}));
    }
  }
}

void Keys::remember(const std::vector<std::string>& fresh, std::function<void()> done) {
  if (!usable_) return done();
  Json encrypted = Json::object(), others = Json::array();
  for (const auto& [id, room] : rooms_.all()) {
    if (room.encrypted && remembered_.insert(id).second) encrypted[id] = room.encryption;
  }
  for (const std::string& id : fresh) {
    if (const Room* room = rooms_.find(id); room != nullptr && !room->encrypted) others.push_back(id);
  }
  if (encrypted.empty() && others.empty()) return done();
  wire_.crypt("rooms", {{"encrypted", encrypted}, {"others", others}}, [this, done = std::move(done)](const Crypted& outcome) {
    for (const Json& id : outcome.value.is_array() ? outcome.value : Json::array()) {
      if (Room* room = id.is_string() ? rooms_.find(id.get<std::string>()) : nullptr; room != nullptr) {
        wire_.log("the server calls a room unencrypted that was encrypted before: it stays so for us");
        room->encrypted = true;
        room->encryption = usual_encryption();
      }
    }
    done();
  });
}

Json Keys::json_of(const std::string& room, const Event& event) {
  return {{"type", event.type},
          {"event_id", event.id},
          {"sender", event.sender},
          {"room_id", room},
          {"origin_server_ts", event.at.time_since_epoch().count()},
          {"content", event.content}};
}

void Keys::hear(const std::string& room, const Event& event) {
  if (usable_ && event.sender != settings_.user && Verifying::is_about(event.type, event.content)) verifying_.hear(json_of(room, event));
}

void Keys::send_own(const std::string& room, const std::string& type, const std::string& transaction, const Json& content,
                    const KeyTraffic::Done& done) {
  if (!must_seal(room)) return wire_.ask_until_served(ask::send(room, type, transaction, content), done);
  seal(room, type, content, [this, room, transaction, done](std::optional<Json> sealed, const Answer& failure) {
    if (!sealed) return done(failure);
    wire_.ask_until_served(ask::send(room, "m.room.encrypted", transaction, *sealed), done);
  });
}

void Keys::open(const std::string& room, const Event& event, std::function<void(Opened)> done) {
  wire_.crypt("decrypt", {{"room", room}, {"event", json_of(room, event)}}, [event, done = std::move(done)](const Crypted& outcome) {
    Opened opened;
    opened.session = text_at(outcome.value, {"session"});
    const Json* content = object_at(outcome.value, {"content"});
    if (outcome.fault.empty() && content != nullptr) {
      opened.event = event;
      opened.event->type = text_at(outcome.value, {"type"});
      opened.event->content = *content;
      return done(std::move(opened));
    }
    opened.why = outcome.fault.empty() ? text_at(outcome.value, {"reason"}) : outcome.fault;
    if (const std::string code = text_at(outcome.value, {"withheld"}); !code.empty()) opened.why += ", withheld: " + code;
    opened.may_come = flag_at(outcome.value, {"may_come"});
    done(std::move(opened));
  });
}

bool Keys::must_seal(const std::string& room) {
  const Room* known = rooms_.find(room);
  return expected_.contains(room) || (known != nullptr && known->encrypted);
}

void Keys::expect(const std::string& room, const std::string& user) {
  constexpr std::size_t most_expected = 1'000;
  if (expected_.size() >= most_expected) expected_.erase(expected_.begin());
  expected_[room] = user;
  wire_.crypt("rooms", {{"encrypted", {{room, usual_encryption()}}}, {"others", Json::array()}}, [](const Crypted&) {});
}

void Keys::reaches(const std::string& user, std::function<void(bool)> done) {
  if (!usable_) return done(false);
  wire_.crypt("track", {{"users", {user}}}, [](const Crypted&) {});
  traffic_.drain([this, user, done = std::move(done)](const Answer&) {
    wire_.crypt("devices", {{"user", user}},
                [done](const Crypted& outcome) { done(outcome.value.is_number_integer() && outcome.value.get<std::int64_t>() > 0); });
  });
}

}  // namespace nurturer::matrix
