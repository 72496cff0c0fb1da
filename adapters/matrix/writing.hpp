#pragma once
// From what the companion says to the content of Matrix events: plain body, formatted body, choices by place, thread, reply, mention. Pure.
// https://spec.matrix.org/v1.16/client-server-api/#mroommessage

#include <string>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/matrix/reading.hpp"

namespace nurturer::matrix {

/// The contents of one Outgoing in order, each below `most` bytes of text: one, save for what is far too long. Always m.text: a notice does
/// not ring.
[[nodiscard]] std::vector<Json> write_contents(const channel::Outgoing& out, const Place& place, bool direct, std::size_t most = 24'000);

/// The content of a file: `file` tells where the server keeps it and what opens it, `size` is that of the file itself.
[[nodiscard]] Json write_attachment(const channel::Outgoing& out, const Place& place, bool direct, Json file, std::int64_t size);

/// The content of a reaction.
[[nodiscard]] Json write_reaction(const std::string& event, const std::string& key);

/// Choices that may be offered as reactions. A reaction is public, and on Matrix never encrypted: not in a crisis, not for ratings, and
/// where there is nothing to choose between.
[[nodiscard]] bool offers_reactions(const channel::Outgoing& out);

[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace nurturer::matrix
