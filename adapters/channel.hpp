#pragma once
// All that adapters and the app say to each other. An adapter knows one platform and nothing of the companion; the app knows the
// companion and no platform. Neither includes more of the other than this file.
//
// Life of a message: the adapter hands over an Incoming. The app answers it in one transaction (state, inbox mark, outbox, cursor) and gives
// Outgoing to the adapter, whose id was fixed before the first try. The adapter answers each with an Acknowledgement, at most once;
// until then the app may hand the same Outgoing over again (after a restart), and the platform's own idempotency keeps it one message.
// All calls come on the shell's one thread.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace nurturer::channel {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where an adapter is in what it reads: its `since`, its session and sequence. Opaque to the app, which stores it in the
/// transaction of the message that it came with and gives it back at the next start.
struct Cursor {
  std::string bytes;
};

enum class RoomKind { direct, group };

/// Something that a person did. `id` is the platform's own and the same at every delivery: answered once.
struct Incoming {
  enum class Kind { message, press, reaction, edit, redaction, joined, left, clock };
  Kind kind = Kind::message;
  std::string id;     // empty: the channel gives every line once (console)
  std::string from;   // the platform's user id
  std::string room;   // the platform's room id; of a private chat it may be anything that is stable. A part of a room (a thread) that has
                      // no id of its own is the room's, a space, and more: who leaves the room leaves these
  RoomKind room_kind = RoomKind::direct;
  bool mention = true;     // the companion was addressed by name, reply, or because it is a private chat
  bool moderator = false;  // may set the companion up for the room
  std::string text;        // UTF-8 as given, any bytes
  bool shut_out = false;    // since they were last heard in private, something for them alone could not be delivered
  bool unreadable = false;  // a picture, a voice message: `text` is empty
  std::string press;       // the id of a choice, when kind is press
  std::string reply_to;    // the OutboxId of the companion's message that it answers, if known; of a reaction: under which it stands
  std::optional<std::size_t> place;  // of a reaction that stands for a choice by its place, counted from 0; every other one means: I am here
  bool may_react = true;             // false: no reaction can be set under it, or not one that only the room sees
  bool takes_files = true;           // false: no file can be handed out where the answer goes
  Time at{};               // when it was written
  std::string way;         // not empty: the answer goes a way of its own, by this name, past what else waits for the room (a platform's
                           // interaction, that has seconds for it)
  std::string zone;        // IANA name, and
  std::string locale;      // BCP 47 tag, as the platform tells them of the sender; may be empty
  std::optional<Cursor> cursor;
};

struct Choice {
  std::string id;
  std::string label;
};

/// What the answer is about, for programs that read along (chat --json) and for logs: never text.
struct About {
  std::optional<std::string> intent, level, rule;  // of the message answered; empty for what falls due
  std::vector<std::string> flags;
  std::string script, step;  // where the talk stands after this line; empty: in none
};

/// Something that the companion says or does. Ids are unique for all time and sort by age.
struct Outgoing {
  enum class Kind { say, remove, file, react };
  Kind kind = Kind::say;
  std::string id;
  std::string room;       // where the cause came from, as the adapter named it
  RoomKind room_kind = RoomKind::direct;
  std::string to;         // the person; empty: the whole room
  bool private_ = false;  // for `to` alone, in their private chat, whatever `room` is
  std::string text;
  std::vector<Choice> choices;
  std::chrono::seconds after{0};  // pause since the line before it
  Time at{};                      // when it was due or caused
  About about;
  std::string answers;              // id of the Incoming that caused it; empty: it fell due
  std::string way;                  // that of the Incoming
  std::string removes;              // kind remove: id of the Outgoing to delete
  std::string reacts_to;            // kind react: id of the Incoming under which `text`, one emoji, is set
  std::string file_name, media_type, path;  // kind file
};

/// What a platform can do; the app words its answers accordingly.
struct Capabilities {
  bool edit = false;
  bool remove = false;
  bool choices = false;         // buttons or reactions; choices are always also answered by word and number
  bool reactions = false;       // can set a reaction under a message (Outgoing::Kind::react)
  bool private_answer = false;  // can speak to one person of a group alone
  bool animates = false;        // can pace lines by the second
  std::size_t longest = 2000;   // characters of one message
};

enum class Delivery { sent, retry, never };

struct Acknowledgement {
  std::string id;  // of the Outgoing
  Delivery delivery = Delivery::sent;
  Time retry_at{};  // with Delivery::retry
};

}  // namespace nurturer::channel
