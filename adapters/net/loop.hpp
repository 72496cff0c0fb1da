#pragma once
// The one thread on which the service, its adapters and their sockets run.
//
// Everything here is called on that thread; only post() and stop() may be called from others (a worker hands its result back by post).
// A Timer and a Signals own what they stand for: when they are gone, their function is not called any more, not even if it was due.
// What a function throws leaves run().

#include <chrono>
#include <functional>
#include <memory>

namespace nurturer::net {

/// One call in the future. Empty when default-made; dropping or overwriting it cancels.
class Timer {
 public:
  Timer();
  Timer(Timer&&) noexcept;
  Timer& operator=(Timer&&) noexcept;
  ~Timer();
  void cancel();
  /// Neither called yet nor cancelled.
  [[nodiscard]] bool pending() const;

 private:
  friend class Loop;
  struct State;
  explicit Timer(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

/// SIGTERM and SIGINT, told as numbers, until it is dropped.
class Signals {
 public:
  Signals();
  Signals(Signals&&) noexcept;
  Signals& operator=(Signals&&) noexcept;
  ~Signals();

 private:
  friend class Loop;
  struct State;
  explicit Signals(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Loop {
 public:
  Loop();
  /// Drops what is still posted, without calling it. Timers, signals, clients and sockets must be gone before. While a look-up of a name
  /// hangs, it is left behind with what it holds: meant for the end of the process.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Serves until stop(), also while nothing is to be done.
  void run();
  /// run() returns after the function that is running now. A later run() goes on with what was left.
  void stop();

  /// Calls `task` from run(), in the order of posting; never from inside post().
  void post(std::function<void()> task);
  /// By a clock that no one sets. Wall-clock times are the caller's to look at again from time to time.
  [[nodiscard]] Timer after(std::chrono::milliseconds wait, std::function<void()> task);
  [[nodiscard]] Signals on_signal(std::function<void(int)> task);

  struct Io;  // io.hpp, for files that may see Boost
  [[nodiscard]] Io& io() { return *io_; }

 private:
  std::unique_ptr<Io> io_;
};

}  // namespace nurturer::net
