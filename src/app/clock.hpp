#pragma once
// The program's clock: the real one, until a time is set; from then on it stands, and moves only when it is set again.

#include <chrono>
#include <optional>

namespace nurturer::app {

class Clock {
 public:
  using Time = std::chrono::sys_time<std::chrono::milliseconds>;
  [[nodiscard]] Time now() const {
    return stands_ ? *stands_ : std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
  void set(Time time) { stands_ = time; }

 private:
  std::optional<Time> stands_;
};

}  // namespace nurturer::app
