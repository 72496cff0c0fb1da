#pragma once
// Requests to Discord's REST API, as values. https://discord.com/developers/docs/reference
//
// All that say something carry empty allowed_mentions: nothing that a person wrote can ping anybody through the companion.

#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/discord/rest.hpp"

namespace nurturer::discord {

constexpr int ephemeral = 64;  // flag of an answer that only one person sees

/// What a message holds.
struct Body {
  std::string content;                     // at most 2,000 code points
  Json components = Json::array();         // rows of buttons, or a select menu
  std::string file_name, file_type, file;  // an attachment; no name: none
};

/// The text as pieces, choices below the last one, which only `to` may press (empty: anybody).
[[nodiscard]] std::vector<Body> bodies(const channel::Outgoing& outgoing);
/// Buttons (up to five) or a select menu (up to 25) whose custom_id and values carry the choice's id. What does not fit a custom_id is left
/// out: a choice is always answered by its word too. `for_user`: who may press; empty: anybody.
[[nodiscard]] Json components(const std::vector<channel::Choice>& choices, const std::string& for_user);

/// Who may press what: read from a custom_id (of a button, or of a menu together with the value that was picked).
struct Pressed {
  std::string for_user;  // empty: anybody
  std::string choice;
};
[[nodiscard]] std::optional<Pressed> read_custom_id(const std::string& custom_id, const std::vector<std::string>& values);

/// 24 characters that depend on the outbox id and the number of the piece alone: Discord takes a second request with the same one for
/// the first.
[[nodiscard]] std::string nonce(const std::string& outbox_id, std::size_t piece);

[[nodiscard]] Request create_message(const std::string& channel, const Body& body, const std::string& nonce, const std::string& replies_to);
/// `emoji` as it is written. Setting it twice is setting it once.
[[nodiscard]] Request set_reaction(const std::string& channel, const std::string& message, const std::string& emoji);
[[nodiscard]] Request delete_message(const std::string& channel, const std::string& message);
[[nodiscard]] Request open_private_channel(const std::string& user);
[[nodiscard]] Request messages_after(const std::string& channel, const std::string& message, int most);

struct Answerable {
  std::string id, token, application;
};
/// First answers to an interaction.
[[nodiscard]] Request callback_message(const Answerable& to, const Body& body, bool hidden);
[[nodiscard]] Request callback_deferred(const Answerable& to, bool hidden);
/// Of a press: heard, and its message stays as it is.
[[nodiscard]] Request callback_noted(const Answerable& to);
[[nodiscard]] Request callback_modal(const Answerable& to, Json modal);
/// What may be meant by the words typed so far.
[[nodiscard]] Request callback_proposals(const Answerable& to, const std::vector<channel::Choice>& proposals);
/// Later ones, for 15 minutes.
[[nodiscard]] Request edit_answer(const Answerable& to, const Body& body);
[[nodiscard]] Request get_answer(const Answerable& to);
[[nodiscard]] Request delete_answer(const Answerable& to);
[[nodiscard]] Request follow_up(const Answerable& to, const Body& body, bool hidden);

[[nodiscard]] Request get(const std::string& path);
[[nodiscard]] Request put_commands(const std::string& application, const Json& commands);

}  // namespace nurturer::discord
