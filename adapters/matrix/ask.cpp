#include "adapters/matrix/ask.hpp"

#include "adapters/matrix/payload.hpp"
#include "adapters/net/url.hpp"

namespace nurturer::matrix::ask {
namespace {

using net::encode;
using std::chrono::milliseconds;

const std::string client = "/_matrix/client/v3";
constexpr std::size_t largest_first = std::size_t{48} * 1024 * 1024;  // all rooms at once
constexpr std::size_t largest_sync = std::size_t{16} * 1024 * 1024;

std::string of_room(const std::string& room, const std::string& rest) { return client + "/rooms/" + encode(room) + "/" + rest; }
std::string of_user(const std::string& user, const std::string& rest) { return client + "/user/" + encode(user) + "/" + rest; }

Json filter(int timeline_limit) {
  const Json nothing{{"not_types", {"*"}}};
  return {{"presence", nothing},
          {"account_data", {{"types", {"m.direct"}}}},
          {"room",
           {{"timeline", {{"limit", timeline_limit}, {"lazy_load_members", true}}},
            {"state",
             {{"lazy_load_members", true},
              {"types",
               {"m.room.member", "m.room.encryption", "m.room.power_levels", "m.room.name", "m.room.tombstone", "m.room.create",
                "m.room.history_visibility"}}}},
            {"account_data", {{"types", {told_mark}}}},
            {"ephemeral", nothing}}}};
}

Request sync_request(const Json& filter, const std::string& more, milliseconds wait) {
  Request request;
  request.target = client + "/sync?filter=" + encode(write(filter)) + "&set_presence=offline&use_state_after=true" +
                   "&org.matrix.msc4222.use_state_after=true&timeout=" + std::to_string(wait.count()) + more;
  request.within = wait + milliseconds{20'000};
  request.body_limit = largest_sync;
  return request;
}

}  // namespace

Request first_sync(std::uint64_t chance) {
  // Without `since` nothing waits, whatever the timeout says.
  Request request = sync_request(filter(1), "", milliseconds{static_cast<std::int64_t>(chance % 1'000'000)});
  request.within = milliseconds{120'000};
  request.body_limit = largest_first;
  return request;
}

Request sync(const std::string& since, int timeline_limit, milliseconds wait) {
  return sync_request(filter(timeline_limit), "&since=" + encode(since), wait);
}

Request older(const std::string& room, const std::string& from, const std::string& to, int limit) {
  Request request;
  request.target = of_room(room, "messages?dir=b&limit=" + std::to_string(limit) + "&from=" + encode(from));
  if (!to.empty()) request.target += "&to=" + encode(to);
  request.body_limit = std::size_t{8} * 1024 * 1024;
  return request;
}

Request event(const std::string& room, const std::string& event) {
  return {.target = of_room(room, "event/" + encode(event)), .within = milliseconds{10'000}};
}

Request encryption_of(const std::string& room) {
  return {.target = of_room(room, "state/m.room.encryption/"), .within = milliseconds{10'000}};
}

Request join(const std::string& room, const std::string& via) {
  Request request{.method = "POST", .target = client + "/join/" + encode(room), .body = "{}"};
  if (!via.empty()) request.target += "?via=" + encode(via) + "&server_name=" + encode(via);
  request.within = milliseconds{90'000};  // over federation it may last
  return request;
}

Request leave(const std::string& room) { return {.method = "POST", .target = of_room(room, "leave"), .body = "{}"}; }

Request create_direct(const std::string& user, const Json& encryption) {
  Json body{{"preset", "trusted_private_chat"}, {"is_direct", true}, {"invite", {user}}};
  if (!encryption.is_null()) body["initial_state"] = {{{"type", "m.room.encryption"}, {"state_key", ""}, {"content", encryption}}};
  return {.method = "POST", .target = client + "/createRoom", .body = write(body)};
}

Request members(const std::string& room) {
  return {.target = of_room(room, "members?not_membership=leave"), .body_limit = std::size_t{16} * 1024 * 1024};
}

Request account_data(const std::string& self, const std::string& type) { return {.target = of_user(self, "account_data/" + encode(type))}; }

Request set_account_data(const std::string& self, const std::string& type, const Json& content) {
  return {.method = "PUT", .target = of_user(self, "account_data/" + encode(type)), .body = write(content)};
}

Request set_direct(const std::string& self, const Json& content) {
  return {.method = "PUT", .target = of_user(self, "account_data/m.direct"), .body = write(content)};
}

Request send(const std::string& room, const std::string& type, const std::string& transaction, const Json& content) {
  return {.method = "PUT", .target = of_room(room, "send/" + type + "/" + encode(transaction)), .body = write(content)};
}

Request upload(std::string sealed) {
  return {.method = "POST",
          .target = "/_matrix/media/v3/upload",
          .body = std::move(sealed),
          .media_type = "application/octet-stream",
          .within = milliseconds{60'000}};
}

Request redact(const std::string& room, const std::string& event, const std::string& transaction) {
  return {.method = "PUT", .target = of_room(room, "redact/" + encode(event) + "/" + encode(transaction)), .body = "{}"};
}

Request receipt(const std::string& room, const std::string& event, const std::string& thread) {
  const Json body{{"thread_id", thread.empty() ? "main" : thread}};
  return {
      .method = "POST", .target = of_room(room, "receipt/m.read/" + encode(event)), .body = write(body), .within = milliseconds{10'000}};
}

Request typing(const std::string& room, const std::string& self, bool on) {
  Json body{{"typing", on}};
  if (on) body["timeout"] = 30'000;
  return {.method = "PUT", .target = of_room(room, "typing/" + encode(self)), .body = write(body), .within = milliseconds{10'000}};
}

Request mark_told(const std::string& self, const std::string& room) {
  return {.method = "PUT", .target = of_user(self, "rooms/" + encode(room) + "/account_data/" + std::string(told_mark)), .body = "{}"};
}

}  // namespace nurturer::matrix::ask
