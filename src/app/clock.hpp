#pragma once
// Time and chance, where they come into the program.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>

namespace nurturer::app {

/// The wall's, which may be set.
[[nodiscard]] inline std::chrono::sys_time<std::chrono::milliseconds> wall_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// By the clock that nobody sets; only distances mean something.
[[nodiscard]] inline std::chrono::sys_time<std::chrono::milliseconds> steady_now() {
  const auto since = std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
  return std::chrono::sys_time<std::chrono::milliseconds>{since};
}

/// The program's: the real one, until a time is set; from then on it stands, and moves only when it is set again.
class Clock {
 public:
  using Time = std::chrono::sys_time<std::chrono::milliseconds>;
  [[nodiscard]] Time now() const { return stands_ ? *stands_ : wall_now(); }
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
