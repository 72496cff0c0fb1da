#pragma once
// What /sync and its sisters bring, as values. A broken event is left out; a broken answer is nothing.
// https://spec.matrix.org/v1.16/client-server-api/#get_matrixclientv3sync

#include <optional>
#include <string>
#include <vector>

#include "adapters/matrix/request.hpp"

namespace nurturer::matrix {

struct Event {
  std::string id;  // empty in stripped state
  std::string type;
  std::string sender;
  Time at{};
  std::optional<std::string> state_key;
  Json content = Json::object();
};

/// Nothing when it is none, has overlong ids, or was redacted.
[[nodiscard]] std::optional<Event> read_event(Json json);
/// That `user` is from now on a member of this kind ("join", "invite").
[[nodiscard]] bool says_member(const Event& event, const std::string& user, std::string_view membership);

struct JoinedRoom {
  std::string id;
  std::vector<Event> state;     // at the end of the timeline if the batch says `state_after`, else at its beginning
  std::vector<Event> timeline;  // oldest first
  bool limited = false;         // older events are missing, up to `prev_batch`
  std::string prev_batch;
  std::optional<std::int64_t> joined, invited;  // members, when told
  std::vector<std::string> heroes;              // some of the others
  bool told_encrypted = false;                  // our own mark, see ask::mark_told
};

struct InvitedRoom {
  std::string id;
  std::string inviter;
  bool direct = false;
};

/// What the encryption engine must see of a batch, as it came.
struct KeyNews {
  Json to_device = Json::array();
  Json device_lists = Json::object();
  Json one_time_keys = Json::object();
  Json fallback_keys;  // null: the server does not know of them
};

struct Batch {
  std::string next;
  KeyNews keys;
  std::vector<JoinedRoom> joined;
  std::vector<InvitedRoom> invited;
  std::vector<std::string> left;
  std::optional<Json> direct;  // account data m.direct, when told
};

/// `self` is us, of whose invitations there is one for each room. Nothing without a next_batch.
[[nodiscard]] std::optional<Batch> read_batch(const Answer& answer, const std::string& self);

struct Page {
  std::vector<Event> events;  // newest first
  std::string end;            // empty: there is nothing older
};
/// Of /messages, going back.
[[nodiscard]] std::optional<Page> read_page(const Answer& answer);

/// Our own mark in the content of what we send: a program of our kind does not answer it, and finds in it what was offered.
inline constexpr std::string_view line_mark = "nurturer";
/// In a room's account data: that we said why we cannot read there.
inline constexpr std::string_view told_mark = "nurturer.told_encrypted";

}  // namespace nurturer::matrix
