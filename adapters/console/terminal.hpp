#pragma once
// The companion on a terminal: a line to type on, an answer that comes at a reading pace, a pacer that breathes along.
//
// Nothing that is typed is written to a history. Any key skips a pause. In a plain look (--plain, NO_COLOR, TERM=dumb, NURTURER_PLAIN=1:
// for screen readers) there is no colour and no redrawing, and paced lines come as they fall due.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/channel.hpp"

namespace nurturer::console {

class Terminal {
 public:
  /// `plain`: nothing moves and nothing is coloured, whatever the environment says.
  explicit Terminal(bool plain);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void welcome();
  /// A line without its end; empty at the end of input (Ctrl-D).
  /// While nothing is typed, `meanwhile` is called every `every`: what falls due then is shown by interrupt().
  [[nodiscard]] std::optional<std::string> read(std::chrono::milliseconds every, const std::function<void()>& meanwhile);
  /// Shows a message above the line that is being typed.
  void interrupt(const channel::Outgoing& outgoing);
  void show(const channel::Outgoing& outgoing);
  /// Clears screen and scrollback.
  void wipe();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nurturer::console
