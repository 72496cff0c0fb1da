#include "adapters/net/loop.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <utility>

#include "adapters/net/io.hpp"

namespace nurturer::net {

namespace asio = boost::asio;

// The wait holds the state as well: a timer that is dropped inside its own function must outlive the call.
struct Timer::State {
  State(asio::io_context& context, std::function<void()> function) : timer(context), task(std::move(function)) {}
  asio::steady_timer timer;
  std::function<void()> task;  // empty: called or cancelled
};

Timer::Timer() = default;
Timer::Timer(std::shared_ptr<State> state) : state_(std::move(state)) {}
Timer::Timer(Timer&&) noexcept = default;
Timer& Timer::operator=(Timer&& other) noexcept {
  if (this == &other) return *this;
  cancel();
  state_ = std::move(other.state_);
  return *this;
}
Timer::~Timer() { cancel(); }

void Timer::cancel() {
  if (!state_) return;
  const auto state = std::exchange(state_, nullptr);
  // What the function owns is dropped last: it may own this timer's owner.
  const auto task = std::exchange(state->task, nullptr);
  state->timer.cancel();
}

bool Timer::pending() const { return state_ && state_->task; }

struct Signals::State {
  State(asio::io_context& context, std::function<void(int)> function) : set(context, SIGTERM, SIGINT), task(std::move(function)) {}
  void wait() {
    set.async_wait([this](const boost::system::error_code& error, int number) {
      if (error) return;  // dropped: this is gone
      wait();
      task(number);
    });
  }
  asio::signal_set set;
  std::function<void(int)> task;
};

Signals::Signals() = default;
Signals::Signals(std::unique_ptr<State> state) : state_(std::move(state)) {}
Signals::Signals(Signals&&) noexcept = default;
Signals& Signals::operator=(Signals&&) noexcept = default;
Signals::~Signals() = default;

Loop::Loop() : io_(std::make_unique<Io>()) {}
Loop::~Loop() {
  // The context's end would wait for the look-up, as long as a dead name server takes; the process has seconds to end in order.
  if (io_->lookups > 0) io_.release();
}

void Loop::run() {
  const auto guard = asio::make_work_guard(io_->context);
  io_->context.restart();
  io_->context.run();
}

void Loop::stop() { io_->context.stop(); }

void Loop::post(std::function<void()> task) { asio::post(io_->context, std::move(task)); }

Timer Loop::after(std::chrono::milliseconds wait, std::function<void()> task) {
  auto state = std::make_shared<Timer::State>(io_->context, std::move(task));
  state->timer.expires_after(wait);
  state->timer.async_wait([state](const boost::system::error_code&) {
    // A wait that has ended can no longer be cancelled, its function can.
    if (const auto due = std::exchange(state->task, nullptr)) due();
  });
  return Timer(std::move(state));
}

Signals Loop::on_signal(std::function<void(int)> task) {
  auto state = std::make_unique<Signals::State>(io_->context, std::move(task));
  state->wait();
  return Signals(std::move(state));
}

}  // namespace nurturer::net
