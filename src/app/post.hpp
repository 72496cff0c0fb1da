#pragma once
// One platform of the service: its adapter, what waits to be sent there, how it stands.
//
// The outbox of the store is the whole truth; the lanes hold what of it is on its way. When they are full, the rest stays in the store
// and is taken up in order when there is room again.

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "adapters/adapter.hpp"
#include "app/bot.hpp"
#include "app/lanes.hpp"

namespace nurturer::app {

/// What a platform tells the service, beside what concerns its own lines.
class PostOffice {
 public:
  virtual ~PostOffice() = default;
  virtual void heard(class Post& post, channel::Incoming incoming) = 0;
  virtual void changed(class Post& post) = 0;  // something may be sent now, or its state is another
};

class Post final : public channel::Shell {
 public:
  enum class State { made, started, ready, failed, stopped };
  struct Counts {
    int heard = 0, limited = 0, sent = 0, retried = 0, undeliverable = 0;
  };
  /// The time by two clocks: the wall's, which may be set, and one that nobody sets.
  struct Now {
    channel::Time wall, steady;
  };
  using Clock = std::function<Now()>;

  /// `bot`, `office` and what `clock` stands on must outlive it.
  Post(std::unique_ptr<channel::Adapter> adapter, Bot& bot, PostOffice& office, Clock clock, Lanes::Options options);

  void start(std::optional<channel::Cursor> cursor);
  void stop();

  /// Takes lines that are in the outbox already.
  void enqueue(std::vector<channel::Outgoing> lines);
  /// Takes up from the outbox what did not fit, or what an earlier process left.
  void take_up();
  /// Hands the adapter what may go now.
  void send();

  void receive(channel::Incoming incoming) override { office_.heard(*this, std::move(incoming)); }
  void acknowledge(channel::Acknowledgement acknowledgement) override;
  void ready(const std::string& account) override;
  void failed(channel::Failure failure) override;
  void stopped() override;

  [[nodiscard]] const std::string& name() const { return adapter_->name(); }
  [[nodiscard]] channel::Capabilities capabilities() const { return adapter_->capabilities(); }
  [[nodiscard]] State state() const { return state_; }
  /// Neither failed nor stopped.
  [[nodiscard]] bool serves() const { return !failure_ && state_ != State::stopped; }
  [[nodiscard]] const std::optional<channel::Failure>& failure() const { return failure_; }
  [[nodiscard]] const std::string& account() const { return account_; }
  [[nodiscard]] std::optional<channel::Time> deadline() const;
  [[nodiscard]] const Lanes& lanes() const { return lanes_; }
  Counts counts;

 private:
  void push(channel::Outgoing line);
  [[nodiscard]] bool withdraws(const channel::Outgoing& line);
  void settle(const channel::Outgoing& line, channel::Delivery delivery);

  std::unique_ptr<channel::Adapter> adapter_;
  Bot& bot_;
  PostOffice& office_;
  Clock clock_;
  Lanes lanes_;
  std::size_t most_;
  State state_ = State::made;
  std::optional<channel::Failure> failure_;
  std::string account_;
  bool more_in_store_ = true;  // before the first take_up nobody knows
  bool sending_ = false;
  // Acknowledged in this process: an outbox that cannot be written would hand them out again.
  std::deque<std::string> settled_;
  std::unordered_set<std::string> is_settled_;
};

}  // namespace nurturer::app
