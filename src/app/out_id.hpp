#pragma once
// Ids of outgoing messages: unique for all time, sorting by age. Milliseconds, a counter, and chance against a clock that stood still.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace nurturer::app {

class OutIds {
 public:
  explicit OutIds(std::function<std::uint64_t()> dice) : dice_(std::move(dice)) {}
  /// 28 characters of 0-9a-f and '-'. Never smaller than one given before, also when the clock goes back.
  [[nodiscard]] std::string next(std::chrono::sys_time<std::chrono::milliseconds> now);

 private:
  std::function<std::uint64_t()> dice_;
  std::int64_t last_ = 0;
  std::uint32_t count_ = 0;
};

}  // namespace nurturer::app
