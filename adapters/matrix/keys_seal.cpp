// Sealing: who is in the room, do we know their devices, can we speak to each, do they have the room's key, and only then the words.
#include <algorithm>
#include <utility>

#include "adapters/matrix/ask.hpp"
#include "adapters/matrix/keys.hpp"

namespace nurturer::matrix {

void Keys::seal(const std::string& room, const std::string& type, const Json& content, Sealed done) {
  auto& queue = jobs_[room];
  queue.push_back(std::make_shared<Job>(Job{room, type, content, std::move(done)}));
  if (queue.size() == 1) next_job(room);
}

Json Keys::encryption_of(const std::string& id) const {
  const Room* room = rooms_.find(id);
  return room == nullptr || !room->encrypted ? usual_encryption() : room->encryption;
}

// One content of a room at a time: between sharing the key and using it nothing else may use it up.
void Keys::next_job(const std::string& room) {
  const JobPtr job = jobs_.at(room).front();
  if (text_at(encryption_of(room), {"algorithm"}) != text_at(usual_encryption(), {"algorithm"})) {
    wire_.log("a room is encrypted in a way that is not known here: nothing is said there");
    return end(job, std::nullopt, {.status = 400, .body = R"({"errcode": "M_UNSUPPORTED"})"});
  }
  find_members(job);
}

void Keys::end(const JobPtr& job, std::optional<Json> content, const Answer& failure) {
  auto& queue = jobs_.at(job->room);
  queue.pop_front();
  const bool more = !queue.empty();
  if (!more) jobs_.erase(job->room);
  job->done(std::move(content), failure);
  if (more) next_job(job->room);
}

void Keys::find_members(const JobPtr& job) {
  Members& members = members_[job->room];
  if (const auto expected = expected_.find(job->room); expected != expected_.end()) members.invited.insert(expected->second);
  if (members.complete || rooms_.find(job->room) == nullptr) return meet(job);
  members.changed = false;
  wire_.ask(ask::members(job->room), [this, job](const Answer& answer) { found_members(job, answer); });
}

void Keys::found_members(const JobPtr& job, const Answer& answer) {
  const auto body = read_good(answer);
  if (!body) return end(job, std::nullopt, answer);
  Members& members = members_[job->room];
  // Somebody came or went while we asked.
  if (members.changed) return find_members(job);
  members = {};
  for (const Json& one : array_at(*body, {"chunk"})) {
    const auto event = read_event(one);
    if (event && event->type == "m.room.member" && event->state_key)
      apply_member(members, *event->state_key, text_at(event->content, {"membership"}));
  }
  members.complete = true;
  meet(job);
}

// Those invited can read from their invitation on, unless the room hides what was before they joined.
std::vector<std::string> Keys::readers(const std::string& id) const {
  const auto found = members_.find(id);
  if (found == members_.end()) return {};
  std::vector<std::string> users(found->second.joined.begin(), found->second.joined.end());
  const Room* room = rooms_.find(id);
  if (room == nullptr || room->history != "joined") users.insert(users.end(), found->second.invited.begin(), found->second.invited.end());
  return users;
}

void Keys::meet(const JobPtr& job) {
  const auto users = readers(job->room);
  wire_.crypt("track", {{"users", users}}, [this, job, users](const Crypted&) {
    traffic_.drain([this, job, users](const Answer& drained) {
      if (!is_done(drained)) return end(job, std::nullopt, drained);
      traffic_.claim(users, [this, job, users](const Answer& claimed) {
        // A server of somebody in the room may be away: the others are served.
        if (!is_done(claimed) && (is_outage(claimed) || claimed.status == 429)) return end(job, std::nullopt, claimed);
        share(job, users);
      });
    });
  });
}

void Keys::share(const JobPtr& job, const std::vector<std::string>& users) {
  const Room* room = rooms_.find(job->room);
  const Json arguments{{"room", job->room},
                       {"users", users},
                       {"encryption", encryption_of(job->room)},
                       {"history", room == nullptr || room->history.empty() ? "shared" : room->history},
                       {"only_signed", settings_.exclude_insecure_devices}};
  wire_.crypt("share", arguments, [this, job](const Crypted& outcome) {
    if (!outcome.fault.empty()) {
      wire_.log("a room's key could not be shared: " + outcome.what);
      return end(job, std::nullopt, KeyTraffic::failed(outcome));
    }
    traffic_.send_all(outcome.value, [this, job](const Answer& answer) {
      if (!is_done(answer)) return end(job, std::nullopt, answer);
      encrypt(job);
    });
  });
}

void Keys::encrypt(const JobPtr& job) {
  wire_.crypt("encrypt", {{"room", job->room}, {"type", job->type}, {"content", job->content}}, [this, job](const Crypted& outcome) {
    if (!outcome.fault.empty() || !outcome.value.is_object()) {
      wire_.log("a line could not be encrypted: " + outcome.what);
      return end(job, std::nullopt, KeyTraffic::failed(outcome));
    }
    end(job, outcome.value, {});
  });
}

}  // namespace nurturer::matrix
