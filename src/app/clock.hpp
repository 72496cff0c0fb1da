#pragma once
// Time and chance, where they come into the program.
//
// Its clock: the real one, until a time is set; from then on it stands, and moves only when it is set again.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>

namespace nurturer::app {

class Clock {
 public:
  using Time = std::chrono::sys_time<std::chrono::milliseconds>;
  [[nodiscard]] Time now() const {
    return stands_ ? *stands_ : std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  void set(Time time) { stands_ = time; }
  [[nodiscard]] bool stands() const { return stands_.has_value(); }

 private:
  std::optional<Time> stands_;
};

/// Numbers that nobody can foretell.
[[nodiscard]] inline std::function<std::uint64_t()> real_dice() {
  std::random_device device;
  return [engine = std::mt19937_64((static_cast<std::uint64_t>(device()) << 32U) | device())]() mutable { return engine(); };
}

}  // namespace nurturer::app
