#include "adapters/matrix/payload.hpp"

#include <algorithm>
#include <utility>

namespace nurturer::matrix {
namespace {

constexpr std::size_t longest_id = 255;
constexpr std::size_t most_heroes = 8;

bool is_id(const std::string& id, char first) { return id.size() > 1 && id.size() <= longest_id && id.front() == first; }

std::vector<Event> read_events(const Json& list) {
  std::vector<Event> events;
  for (const Json& json : list) {
    if (auto event = read_event(json)) events.push_back(std::move(*event));
  }
  return events;
}

JoinedRoom read_joined(const std::string& id, const Json& json) {
  JoinedRoom room;
  room.id = id;
  const Json* after = object_at(json, {"state_after"});
  if (after == nullptr) after = object_at(json, {"org.matrix.msc4222.state_after"});
  room.state = read_events(array_at(after != nullptr ? *after : json, after != nullptr
                                                                          ? std::initializer_list<std::string_view>{"events"}
                                                                          : std::initializer_list<std::string_view>{"state", "events"}));
  room.timeline = read_events(array_at(json, {"timeline", "events"}));
  room.limited = flag_at(json, {"timeline", "limited"});
  room.prev_batch = text_at(json, {"timeline", "prev_batch"});
  room.joined = number_at(json, {"summary", "m.joined_member_count"});
  room.invited = number_at(json, {"summary", "m.invited_member_count"});
  for (const Json& hero : array_at(json, {"summary", "m.heroes"})) {
    if (hero.is_string() && room.heroes.size() < most_heroes) room.heroes.push_back(hero.get<std::string>());
  }
  for (const Json& data : array_at(json, {"account_data", "events"})) {
    if (data.is_object() && text_at(data, {"type"}) == told_mark) room.told_encrypted = true;
  }
  return room;
}

std::optional<InvitedRoom> read_invited(const std::string& id, const Json& json, const std::string& self) {
  for (const Json& event : array_at(json, {"invite_state", "events"})) {
    if (text_at(event, {"type"}) != "m.room.member" || text_at(event, {"state_key"}) != self) continue;
    if (text_at(event, {"content", "membership"}) != "invite") continue;
    const std::string inviter = text_at(event, {"sender"});
    if (!is_id(inviter, '@')) continue;
    return InvitedRoom{id, inviter, flag_at(event, {"content", "is_direct"})};
  }
  return std::nullopt;
}

KeyNews read_keys(const Json& body) {
  KeyNews keys;
  for (const Json& event : array_at(body, {"to_device", "events"})) {
    if (event.is_object()) keys.to_device.push_back(event);
  }
  for (const std::string_view kind : {"changed", "left"}) {
    Json& users = keys.device_lists[std::string(kind)] = Json::array();
    for (const Json& user : array_at(body, {"device_lists", kind})) {
      if (user.is_string() && is_id(user.get_ref<const std::string&>(), '@')) users.push_back(user);
    }
  }
  if (const Json* counts = object_at(body, {"device_one_time_keys_count"})) {
    for (const auto& [algorithm, count] : counts->items()) {
      if (count.is_number_unsigned()) keys.one_time_keys[algorithm] = std::min<std::uint64_t>(count.get<std::uint64_t>(), 1'000'000);
    }
  }
  if (const Json* unused = at(body, {"device_unused_fallback_key_types"}); unused != nullptr && unused->is_array()) {
    keys.fallback_keys = Json::array();
    for (const Json& algorithm : *unused) {
      if (algorithm.is_string()) keys.fallback_keys.push_back(algorithm);
    }
  }
  return keys;
}

template <class Each>
void each_room(const Json& body, std::string_view kind, Each each) {
  const Json* rooms = object_at(body, {"rooms", kind});
  if (rooms == nullptr) return;
  for (const auto& [id, json] : rooms->items()) {
    if (is_id(id, '!') && json.is_object()) each(id, json);
  }
}

}  // namespace

std::optional<Event> read_event(Json json) {
  if (!json.is_object()) return std::nullopt;
  Event event;
  event.id = text_at(json, {"event_id"});
  event.type = text_at(json, {"type"});
  event.sender = text_at(json, {"sender"});
  if (event.type.empty() || event.type.size() > longest_id || event.id.size() > longest_id) return std::nullopt;
  if (!is_id(event.sender, '@')) return std::nullopt;
  const auto at_ms = number_at(json, {"origin_server_ts"});
  if (at_ms) event.at = Time{std::chrono::milliseconds{std::clamp<std::int64_t>(*at_ms, 1, std::int64_t{1} << 52)}};
  if (const Json* key = at(json, {"state_key"})) {
    if (!key->is_string()) return std::nullopt;
    event.state_key = key->get<std::string>();
  }
  if (!event.state_key && (event.id.empty() || !at_ms)) return std::nullopt;
  if (at(json, {"unsigned", "redacted_because"}) != nullptr && !event.state_key) return std::nullopt;
  if (const auto content = json.find("content"); content != json.end() && content->is_object()) event.content = std::move(*content);
  return event;
}

bool says_member(const Event& event, const std::string& user, std::string_view membership) {
  return event.type == "m.room.member" && event.state_key == user && text_at(event.content, {"membership"}) == membership;
}

std::optional<Batch> read_batch(const Answer& answer, const std::string& self) {
  const auto body = read_good(answer);
  if (!body) return std::nullopt;
  Batch batch;
  batch.next = text_at(*body, {"next_batch"});
  if (batch.next.empty()) return std::nullopt;
  each_room(*body, "join", [&](const std::string& id, const Json& json) { batch.joined.push_back(read_joined(id, json)); });
  each_room(*body, "invite", [&](const std::string& id, const Json& json) {
    if (auto room = read_invited(id, json, self)) batch.invited.push_back(std::move(*room));
  });
  each_room(*body, "leave", [&](const std::string& id, const Json&) { batch.left.push_back(id); });
  batch.keys = read_keys(*body);
  for (const Json& data : array_at(*body, {"account_data", "events"})) {
    if (text_at(data, {"type"}) != "m.direct") continue;
    if (const Json* content = object_at(data, {"content"})) batch.direct = *content;
  }
  return batch;
}

std::optional<Page> read_page(const Answer& answer) {
  const auto body = read_good(answer);
  if (!body) return std::nullopt;
  return Page{read_events(array_at(*body, {"chunk"})), text_at(*body, {"end"})};
}

}  // namespace nurturer::matrix
