#pragma once
// A homeserver in memory: answers what a Machine asks by rules of the test, and keeps what came of it.

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "adapters/matrix/machine.hpp"

namespace nurturer::matrix::test {

inline const std::string self = "@n:a.org";
inline const std::string ann = "@ann:a.org";
inline const std::string room = "!r:a.org";
constexpr Time start{std::chrono::hours{500'000}};

inline Settings settings() {
  Settings settings;
  settings.homeserver = "https://a.org/";
  settings.user = self;
  settings.password = "pass";
  return settings;
}
inline Session session() { return {"https://a.org", self, "D", "t1", "", std::nullopt}; }

inline Json state_event(const std::string& type, const std::string& key, const Json& content, const std::string& sender = ann) {
  return {{"event_id", "$s" + type + key}, {"type", type},      {"state_key", key}, {"sender", sender},
          {"origin_server_ts", 1'000},     {"content", content}};
}
inline Json member(const std::string& user, const std::string& membership = "join") {
  return state_event("m.room.member", user, {{"membership", membership}}, user);
}
inline Json message(const std::string& id, const std::string& body, const Json& more = Json::object(), const std::string& sender = ann) {
  Json content{{"msgtype", "m.text"}, {"body", body}};
  content.update(more);
  return {{"event_id", id},
          {"type", "m.room.message"},
          {"sender", sender},
          {"origin_server_ts", start.time_since_epoch().count()},
          {"content", content}};
}
// Lists, not Json: a Json in braces would be a copy, not an array of one.
inline Json joined(const std::vector<Json>& timeline, const std::vector<Json>& state = {}, int members = 2) {
  return {{"timeline", {{"events", timeline}, {"limited", false}, {"prev_batch", "p"}}},
          {"state", {{"events", state}}},
          {"summary", {{"m.joined_member_count", members}, {"m.invited_member_count", 0}, {"m.heroes", Json::array({ann})}}}};
}

class Home {
 public:
  explicit Home(Settings wished = settings(), std::optional<Session> before = session())
      : machine(std::move(wished), std::move(before), [this] { return dice += 0x9E3779B97F4A7C15U; }) {}

  /// Answers the requests whose target holds `part` from now on; the rule named last is asked first. {} leaves one open.
  using Rule = std::function<std::optional<Answer>(const Request&)>;
  void on(const std::string& part, Rule rule) { rules.insert(rules.begin(), {part, std::move(rule)}); }
  void on(const std::string& part, int status, const Json& body) {
    on(part, [=](const Request&) { return Answer{.status = status, .body = body.dump()}; });
  }

  void begin(const std::string& cursor = "s0") {
    machine.start(cursor.empty() ? std::nullopt : std::optional{channel::Cursor{cursor}}, now);
    run();
  }
  void run() {
    while (auto action = machine.next_action()) take(*action);
  }
  /// Lets time pass, step by step, up to `wait` later.
  void pass(std::chrono::milliseconds wait) {
    const Time end = now + wait;
    for (auto due = machine.deadline(); due && *due <= end; due = machine.deadline()) {
      now = std::max(now, *due);
      machine.tick(now);
      run();
    }
    now = end;
  }
  /// The poll that is open comes back with these rooms.
  void sync(const Json& join, const Json& more = Json::object()) {
    Json body{{"next_batch", "s" + std::to_string(++batch)}, {"rooms", {{"join", join}}}};
    body.update(more, true);
    answer_poll({.status = 200, .body = body.dump()});
  }
  void answer_poll(const Answer& answer) {
    if (polls.empty()) throw std::logic_error("no poll is open");
    const auto id = polls.back();
    polls.pop_back();
    machine.receive(id, answer, now);
    run();
  }
  void say(const channel::Outgoing& out) {
    machine.send(out, now);
    run();
  }
  /// What people said: without that which only moves the place of reading on.
  [[nodiscard]] std::vector<std::string> words() const {
    std::vector<std::string> all;
    for (const auto& one : heard) {
      if (one.kind == channel::Incoming::Kind::message) all.push_back(one.text);
    }
    return all;
  }
  [[nodiscard]] std::size_t count(const std::string& part) const {
    return static_cast<std::size_t>(
        std::count_if(requests.begin(), requests.end(), [&](const Request& one) { return one.target.find(part) != std::string::npos; }));
  }
  [[nodiscard]] const Request* last(const std::string& part) const {
    const auto found =
        std::find_if(requests.rbegin(), requests.rend(), [&](const Request& one) { return one.target.find(part) != std::string::npos; });
    return found == requests.rend() ? nullptr : &*found;
  }

  std::uint64_t dice = 1;
  Machine machine;
  Time now = start;
  std::vector<Request> requests;
  std::vector<channel::Incoming> heard;
  std::vector<channel::Acknowledgement> done;
  std::vector<channel::Failure> failures;
  std::vector<Session> kept;
  std::vector<std::string> tokens, log;
  /// What the encryption engine says to an operation; without it nothing answers.
  std::function<Crypted(const Crypt&)> engine;
  std::vector<Crypt> crypted;
  /// Recovery keys that were to be kept, and whether the file takes them.
  std::vector<std::string> recovery;
  std::string recovery_fault;
  std::vector<Status> told;
  std::vector<std::uint64_t> polls, open;
  bool ready = false, stopped = false;
  Json first_rooms = {{room, joined({}, {member(self), member(ann)})}};
  int batch = 0, events = 0;

 private:
  void take(Action& action) {
    if (auto* incoming = std::get_if<channel::Incoming>(&action)) heard.push_back(*incoming);
    if (auto* ack = std::get_if<channel::Acknowledgement>(&action)) done.push_back(*ack);
    if (auto* failure = std::get_if<channel::Failure>(&action)) failures.push_back(*failure);
    if (auto* keep = std::get_if<Keep>(&action)) kept.push_back(keep->session);
    if (auto* line = std::get_if<Log>(&action)) log.push_back(line->line);
    if (auto* status = std::get_if<Tell>(&action)) told.push_back(status->status);
    if (auto* recovered = std::get_if<KeepRecovery>(&action)) {
      recovery.push_back(recovered->key);
      machine.receive(recovered->id, recovery_fault.empty() ? Crypted{} : Crypted{{}, "file", recovery_fault}, now);
    }
    if (auto* crypt = std::get_if<Crypt>(&action)) {
      crypted.push_back(*crypt);
      if (engine) machine.receive(crypt->id, engine(*crypt), now);
    }
    ready = ready || std::holds_alternative<Ready>(action);
    stopped = stopped || std::holds_alternative<Stopped>(action);
    if (const auto* cancel = std::get_if<Cancel>(&action)) std::erase(polls, cancel->id);
    if (const auto* send = std::get_if<Send>(&action)) serve(*send);
  }
  void serve(const Send& send) {
    requests.push_back(send.request);
    tokens.push_back(send.token);
    for (const auto& [part, rule] : rules) {
      if (send.request.target.find(part) == std::string::npos) continue;
      if (auto answer = rule(send.request)) return machine.receive(send.id, *answer, now);
      return open.push_back(send.id);
    }
    if (send.request.target.find("/sync?") != std::string::npos && send.request.target.find("&since=") != std::string::npos) {
      return polls.push_back(send.id);
    }
    machine.receive(send.id, {.status = 200, .body = usual(send.request.target).dump()}, now);
  }
  Json usual(const std::string& target) {
    if (target.find("/versions") != std::string::npos) return {{"versions", {"v1.11", "v1.16"}}};
    if (target.find("/whoami") != std::string::npos) return {{"user_id", self}, {"device_id", "D"}};
    if (target.find("/login") != std::string::npos) return {{"user_id", self}, {"device_id", "D"}, {"access_token", "t2"}};
    if (target.find("/sync?") != std::string::npos) return {{"next_batch", "s0"}, {"rooms", {{"join", first_rooms}}}};
    if (target.find("/send/") != std::string::npos) return {{"event_id", "$b" + std::to_string(++events)}};
    return Json::object();
  }
  std::vector<std::pair<std::string, Rule>> rules;
};

inline channel::Outgoing line(const std::string& id, const std::string& text = "hello", const std::string& place = room) {
  channel::Outgoing out;
  out.id = id;
  out.room = place;
  out.to = ann;
  out.private_ = true;
  out.text = text;
  return out;
}

}  // namespace nurturer::matrix::test
