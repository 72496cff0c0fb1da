#pragma once
// What each close code of the gateway asks for, as a table.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes

#include <string_view>

#include "adapters/adapter.hpp"

namespace nurturer::discord {

enum class After { resume, identify, end };

struct CloseCode {
  int code;
  After after;
  std::string_view name;                                              // for the log
  channel::Failure::Kind kind = channel::Failure::Kind::unavailable;  // of those that end
  std::string_view sentence = {};                                     // for the operator, of those that end
};

/// Of a code that is not in the table: resume. A connection that was lost without a code has 1006.
[[nodiscard]] const CloseCode& close_code(int code);

}  // namespace nurturer::discord
