#include "app/out_id.hpp"

#include <fmt/core.h>

namespace nurturer::app {

std::string OutIds::next(std::chrono::sys_time<std::chrono::milliseconds> now) {
  const std::int64_t at = now.time_since_epoch().count();
  if (at > last_) {
    last_ = at;
    count_ = 0;
  } else {
    ++count_;
  }
  return fmt::format("{:012x}-{:06x}-{:08x}", last_, count_ & 0xFFFFFFU, dice_() & 0xFFFF'FFFFU);
}

}  // namespace nurturer::app
