#include "adapters/matrix/verifying.hpp"

#include <utility>

namespace nurturer::matrix {

Verifying::Verifying(const Settings& settings, Wire& wire, KeyTraffic& traffic) : settings_(settings), wire_(wire), traffic_(traffic) {
  traffic_.on_room_message = [this](const Json& request) { carry(request); };
}

void Verifying::start() {
  if (settings_.owners.empty()) return;
  wire_.crypt("track", {{"users", settings_.owners}}, [](const Crypted&) {});
  traffic_.drain([](const Answer&) {});
}

bool Verifying::is_about(const std::string& type, const Json& content) {
  return type.starts_with("m.key.verification.") ||
         (type == "m.room.message" && text_at(content, {"msgtype"}) == "m.key.verification.request");
}

void Verifying::hear(const Json& event) {
  // A failure is one of the event, which anybody may have written.
  wire_.crypt("verification_event", {{"event", event}}, [](const Crypted&) {});
  step();
}

// Looked at again when what came of it was sent: only then is our own part of it done.
void Verifying::step() {
  const auto look = [this](const std::function<void()>& then) {
    wire_.crypt("verify", {{"owners", settings_.owners}}, [this, then](const Crypted& outcome) {
      if (!outcome.fault.empty()) return wire_.log("a verification cannot go on: " + outcome.what);
      take(outcome.value);
      if (then) then();
    });
  };
  look([this, look] { traffic_.drain([look](const Answer&) { look({}); }); });
}

void Verifying::take(const Json& steps) {
  for (const Json& one : array_at(steps, {"news"})) tell(one);
  const auto& requests = array_at(steps, {"requests"});
  if (!requests.empty()) traffic_.send_all(Json(requests), [](const Answer&) {});
}

void Verifying::tell(const Json& news) {
  const std::string is = text_at(news, {"is"});
  constexpr std::chrono::minutes quiet{10};  // anybody may ask, as often as they like
  if (is == "stranger" && wire_.now() >= told_strangers_ + quiet) {
    told_strangers_ = wire_.now();
    wire_.log("a verification was refused: it was asked for by somebody who is not among the owners in [matrix]");
  }
  if (is == "cancelled") wire_.log("a verification by an owner was called off");
  if (is == "done") wire_.log("an owner has verified this device");
  if (is != "emoji") return;
  std::string line;
  for (const Json& one : array_at(news, {"emoji"})) line += (line.empty() ? "" : ", ") + (one.is_string() ? one.get<std::string>() : "");
  wire_.log("an owner is verifying this device; their screen must show the same: " + line);
}

void Verifying::carry(const Json& request) {
  const std::string id = text_at(request, {"id"});
  if (!send_into_room || !carried_.insert(id).second) return;
  const Json content = request.value("body", Json::object());
  send_into_room(text_at(request, {"room"}), text_at(request, {"event_type"}), text_at(request, {"txn"}), content,
                 [this, id](const Answer& answer) {
                   carried_.erase(id);
                   if (!is_done(answer))
                     return wire_.log("a verification cannot go on: the server refuses " + std::to_string(answer.status));
                   const Json body = parse(answer.body).value_or(Json::object());
                   wire_.crypt("sent", {{"id", id}, {"type", "room_message"}, {"answer", body}}, [this](const Crypted&) { step(); });
                 });
}

}  // namespace nurturer::matrix
