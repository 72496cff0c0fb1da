#pragma once
// The companion's commands on Discord: what is registered, and what each says in plain words, as if the person had written them.
// https://discord.com/developers/docs/interactions/application-commands

#include <optional>
#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/discord/events.hpp"

namespace nurturer::discord {

/// For `PUT /applications/:id/commands`. `exercises`: what `/soothe` offers, id (the words that start it) and label.
[[nodiscard]] Json command_definitions(const std::vector<channel::Choice>& exercises);
/// Changes when the definitions do.
[[nodiscard]] std::string fingerprint(const Json& definitions);

/// What an interaction asks for.
struct Meaning {
  std::string text;   // words for the companion
  std::string press;  // or the id of a choice
  Json modal;         // or a form to be filled in
};
/// Nothing for what is not the companion's. A press that was offered to somebody else has a choice that nobody was ever offered, so
/// that the companion refuses it kindly.
[[nodiscard]] std::optional<Meaning> meaning(const Interaction& interaction);

/// The exercises, at most 25, in whose name the typed words stand; all when nothing fits.
[[nodiscard]] std::vector<channel::Choice> proposals(const std::vector<channel::Choice>& exercises, const std::string& typed);

/// A button under an answer that only one person sees: there is no other way to write back there.
[[nodiscard]] Json with_write_button(Json components, const std::string& for_user);

}  // namespace nurturer::discord
