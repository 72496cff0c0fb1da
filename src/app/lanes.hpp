#pragma once
// The order in which a platform's lines go out: one at a time in each lane (lane.hpp), the next after the acknowledgement of the one before.
//
// Within a lane what answers a crisis goes first, then answers, then what fell due, each in the order of pushing. An answer's lines keep
// their pauses, unless a further answer waits behind. What fell due keeps a distance from what fell due before. A line to be tried again
// holds back what comes after it, save the answer to a crisis.
// Only so many are in flight at a time: of the rest the most urgent goes first. A line with a way of its own has seconds for it and takes nobody's
// place: it waits for no other lane. Nor does what answers a crisis wait for places that others hold, as long as it is no storm of those.
// Pure: time comes in, by a clock that no one sets. Lines are held until they are acknowledged as sent or never.

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/channel.hpp"

namespace nurturer::app {

class Lanes {
 public:
  using Time = channel::Time;
  struct Options {
    std::size_t most = 10'000;           // lines held
    std::size_t in_flight = 64;          // lines given out and not acknowledged, over all lanes that have no way of their own
    std::size_t urgent_in_flight = 256;  // so many, as long as the next one answers a crisis
    std::chrono::milliseconds unasked_distance{20'000};
  };

  explicit Lanes(Options options) : options_(options) {}

  /// Answers a crisis.
  [[nodiscard]] static bool is_urgent(const channel::Outgoing& line) { return class_of(line) == urgent; }
  [[nodiscard]] bool holds(const std::string& id) const { return where_.contains(id); }
  [[nodiscard]] bool full() const { return where_.size() >= options_.most; }
  [[nodiscard]] std::size_t size() const { return where_.size(); }
  [[nodiscard]] std::size_t in_flight() const { return flying_ + flying_ways_; }

  /// Nothing happens to a line that is held already.
  void push(channel::Outgoing line, Time now);

  /// What is to be sent now; each is in flight until it is acknowledged or tried again.
  [[nodiscard]] std::vector<channel::Outgoing> take(Time now);
  /// When take() may have something without any further call; empty: never.
  [[nodiscard]] std::optional<Time> deadline() const;

  /// A line that is in flight; null if it is not.
  [[nodiscard]] const channel::Outgoing* find_in_flight(const std::string& id) const;
  /// Sent or never will be: forgets it. Null if it is not in flight.
  std::optional<channel::Outgoing> acknowledge(const std::string& id, Time now);
  /// Back to the head of its lane, not before `at`. False if it is not in flight.
  bool retry(const std::string& id, Time at, Time now);
  /// Takes back a line that is not in flight. False if there is none.
  bool withdraw(const std::string& id, Time now);

 private:
  enum Class : std::uint8_t { urgent, asked, unasked };
  struct Line {
    channel::Outgoing out;
    Time not_before{};
  };
  struct Lane {
    std::deque<Line> lines[3];  // by class
    std::optional<Line> flying;
    std::string last_answered;  // of the line sent last
    Time last_sent{};
    Time last_unasked{};
    std::optional<std::pair<Time, std::string>> waits;      // its entry in waiting_
    std::optional<std::pair<Class, std::string>> is_ready;  // its entry in ready_ or ready_ways_
    bool has_way = false;
  };

  static Class class_of(const channel::Outgoing& line);
  [[nodiscard]] static std::optional<Class> first_class(const Lane& lane);
  [[nodiscard]] Time due(const Lane& lane, Class of) const;
  /// Files the lane anew after it has changed; drops it when nothing depends on it any more.
  void file(const std::string& name, Time now);
  void unfile(Lane& lane);
  Lane* lane_in_flight(const std::string& id);
  using Ready = std::map<std::pair<Class, std::string>, std::string>;  // lanes whose head may go, the most urgent and oldest first
  [[nodiscard]] Ready& ready_of(const Lane& lane) { return lane.has_way ? ready_ways_ : ready_; }
  [[nodiscard]] std::size_t& flying_of(const Lane& lane) { return lane.has_way ? flying_ways_ : flying_; }
  /// The first that there is a place for; null if there is none.
  [[nodiscard]] const Ready::value_type* next() const;

  Options options_;
  std::unordered_map<std::string, Lane> lanes_;
  std::unordered_map<std::string, std::string> where_;  // lane by id of a line
  std::set<std::pair<Time, std::string>> waiting_;      // lanes by the time of their head
  Ready ready_, ready_ways_;
  std::size_t flying_ = 0, flying_ways_ = 0;
};

}  // namespace nurturer::app
