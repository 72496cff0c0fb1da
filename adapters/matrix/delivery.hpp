#pragma once
// Sends what the companion says: finds the room (or opens a private chat), writes, sends under a transaction id that comes from the line's
// own id, and tells what became of it. Into a room that was encrypted once nothing goes in clear. One line of a room at a time is handed in; retry pauses are the caller's.

#include <memory>

#include "adapters/matrix/keys.hpp"
#include "adapters/matrix/lines.hpp"
#include "adapters/matrix/reading.hpp"
#include "adapters/matrix/rooms.hpp"
#include "adapters/matrix/wire.hpp"

namespace nurturer::matrix {

class Delivery {
 public:
  /// All must outlive it.
  Delivery(Wire& wire, Rooms& rooms, Lines& lines, Keys& keys) : wire_(wire), rooms_(rooms), lines_(lines), keys_(keys) {}

  /// Acknowledged later, exactly once; not while stopping, when it stays with the caller.
  void send(const channel::Outgoing& out);
  /// Without an engine for encryption: once for each room, and remembered by the server.
  void say_cannot_read(const std::string& room);
  /// A message of a private chat did not get through: said there, at most once a day.
  void say_unreadable(const std::string& room);
  [[nodiscard]] std::size_t running() const { return running_; }
  /// No new request; `ended` when those that run have ended.
  void stop(std::function<void()> ended);

 private:
  static constexpr std::size_t most_text = 24'000;
  struct Job {
    channel::Outgoing out;
    Place place;
    bool direct = false;
    std::size_t most = most_text;
    std::vector<Json> contents;
    std::vector<std::string> events;
  };
  using JobPtr = std::shared_ptr<Job>;
  [[nodiscard]] bool find_place(Job& job) const;
  void open_direct(const JobPtr& job);
  void open_direct_as(const JobPtr& job, bool encrypted);
  void opened(const JobPtr& job, bool encrypted, const Answer& answer);
  void write_to(const JobPtr& job);
  void react(const JobPtr& job);
  /// Files go out sealed or not at all (delivery_file.cpp).
  void write_file(const JobPtr& job);
  void uploaded(const JobPtr& job, Json file, const Answer& answer);
  void say_instead(const JobPtr& job, const std::string& text);
  void put(const JobPtr& job);
  void put_sealed(const JobPtr& job, const std::string& transaction);
  void put_back(const JobPtr& job, const Answer& answer);
  void remove(const JobPtr& job, std::size_t index, const std::vector<std::string>& events);
  void offer(const JobPtr& job, std::size_t place);
  void fail(const JobPtr& job, const Answer& answer);
  void later(const JobPtr& job, std::chrono::milliseconds wait);
  void end(const JobPtr& job, channel::Delivery delivery, Time retry_at = {});
  void spend(double tokens);
  /// A 429: how long nothing goes out.
  std::chrono::milliseconds hold_back(const Answer& answer);

  Wire& wire_;
  Rooms& rooms_;
  Lines& lines_;
  Keys& keys_;
  std::map<std::string, std::string> opened_;  // user -> private chat that the next batch will bring
  std::set<std::string> telling_;
  std::map<std::string, Time> told_unreadable_;
  std::size_t running_ = 0;
  std::function<void()> ended_;
  // What the server would let through if it had Synapse's usual limits (0.2 a second, 10 at once): reactions are sent out of what is left over.
  double allowance_ = 10;
  Time allowance_at_{};
};

}  // namespace nurturer::matrix
