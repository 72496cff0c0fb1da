#pragma once
// What people do on Discord, read from gateway events and REST answers into values. Lenient: what is unknown, missing or null reads as empty.
// https://discord.com/developers/docs/events/gateway-events

#include <optional>
#include <string>
#include <vector>

#include "adapters/discord/json.hpp"

namespace nurturer::discord {

struct Message {
  std::string id, channel, guild, author;  // guild empty: a private chat
  std::string content;
  bool bot = false;                // by a program or a webhook, ours included
  bool mentions_us = false;        // by name, or as a reply to us
  bool unreadable = false;         // holds a picture, a voice message or a sticker
  std::string replies_to;          // id of the message it answers
  std::string removed;             // who was taken out of the thread, when the message tells that
  std::string edited;              // when, as Discord writes it; empty: never
  std::vector<std::string> roles;  // the author's, in a server
  bool ordinary = true;            // written by a person; not "somebody joined", "a message was pinned"
};
/// Nothing when it lacks id, channel or author. `us`: the bot's own user id.
[[nodiscard]] std::optional<Message> read_message(const Json& data, const std::string& us);

struct Interaction {
  enum class Kind { command, component, modal, message_command, proposals, other };
  enum class Where { server, bot_dm, other_chat };  // other_chat: between others, where the bot is only installed by the person
  Kind kind = Kind::other;
  Where where = Where::bot_dm;
  std::string id, token, application, channel, user, locale;
  std::string command;                                       // its name
  std::vector<std::pair<std::string, std::string>> options;  // of a command, or the fields of a modal; a sub-command as {"", name}
  std::string typed;                                         // so far, of the option that proposals are wanted for
  std::string custom_id;
  std::vector<std::string> values;         // picked in a select menu
  std::string message;                     // the one whose component was used
  std::string target_text, target_author;  // of a message command
  std::uint64_t permissions = 0;           // the person's, in this channel
};
[[nodiscard]] std::optional<Interaction> read_interaction(const Json& data);
[[nodiscard]] std::string option(const Interaction& interaction, std::string_view name);

/// The id under which the service knows an interaction. Unlike a message's, so that what answers it is known to be meant for the person
/// alone even when nothing else of it is known any more.
[[nodiscard]] inline std::string incoming_id(const std::string& interaction) { return "i" + interaction; }
/// Back; empty: the answer is to no interaction.
[[nodiscard]] inline std::string interaction_of(const std::string& incoming) {
  return incoming.starts_with('i') ? incoming.substr(1) : std::string{};
}

/// "<@12> hello <@34>" as "hello @34", when 12 is us.
[[nodiscard]] std::string spoken(std::string_view content, const std::string& us);

}  // namespace nurturer::discord
