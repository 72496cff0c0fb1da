#pragma once
// From events to what people did: what is for us, what they answer, what they pressed. Pure.

#include "adapters/matrix/lines.hpp"
#include "adapters/matrix/rooms.hpp"

namespace nurturer::matrix {

/// Room and thread in one, as the companion knows a place; comes back in Outgoing::room.
struct Place {
  std::string room;
  std::string thread;  // its first event; empty: none
};
[[nodiscard]] std::string write_place(const Place& place);
[[nodiscard]] Place read_place(const std::string& text);

/// An event that must be known before this one can be read, as reply or reaction to it may be for us; empty: none.
[[nodiscard]] std::string refers_to(const Event& event, const Room& room, const Lines& lines);

/// What a person did with an event; nothing if it is not for the companion: notices, media, other programs of our kind, our own.
/// `room_id` has `room`. Remembers threads in which we are spoken to.
[[nodiscard]] std::optional<channel::Incoming> read_incoming(const Event& event, const std::string& room_id, const Room& room,
                                                             const std::string& self, Lines& lines);

/// That somebody else has left the room, or was put out of it; nothing for every other event.
[[nodiscard]] std::optional<channel::Incoming> read_leaving(const Event& event, const std::string& room_id, const std::string& self);

/// Without the quoted lines that older clients put before a reply.
[[nodiscard]] std::string without_quote(const std::string& body);

}  // namespace nurturer::matrix
