#include "adapters/discord/events.hpp"

#include <algorithm>
#include <cctype>

namespace nurturer::discord {
namespace {

constexpr std::size_t most_roles = 250;
constexpr std::size_t most_options = 50;

bool is_bot(const Json& data) { return flag(at(data, "author"), "bot") || !id(data, "webhook_id").empty(); }

void read_options(const Json& options, Interaction& into, int depth = 0) {
  if (!options.is_array() || depth > 2) return;
  for (const Json& one : options) {
    if (into.options.size() >= most_options) return;
    const std::int64_t kind = number(one, "type");
    if (kind == 1 || kind == 2) {  // sub-command, group of them
      into.options.emplace_back("", text(one, "name"));
      read_options(at(one, "options"), into, depth + 1);
      continue;
    }
    const Json& value = at(one, "value");
    if (flag(one, "focused")) into.typed = value.is_string() ? value.get<std::string>() : "";
    into.options.emplace_back(text(one, "name"), value.is_string() ? value.get<std::string>() : value.is_null() ? "" : dump(value));
  }
}

// Fields of a modal stand in a Label (18), older ones in an action row (1).
void read_fields(const Json& components, Interaction& into, int depth = 0) {
  if (!components.is_array() || depth > 3) return;
  for (const Json& one : components) {
    if (into.options.size() >= most_options) return;
    const std::string name = text(one, "custom_id");
    if (!name.empty()) into.options.emplace_back(name, text(one, "value"));
    if (at(one, "component").is_object()) read_fields(Json::array({at(one, "component")}), into, depth + 1);
    read_fields(at(one, "components"), into, depth + 1);
  }
}

Interaction::Kind kind_of(const Json& data) {
  switch (number(data, "type")) {
    case 2: return number(at(data, "data"), "type", 1) == 3 ? Interaction::Kind::message_command : Interaction::Kind::command;
    case 3: return Interaction::Kind::component;
    case 4: return Interaction::Kind::proposals;
    case 5: return Interaction::Kind::modal;
    default: return Interaction::Kind::other;
  }
}

Interaction::Where where_of(const Json& data) {
  if (!id(data, "guild_id").empty()) return Interaction::Where::server;
  switch (number(data, "context", 1)) {
    case 0: return Interaction::Where::server;
    case 2: return Interaction::Where::other_chat;
    default: return Interaction::Where::bot_dm;
  }
}

void read_target(const Json& data, Interaction& into) {
  const Json& messages = at(at(data, "resolved"), "messages");
  const Json& target = at(messages, id(data, "target_id"));
  into.target_text = text(target, "content");
  into.target_author = id(at(target, "author"), "id");
}

}  // namespace

std::optional<Message> read_message(const Json& data, const std::string& us) {
  Message message;
  message.id = id(data, "id");
  message.channel = id(data, "channel_id");
  message.author = id(at(data, "author"), "id");
  if (message.id.empty() || message.channel.empty() || message.author.empty()) return std::nullopt;
  message.guild = id(data, "guild_id");
  message.content = text(data, "content");
  message.bot = is_bot(data) || message.author == us;
  const std::int64_t type = number(data, "type");
  message.ordinary = type == 0 || type == 19;  // 19: a reply
  if (type == 2 && !list(data, "mentions").empty()) message.removed = id(list(data, "mentions").front(), "id");
  message.edited = text(data, "edited_timestamp");
  message.unreadable = message.content.empty() && (!list(data, "attachments").empty() || !list(data, "sticker_items").empty());
  for (const Json& user : list(data, "mentions")) message.mentions_us = message.mentions_us || id(user, "id") == us;
  const Json& referenced = at(data, "referenced_message");
  // A forward (type 1) refers to a message too, and answers nobody.
  if (number(at(data, "message_reference"), "type") == 0) message.replies_to = id(at(data, "message_reference"), "message_id");
  if (!message.replies_to.empty() && id(at(referenced, "author"), "id") == us) message.mentions_us = true;
  for (const Json& role : list(at(data, "member"), "roles")) {
    if (message.roles.size() < most_roles) message.roles.push_back(id(role));
  }
  return message;
}

std::optional<Interaction> read_interaction(const Json& data) {
  Interaction into;
  into.id = id(data, "id");
  into.token = text(data, "token");
  into.application = id(data, "application_id");
  into.channel = id(data, "channel_id");
  if (into.channel.empty()) into.channel = id(at(data, "channel"), "id");
  const Json& member = at(data, "member");
  into.user = id(at(member.is_object() ? at(member, "user") : at(data, "user"), "id"));
  // Of the token a path is made: nothing but the signs it is written in may stand there.
  const bool token_good =
      std::ranges::all_of(into.token, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
  if (into.id.empty() || into.token.empty() || into.token.size() > 512 || !token_good || into.user.empty()) return std::nullopt;
  into.kind = kind_of(data);
  into.where = where_of(data);
  into.locale = text(data, "locale");
  into.permissions = bits(member, "permissions");
  into.message = id(at(data, "message"), "id");
  const Json& inner = at(data, "data");
  into.command = text(inner, "name");
  into.custom_id = text(inner, "custom_id");
  for (const Json& value : list(inner, "values")) {
    if (value.is_string() && into.values.size() < 25) into.values.push_back(value.get<std::string>());
  }
  if (into.kind == Interaction::Kind::command || into.kind == Interaction::Kind::proposals) read_options(at(inner, "options"), into);
  if (into.kind == Interaction::Kind::modal) read_fields(at(inner, "components"), into);
  if (into.kind == Interaction::Kind::message_command) read_target(inner, into);
  return into;
}

std::string option(const Interaction& interaction, std::string_view name) {
  const auto found = std::ranges::find(interaction.options, name, [](const auto& one) -> std::string_view { return one.first; });
  return found == interaction.options.end() ? std::string{} : found->second;
}

std::string spoken(std::string_view content, const std::string& us) {
  std::string said;
  while (!content.empty()) {
    const std::size_t begin = content.find("<@");
    said += content.substr(0, begin);
    if (begin == std::string_view::npos) break;
    content.remove_prefix(begin);
    std::size_t digits = 2;
    if (digits < content.size() && content[digits] == '!') ++digits;
    const std::size_t end = content.find_first_not_of("0123456789", digits);
    if (end == std::string_view::npos || end == digits || content[end] != '>') {
      said += content.substr(0, 2);
      content.remove_prefix(2);
      continue;
    }
    const std::string_view who = content.substr(digits, end - digits);
    if (who != us) said += "@" + std::string(who);
    content.remove_prefix(end + 1);
    if (who == us && content.starts_with(' ') && (said.empty() || said.ends_with(' '))) content.remove_prefix(1);
  }
  const std::size_t first = said.find_first_not_of(" \t\n,:");
  return first == std::string::npos ? std::string{} : said.substr(first);
}

}  // namespace nurturer::discord
