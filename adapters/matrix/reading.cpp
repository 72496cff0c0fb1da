#include "adapters/matrix/reading.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "adapters/keycap.hpp"

namespace nurturer::matrix {
namespace {

using channel::Incoming;
using channel::place_of_key;

std::string relation(const Event& event, std::string_view kind) {
  const Json* relates = object_at(event.content, {"m.relates_to"});
  if (relates == nullptr || text_at(*relates, {"rel_type"}) != kind) return {};
  return text_at(*relates, {"event_id"});
}

std::string thread_of(const Event& event) { return relation(event, "m.thread"); }

// In a thread an in_reply_to is often only a fallback for clients without threads: then nothing was answered by it.
std::string replied_to(const Event& event) {
  const Json* relates = object_at(event.content, {"m.relates_to"});
  if (relates == nullptr || flag_at(*relates, {"is_falling_back"})) return {};
  return text_at(*relates, {"m.in_reply_to", "event_id"});
}

bool is_said(const Event& event) {
  if (event.type != "m.room.message") return false;
  const std::string type = text_at(event.content, {"msgtype"});
  return type == "m.text" || type == "m.emote";
}

bool is_media(const Event& event) {
  if (event.type == "m.sticker") return true;
  if (event.type != "m.room.message") return false;
  const std::string type = text_at(event.content, {"msgtype"});
  return type == "m.image" || type == "m.audio" || type == "m.video" || type == "m.file" || type == "m.location";
}

// What is written under a picture or a file. Without a filename of its own (specification, "Media captions") the body is the file's name.
std::string caption(const Json& media) {
  const std::string file = text_at(media, {"filename"}), body = text_at(media, {"body"});
  return file.empty() || file == body ? std::string{} : body;
}

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0 || c == '_';
}

bool begins_with(std::string_view text, std::string_view name) {
  return text.size() >= name.size() &&
         std::equal(name.begin(), name.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::string localpart(const std::string& user) { return user.substr(1, user.find(':') - 1); }

// How many bytes of the beginning address us ("Nurturer: ", "@nurturer "); 0: none.
std::size_t address_length(std::string_view text, const std::string& self, const std::string& own_name) {
  const std::string local = localpart(self);
  for (const std::string& name : {self, own_name, "@" + own_name, "@" + local, local}) {
    if (name.size() < 2 || !begins_with(text, name)) continue;
    std::size_t end = name.size();
    if (end < text.size() && is_word(text[end])) continue;
    const bool marked = name.front() == '@' || (end < text.size() && (text[end] == ':' || text[end] == ','));
    if (!marked) continue;
    while (end < text.size() && (text[end] == ':' || text[end] == ',' || text[end] == ' ')) ++end;
    return end;
  }
  return 0;
}

bool mentions(const Json& content, const std::string& self) {
  for (const Json& user : array_at(content, {"m.mentions", "user_ids"})) {
    if (user.is_string() && user.get_ref<const std::string&>() == self) return true;
  }
  if (object_at(content, {"m.mentions"}) != nullptr) return false;
  // Clients from before m.mentions wrote a link, or only the name.
  const std::string html = text_at(content, {"formatted_body"});
  return html.find("matrix.to/#/" + self) != std::string::npos || text_at(content, {"body"}).find(self) != std::string::npos;
}

std::optional<Incoming> read_reaction(const Event& event, Incoming incoming, const Lines& lines) {
  const Line* line = lines.find(relation(event, "m.annotation"));
  const auto place = place_of_key(text_at(event.content, {"m.relates_to", "key"}));
  if (line == nullptr) return std::nullopt;
  const bool chooses = place && *place < line->choices.size();
  incoming.kind = chooses ? Incoming::Kind::press : Incoming::Kind::reaction;
  if (chooses) incoming.press = line->choices[*place];
  incoming.reply_to = line->id;
  incoming.room = write_place({line->room, line->thread});
  incoming.mention = true;
  return incoming;
}

}  // namespace

std::string write_place(const Place& place) { return place.thread.empty() ? place.room : place.room + " " + place.thread; }

Place read_place(const std::string& text) {
  const auto space = text.find(' ');
  if (space == std::string::npos) return {text, {}};
  return {text.substr(0, space), text.substr(space + 1)};
}

std::string refers_to(const Event& event, const Room& room, const Lines& lines) {
  const auto unknown = [&lines](const std::string& id) { return !id.empty() && id.size() <= 255 && id.front() == '$' && !lines.knows(id); };
  if (event.type == "m.reaction") {
    const std::string target = relation(event, "m.annotation");
    return place_of_key(text_at(event.content, {"m.relates_to", "key"})) && unknown(target) ? target : std::string{};
  }
  if (!is_said(event) || room.direct()) return {};
  if (const std::string target = replied_to(event); unknown(target)) return target;
  const std::string root = thread_of(event);
  return unknown(root) && !lines.in_thread(root) ? root : std::string{};
}

std::optional<Incoming> read_incoming(const Event& event, const std::string& room_id, const Room& room, const std::string& self,
                                      Lines& lines) {
  if (event.sender == self || event.state_key || object_at(event.content, {line_mark}) != nullptr) return std::nullopt;
  Incoming incoming;
  incoming.id = event.id;
  incoming.from = event.sender;
  incoming.room_kind = room.direct() ? channel::RoomKind::direct : channel::RoomKind::group;
  incoming.moderator = room.moderator(event.sender);
  incoming.at = event.at;
  incoming.mention = room.direct();
  incoming.may_react = !room.encrypted;  // reactions are not: the server would read who was answered
  const std::string thread = thread_of(event);
  incoming.room = write_place({room_id, thread});
  if (event.type == "m.reaction") return read_reaction(event, incoming, lines);
  if (event.type == "m.room.redaction") {
    incoming.kind = Incoming::Kind::redaction;
    return incoming;
  }
  const bool media = is_media(event);
  if (!media && !is_said(event)) return std::nullopt;
  const bool edit = !relation(event, "m.replace").empty();
  const Json* said = edit ? object_at(event.content, {"m.new_content"}) : &event.content;
  if (said == nullptr) return std::nullopt;
  if (edit) incoming.kind = Incoming::Kind::edit;
  const std::string target = replied_to(event);
  const std::string body = media ? caption(*said) : text_at(*said, {"body"});
  incoming.text = target.empty() ? body : without_quote(body);
  incoming.unreadable = media && body.empty() && !edit && room.direct();  // what others send each other in a room needs no word
  if (incoming.unreadable) return incoming;
  if (incoming.text.empty()) return std::nullopt;
  const std::size_t address = address_length(incoming.text, self, room.own_name);
  incoming.text.erase(0, address < incoming.text.size() ? address : 0);
  if (const Line* line = lines.find(target)) incoming.reply_to = line->id;
  const bool to_us = address > 0 || mentions(event.content, self) || mentions(*said, self) || !incoming.reply_to.empty() ||
                     (!thread.empty() && lines.in_thread(thread));
  incoming.mention = incoming.mention || to_us;
  if (to_us && !thread.empty()) lines.join_thread(thread);
  return incoming;
}

std::optional<Incoming> read_leaving(const Event& event, const std::string& room_id, const std::string& self) {
  if (event.type != "m.room.member" || !event.state_key || *event.state_key == self || event.id.empty()) return std::nullopt;
  const std::string membership = text_at(event.content, {"membership"});
  if (membership != "leave" && membership != "ban") return std::nullopt;
  Incoming left;
  left.kind = Incoming::Kind::left;
  left.id = event.id;
  left.from = *event.state_key;
  left.room = room_id;
  left.room_kind = channel::RoomKind::group;  // what two were led through was in a room of more, whatever it is now
  left.at = event.at;
  return left;
}

std::string without_quote(const std::string& body) {
  std::size_t begin = 0;
  while (begin < body.size() && body[begin] == '>' && (begin + 1 == body.size() || body[begin + 1] == ' ' || body[begin + 1] == '\n')) {
    const auto end = body.find('\n', begin);
    if (end == std::string::npos) return {};
    begin = end + 1;
  }
  while (begin > 0 && begin < body.size() && body[begin] == '\n') ++begin;
  return body.substr(begin);
}

}  // namespace nurturer::matrix
