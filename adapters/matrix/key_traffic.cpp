#include "adapters/matrix/key_traffic.hpp"

#include <algorithm>
#include <utility>

namespace nurturer::matrix {
namespace {

constexpr int most_rounds = 5;  // each answer may bring a request about
const Answer nothing_to_do{.status = 200, .body = "{}"};

}  // namespace

Request KeyTraffic::request_of(const Json& request) {
  Request made{.method = text_at(request, {"method"}), .target = text_at(request, {"path"})};
  if (const Json* body = object_at(request, {"body"})) made.body = write(*body);
  made.body_limit = std::size_t{8} * 1024 * 1024;  // the devices of a room
  return made;
}

void KeyTraffic::send(const Json& request, Done done) {
  if (text_at(request, {"type"}) == "room_message") {
    if (on_room_message) on_room_message(request);
    return done(nothing_to_do);
  }
  wire_.ask(request_of(request), [this, id = text_at(request, {"id"}), type = text_at(request, {"type"}), done](const Answer& answer) {
    if (!is_done(answer)) {
      if (type == "upload" && answer.status == 400 && answer.body.find("already exists") != std::string::npos) {
        if (on_stale_store) on_stale_store();
      } else if (!is_outage(answer) && answer.status != 429) {
        wire_.log("the server refuses keys (" + type + "): " + std::to_string(answer.status) + " " + error_code(answer));
      }
      return done(answer);
    }
    Json body = parse(answer.body).value_or(Json::object());
    wire_.crypt("sent", {{"id", id}, {"type", type}, {"answer", std::move(body)}}, [this, answer, type, done](const Crypted& outcome) {
      if (!outcome.fault.empty()) wire_.log("keys (" + type + "): " + outcome.what);
      done(outcome.fault.empty() ? answer : failed(outcome));
    });
  });
}

void KeyTraffic::send_all(const Json& requests, Done done) { send_from(std::make_shared<Json>(requests), 0, done); }

void KeyTraffic::send_from(const std::shared_ptr<Json>& requests, std::size_t index, const Done& done) {
  if (!requests->is_array() || index >= requests->size()) return done(nothing_to_do);
  send((*requests)[index], [this, requests, index, done](const Answer& answer) {
    if (!is_done(answer)) return done(answer);
    send_from(requests, index + 1, done);
  });
}

void KeyTraffic::drain(Done done) {
  waiting_.push_back(std::move(done));
  if (std::exchange(busy_, true)) return;
  draining_ = std::exchange(waiting_, {});
  pass(0);
}

void KeyTraffic::pass(int rounds) {
  wire_.crypt("outgoing", Json::object(), [this, rounds](const Crypted& outcome) {
    if (!outcome.fault.empty()) return passed(failed(outcome));
    if (rounds >= most_rounds || !outcome.value.is_array() || outcome.value.empty()) return passed(nothing_to_do);
    const bool rooms_alone = std::ranges::all_of(outcome.value, [](const Json& one) { return text_at(one, {"type"}) == "room_message"; });
    send_all(outcome.value, [this, rounds, rooms_alone](const Answer& answer) {
      if (!is_done(answer) || rooms_alone) return passed(answer);
      pass(rounds + 1);
    });
  });
}

void KeyTraffic::passed(const Answer& answer) {
  const auto told = std::exchange(draining_, {});
  for (const Done& done : told) done(answer);
  draining_ = std::exchange(waiting_, {});
  if (draining_.empty()) {
    busy_ = false;
    return;
  }
  pass(0);
}

void KeyTraffic::claim(std::vector<std::string> users, Done done) {
  claims_.emplace_back(std::move(users), std::move(done));
  if (!std::exchange(claiming_, true)) next_claim();
}

// One after the other: two at once would make two sessions with the same device.
void KeyTraffic::next_claim() {
  if (claims_.empty()) {
    claiming_ = false;
    return;
  }
  wire_.crypt("claim", {{"users", claims_.front().first}}, [this](const Crypted& outcome) {
    if (!outcome.fault.empty()) return claimed(failed(outcome));
    if (!outcome.value.is_object()) return claimed(nothing_to_do);
    send(outcome.value, [this](const Answer& answer) { claimed(answer); });
  });
}

void KeyTraffic::claimed(const Answer& answer) {
  const Done done = std::move(claims_.front().second);
  claims_.pop_front();
  done(answer);
  next_claim();
}

}  // namespace nurturer::matrix
