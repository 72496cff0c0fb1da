#include "app/post.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "store/store.hpp"

namespace nurturer::app {

using channel::Delivery;
using channel::Outgoing;

namespace {

constexpr std::size_t settled_kept = 10'000;
constexpr std::chrono::seconds retry_soonest{1};
constexpr std::chrono::hours retry_latest{1};

}  // namespace

Post::Post(std::unique_ptr<channel::Adapter> adapter, Bot& bot, PostOffice& office, Clock clock, Lanes::Options options)
    : adapter_(std::move(adapter)), bot_(bot), office_(office), clock_(std::move(clock)), lanes_(options), most_(options.most) {}

void Post::start(std::optional<channel::Cursor> cursor) {
  state_ = State::started;
  take_up();
  adapter_->start(*this, std::move(cursor));
}

void Post::stop() {
  if (state_ == State::made) return stopped();
  if (state_ != State::stopped) adapter_->stop();
}

void Post::enqueue(std::vector<Outgoing> lines) {
  if (!serves()) return;  // they wait in the outbox for the next start
  for (Outgoing& line : lines) {
    // What comes while others wait in the store alone waits behind them there, save what answers a crisis, and what has a way of its own.
    const bool waits = (more_in_store_ || lanes_.full()) && line.way.empty() && !Lanes::is_urgent(line);
    if (waits) more_in_store_ = true;
    else push(std::move(line));
  }
  if (more_in_store_) take_up();
}

void Post::take_up() {
  if (!more_in_store_ || lanes_.size() > most_ / 2) return;
  auto lines = bot_.take_up(name(), clock_().wall, true, most_);
  more_in_store_ = lines.size() >= most_;
  for (Outgoing& line : lines) {
    if (is_settled_.contains(line.id)) continue;
    if (lanes_.full() && !lanes_.holds(line.id)) {
      more_in_store_ = true;
      break;
    }
    push(std::move(line));
  }
}

void Post::push(Outgoing line) {
  if (line.kind == Outgoing::Kind::remove && withdraws(line)) return;
  lanes_.push(std::move(line), clock_().steady);
}

// What was to be removed has not left yet: neither goes.
bool Post::withdraws(const Outgoing& line) {
  if (!lanes_.withdraw(line.removes, clock_().steady)) return false;
  Outgoing removed;
  removed.id = line.removes;
  settle(removed, Delivery::sent);
  settle(line, Delivery::sent);
  return true;
}

void Post::send() {
  if (state_ != State::ready || sending_) return;
  // An adapter may acknowledge inside send(), which makes the next line ready.
  sending_ = true;
  for (auto lines = lanes_.take(clock_().steady); !lines.empty(); lines = lanes_.take(clock_().steady)) {
    for (const Outgoing& line : lines) adapter_->send(line);
  }
  sending_ = false;
}

void Post::acknowledge(channel::Acknowledgement acknowledgement) {
  const Now now = clock_();
  const Outgoing* flying = lanes_.find_in_flight(acknowledgement.id);
  if (flying == nullptr) return;
  // The outbox has dropped it by now: what was true a day ago helps nobody.
  if (acknowledgement.delivery == Delivery::retry && now.wall - flying->at >= store::outbox_kept) acknowledgement.delivery = Delivery::never;
  if (acknowledgement.delivery == Delivery::retry) {
    const auto wait = std::clamp<std::chrono::milliseconds>(acknowledgement.retry_at - now.wall, retry_soonest, retry_latest);
    lanes_.retry(acknowledgement.id, now.steady + wait, now.steady);
    ++counts.retried;
    acknowledgement.retry_at = now.wall + wait;
    bot_.acknowledge(name(), acknowledgement, now.wall);
  } else {
    const auto line = lanes_.acknowledge(acknowledgement.id, now.steady);
    ++(acknowledgement.delivery == Delivery::sent ? counts.sent : counts.undeliverable);
    settle(*line, acknowledgement.delivery);
  }
  if (!sending_) office_.changed(*this);
}

void Post::settle(const Outgoing& line, Delivery delivery) {
  bot_.acknowledge(name(), {line.id, delivery, {}}, clock_().wall);
  if (line.kind == Outgoing::Kind::file) std::remove(line.path.c_str());  // what somebody asked for, and all that is known of them
  if (is_settled_.insert(line.id).second) settled_.push_back(line.id);
  if (settled_.size() <= settled_kept) return;
  is_settled_.erase(settled_.front());
  settled_.pop_front();
}

void Post::ready(const std::string& account) {
  if (state_ != State::started) return;
  state_ = State::ready;
  account_ = account;
  office_.changed(*this);
}

void Post::failed(channel::Failure failure) {
  if (!serves()) return;
  state_ = State::failed;
  failure_ = std::move(failure);
  office_.changed(*this);
}

void Post::stopped() {
  state_ = State::stopped;
  office_.changed(*this);
}

std::optional<channel::Time> Post::deadline() const {
  if (state_ != State::ready) return std::nullopt;
  return lanes_.deadline();
}

}  // namespace nurturer::app
