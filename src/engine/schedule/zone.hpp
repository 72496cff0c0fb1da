#pragma once
// Places on the clock: an IANA zone turns a time on the wall into a moment and back.
//
// A wall time that the zone skips (clocks go forward) means the first moment after the gap; one that comes twice (clocks go back) means
// its first coming. So a daily reminder fires once on every day, whatever the zone does.
// The zones are those of the machine's tzdata, read when first named and kept: as good as a constant while the process lives.

#include <date/date.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace nurturer::schedule {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Wall = date::local_seconds;

[[nodiscard]] bool zone_known(std::string_view zone);

/// `zone` must be known; an unknown one counts as UTC.
[[nodiscard]] Time instant_of(Wall wall, std::string_view zone);
[[nodiscard]] Wall wall_of(Time time, std::string_view zone);

/// True if the wall time comes twice in the zone, and `time` is its second coming.
[[nodiscard]] bool second_coming(Time time, std::string_view zone);
/// "CET", "+0545": what the zone calls itself then.
[[nodiscard]] std::string abbreviation(Time time, std::string_view zone);

/// Zones in which the clock shows `minutes` after midnight now (or up to some minutes beside it), best known first. `prefer` go before all.
[[nodiscard]] std::vector<std::string> zones_showing(std::chrono::minutes of_day, Time now, const std::vector<std::string>& prefer = {});

/// "EST", "GMT": what an abbreviation can stand for; several when people must be asked. Empty: none that is known.
struct NamedZone {
  std::string zone;   // IANA
  std::string title;  // "India", for the question
};
[[nodiscard]] std::vector<NamedZone> zones_called(std::string_view abbreviation);

}  // namespace nurturer::schedule
