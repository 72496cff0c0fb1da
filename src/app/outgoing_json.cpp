#include "app/outgoing_json.hpp"

#include <nlohmann/json.hpp>

namespace nurturer::app {
namespace {

using nlohmann::json;

void put(json& value, const char* name, const std::string& text) {
  if (!text.empty()) value[name] = text;
}

void put(json& value, const char* name, const std::optional<std::string>& text) {
  if (text) value[name] = *text;
}

std::optional<std::string> get(const json& value, const char* name) {
  const auto found = value.find(name);
  if (found == value.end() || found->is_null()) return std::nullopt;
  return found->get<std::string>();
}

void put_about(json& value, const channel::About& about) {
  put(value, "intent", about.intent);
  put(value, "level", about.level);
  put(value, "rule", about.rule);
  if (!about.flags.empty()) value["flags"] = about.flags;
  put(value, "script", about.script);
  put(value, "step", about.step);
}

}  // namespace

// What is as by default is left out: each line is written before it is sent, and most say little besides their text.
std::string write_outgoing(const channel::Outgoing& out) {
  json value = json::object();
  value["kind"] = static_cast<int>(out.kind);
  value["id"] = out.id;
  value["at"] = out.at.time_since_epoch().count();
  put(value, "room", out.room);
  if (out.room_kind == channel::RoomKind::group) value["group"] = true;
  put(value, "to", out.to);
  if (out.private_) value["private"] = true;
  put(value, "text", out.text);
  if (!out.choices.empty()) {
    json& choices = value["choices"] = json::array();
    for (const auto& choice : out.choices) choices.push_back({choice.id, choice.label});
  }
  if (out.after.count() != 0) value["after"] = out.after.count();
  put_about(value, out.about);
  put(value, "answers", out.answers);
  put(value, "way", out.way);
  put(value, "removes", out.removes);
  put(value, "reacts_to", out.reacts_to);
  put(value, "file_name", out.file_name);
  put(value, "media_type", out.media_type);
  put(value, "path", out.path);
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<channel::Outgoing> read_outgoing(const std::string& bytes) {
  const json value = json::parse(bytes, nullptr, false);
  if (!value.is_object()) return std::nullopt;
  try {
    channel::Outgoing out;
    out.kind = static_cast<channel::Outgoing::Kind>(value.at("kind").get<int>());
    out.id = value.at("id");
    out.room = value.value("room", "");
    out.room_kind = value.value("group", false) ? channel::RoomKind::group : channel::RoomKind::direct;
    out.to = value.value("to", "");
    out.private_ = value.value("private", false);
    out.text = value.value("text", "");
    for (const json& choice : value.value("choices", json::array())) out.choices.push_back({choice.at(0), choice.at(1)});
    out.after = std::chrono::seconds{value.value("after", std::int64_t{0})};
    out.at = channel::Time{std::chrono::milliseconds{value.at("at").get<std::int64_t>()}};
    out.about = {get(value, "intent"),      get(value, "level"),    get(value, "rule"), value.value("flags", std::vector<std::string>{}),
                 value.value("script", ""), value.value("step", "")};
    out.answers = value.value("answers", "");
    out.way = value.value("way", "");
    out.removes = value.value("removes", "");
    out.reacts_to = value.value("reacts_to", "");
    out.file_name = value.value("file_name", "");
    out.media_type = value.value("media_type", "");
    out.path = value.value("path", "");
    return out;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace nurturer::app
