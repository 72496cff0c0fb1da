#pragma once
// A request for a reminder, taken apart: when, and of what. Whether a message is one at all, understanding has said before.

#include <string>
#include <string_view>

#include "engine/schedule/phrase.hpp"

namespace nurturer::schedule {

struct Request {
  Found when;
  std::string text;  // as the person wrote it; empty: not told
  bool all = false;  // "remind us": the whole room
};

[[nodiscard]] Request read_request(std::string_view message);

/// "No, 17:00", "make it tuesdays", "change it to 9": true if such words stand before the time.
[[nodiscard]] bool corrects(std::string_view message);

/// True if all of the message is about that time, but for small words: "make it 17:00 please". Nothing else can be meant by it then.
[[nodiscard]] bool only_time(std::string_view message, const Found& found);

/// "It is 21:40 here", "my time zone is Europe/Berlin", "i'm on pacific time". `asked`: a bare "21:40" or "PST" answers too. A clock tells only
/// the offset: the zone is then the likeliest one, and `guessed`.
struct ZoneTold {
  std::string zone;
  bool guessed = false;
};
[[nodiscard]] std::optional<ZoneTold> zone_told(std::string_view message, Time now, bool asked);

}  // namespace nurturer::schedule
