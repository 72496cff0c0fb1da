#include "app/outgoing_json.hpp"

#include <nlohmann/json.hpp>

namespace nurturer::app {
namespace {

using nlohmann::json;

json of_optional(const std::optional<std::string>& value) { return value ? json(*value) : json(nullptr); }

std::optional<std::string> to_optional(const json& value) {
  if (value.is_null()) return std::nullopt;
  return value.get<std::string>();
}

}  // namespace

std::string write_outgoing(const channel::Outgoing& out) {
  json choices = json::array();
  for (const auto& choice : out.choices) choices.push_back({choice.id, choice.label});
  const json value{{"kind", static_cast<int>(out.kind)}, {"id", out.id}, {"room", out.room},
                   {"group", out.room_kind == channel::RoomKind::group}, {"to", out.to}, {"private", out.private_},
                   {"text", out.text}, {"choices", choices}, {"after", out.after.count()},
                   {"at", out.at.time_since_epoch().count()}, {"intent", of_optional(out.about.intent)},
                   {"level", of_optional(out.about.level)}, {"rule", of_optional(out.about.rule)},
                   {"flags", out.about.flags}, {"script", out.about.script}, {"step", out.about.step},
                   {"answers", out.answers}, {"way", out.way}, {"removes", out.removes}, {"reacts_to", out.reacts_to}, {"file_name", out.file_name}, {"media_type", out.media_type}, {"path", out.path}};
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<channel::Outgoing> read_outgoing(const std::string& bytes) {
  const json value = json::parse(bytes, nullptr, false);
  if (!value.is_object()) return std::nullopt;
  try {
    channel::Outgoing out;
    out.kind = static_cast<channel::Outgoing::Kind>(value.at("kind").get<int>());
    out.id = value.at("id");
    out.room = value.at("room");
    out.room_kind = value.at("group").get<bool>() ? channel::RoomKind::group : channel::RoomKind::direct;
    out.to = value.at("to");
    out.private_ = value.at("private");
    out.text = value.at("text");
    for (const json& choice : value.at("choices")) out.choices.push_back({choice.at(0), choice.at(1)});
    out.after = std::chrono::seconds{value.at("after").get<std::int64_t>()};
    out.at = channel::Time{std::chrono::milliseconds{value.at("at").get<std::int64_t>()}};
    out.about = {to_optional(value.at("intent")), to_optional(value.at("level")), to_optional(value.at("rule")),
                 value.at("flags"), value.at("script"), value.at("step")};
    out.answers = value.value("answers", "");  // rows of older versions have none, nor the next
    out.way = value.value("way", "");
    out.removes = value.at("removes");
    out.reacts_to = value.value("reacts_to", "");
    out.file_name = value.at("file_name");
    out.media_type = value.at("media_type");
    out.path = value.at("path");
    return out;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace nurturer::app
