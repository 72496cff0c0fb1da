#pragma once
// `chat --json`: one JSON object a line in, one a line out (design.md, "Contracts of the program"). Pure: bytes in, values out.

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "adapters/channel.hpp"

namespace nurturer::console {

/// A line that was understood. Without text and press it only moves the clock.
struct Line {
  channel::Incoming incoming;
  std::optional<channel::Time> at;  // moves the clock, and it stands from then on
  bool says = false;                // holds a text or a press
};

/// Reads a line; the error is a sentence for the person who wrote the program on the other side.
[[nodiscard]] tl::expected<Line, std::string> read_line(std::string_view json);

[[nodiscard]] std::string write_line(const channel::Outgoing& outgoing);
[[nodiscard]] std::string write_error(std::string_view error);
[[nodiscard]] std::string write_done();

/// RFC 3339: "2026-11-24T21:40:00Z", with an offset or fractions of a second as well.
[[nodiscard]] std::optional<channel::Time> read_time(std::string_view text);
[[nodiscard]] std::string write_time(channel::Time time);

}  // namespace nurturer::console
