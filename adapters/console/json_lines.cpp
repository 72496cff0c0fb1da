#include "adapters/console/json_lines.hpp"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <sstream>

#include "adapters/keycap.hpp"

namespace nurturer::console {
namespace {

using nlohmann::json;
using Result = tl::expected<Line, std::string>;

constexpr std::array<std::string_view, 13> fields{"text",  "from",      "room", "at",     "mention", "reply_to", "press",
                                                  "react", "moderator", "zone", "locale", "id",      "left"};
constexpr std::string_view group_prefix = "group:";

std::string field_list() {
  std::string list;
  for (const auto field : fields) list += (list.empty() ? "" : ", ") + std::string(field);
  return list;
}

// Takes a field of the wanted kind; a wrong one becomes the error.
struct Taker {
  const json& object;
  std::string error;

  void text(const char* field, std::string& into) {
    const auto found = object.find(field);
    if (found == object.end() || found->is_null()) return;
    if (!found->is_string()) error = std::string(field) + " must be a string";
    else into = found->get<std::string>();
  }
  std::optional<bool> flag(const char* field) {
    const auto found = object.find(field);
    if (found == object.end() || found->is_null()) return std::nullopt;
    if (!found->is_boolean()) error = std::string(field) + " must be true or false";
    else return found->get<bool>();
    return std::nullopt;
  }
};

std::string unknown_field(const json& object) {
  for (const auto& item : object.items()) {
    if (std::ranges::find(fields, item.key()) == fields.end()) return item.key();
  }
  return {};
}

bool take_room(channel::Incoming& incoming) {
  if (incoming.room == "dm") return true;
  if (!incoming.room.starts_with(group_prefix) || incoming.room.size() == group_prefix.size()) return false;
  incoming.room_kind = channel::RoomKind::group;
  return true;
}

// What a line tells beside the text: at most one of these.
tl::expected<void, std::string> take_kind(const json& object, Line& line, const std::string& react, bool left) {
  channel::Incoming& in = line.incoming;
  const bool presses = !in.press.empty();
  const bool texts = object.contains("text");
  if (presses && texts) return tl::unexpected<std::string>("a line has a text or a press, not both");
  if ((texts || presses) + !react.empty() + left > 1) return tl::unexpected<std::string>("a line has a text, a press, a react or left: one of them");
  if (!react.empty() && in.reply_to.empty()) return tl::unexpected<std::string>("react needs reply_to: the id of the line under which it is set");
  if (left && in.room_kind != channel::RoomKind::group) return tl::unexpected<std::string>("left needs a room \"group:NAME\"");
  if (presses) in.kind = channel::Incoming::Kind::press;
  if (left) in.kind = channel::Incoming::Kind::left;
  if (!react.empty()) in.kind = channel::Incoming::Kind::reaction;
  in.place = channel::place_of_key(react);
  line.says = presses || left || !react.empty() || (texts && !object["text"].is_null());
  return {};
}

Result read_fields(const json& object) {
  Line line;
  channel::Incoming& in = line.incoming;
  in.from = "me";
  in.room = "dm";
  Taker take{object, {}};
  std::string at, react;
  take.text("text", in.text);
  take.text("from", in.from);
  take.text("room", in.room);
  take.text("at", at);
  take.text("reply_to", in.reply_to);
  take.text("press", in.press);
  take.text("react", react);
  take.text("zone", in.zone);
  take.text("locale", in.locale);
  take.text("id", in.id);
  const auto mention = take.flag("mention");
  in.moderator = take.flag("moderator").value_or(false);
  const bool left = take.flag("left").value_or(false);
  if (!take.error.empty()) return tl::unexpected(take.error);
  if (in.from.empty()) return tl::unexpected<std::string>("from must not be empty");
  if (!take_room(in)) return tl::unexpected<std::string>("room must be \"dm\" or \"group:NAME\"");
  in.mention = mention.value_or(in.room_kind == channel::RoomKind::direct);
  if (!at.empty()) {
    line.at = read_time(at);
    if (!line.at) return tl::unexpected<std::string>("at must be a time as 2026-11-24T21:40:00Z (RFC 3339)");
  }
  in.may_react = !in.id.empty();  // it is set under a message that has a name
  if (const auto kind = take_kind(object, line, react, left); !kind) return tl::unexpected(kind.error());
  return line;
}

json nullable(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }
json nullable(const std::optional<std::string>& text) { return text ? json(*text) : json(nullptr); }

// Object keys in the order of the contract, for people who read along.
using ordered = nlohmann::ordered_json;

std::string dump(const ordered& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

ordered say(const channel::Outgoing& out) {
  const bool direct = out.private_ || out.room_kind == channel::RoomKind::direct;
  ordered choices = ordered::array();
  for (const auto& choice : out.choices) choices.push_back({{"id", choice.id}, {"label", choice.label}});
  return {{"kind", "say"}, {"id", out.id}, {"room", direct ? "dm" : out.room}, {"to", nullable(out.to)},
          {"private", direct}, {"text", out.text}, {"intent", nullable(out.about.intent)},
          {"level", nullable(out.about.level)}, {"flags", out.about.flags}, {"rule", nullable(out.about.rule)},
          {"script", nullable(out.about.script)}, {"step", nullable(out.about.step)}, {"choices", choices},
          {"after", out.after.count()}, {"at", write_time(out.at)}};
}

}  // namespace

tl::expected<Line, std::string> read_line(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (object.is_discarded()) return tl::unexpected<std::string>("this line is no JSON (or not UTF-8)");
  if (!object.is_object()) return tl::unexpected<std::string>("a line must be a JSON object, as {\"text\": \"hello\"}");
  if (const std::string unknown = unknown_field(object); !unknown.empty()) {
    return tl::unexpected("unknown field \"" + unknown + "\"; known are " + field_list());
  }
  return read_fields(object);
}

std::string write_line(const channel::Outgoing& out) {
  using Kind = channel::Outgoing::Kind;
  if (out.kind == Kind::remove) return dump({{"kind", "delete"}, {"id", out.removes}});
  if (out.kind == Kind::file) {
    return dump({{"kind", "file"}, {"name", out.file_name}, {"media_type", out.media_type}, {"path", out.path}});
  }
  if (out.kind == Kind::react) {
    return dump({{"kind", "react"}, {"id", out.id}, {"room", out.room}, {"reply_to", out.reacts_to}, {"text", out.text}, {"at", write_time(out.at)}});
  }
  return dump(say(out));
}

std::string write_error(std::string_view error) { return dump({{"kind", "error"}, {"error", error}}); }
std::string write_done() { return R"({"kind":"done"})"; }

std::optional<channel::Time> read_time(std::string_view text) {
  // "Z" and a space in place of "T" are RFC 3339 too; the library reads offsets only.
  std::string written(text);
  if (written.size() > 10 && (written[10] == ' ' || written[10] == 't')) written[10] = 'T';
  if (written.ends_with('Z') || written.ends_with('z')) written.replace(written.size() - 1, 1, "+00:00");
  std::istringstream in(written);
  channel::Time time;
  in >> date::parse("%FT%T%Ez", time);
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  return time;
}

std::string write_time(channel::Time time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  if (time == seconds) return date::format("%FT%TZ", seconds);
  return date::format("%FT%TZ", time);
}

}  // namespace nurturer::console
