#include "adapters/matrix/wire.hpp"

#include <algorithm>
#include <utility>

#include "adapters/net/backoff.hpp"

namespace nurturer::matrix {
namespace {

// Never less than a second: half of the first is the least that is waited.
constexpr net::Backoff pauses{std::chrono::milliseconds{2'500}, std::chrono::milliseconds{15'000}};

bool token_unknown(const Answer& answer) { return answer.status == 401 && error_code(answer) == "M_UNKNOWN_TOKEN"; }

}  // namespace

std::uint64_t Wire::ask(Request request, Done done) {
  const std::uint64_t id = ++last_id_;
  if (renewing_ && request.authorised) {
    parked_[id] = {std::move(request), std::move(done), {}};
    return id;
  }
  send(id, {std::move(request), std::move(done), {}});
  return id;
}

void Wire::ask_until_served(Request request, Done done) {
  if (!may_try()) {
    return wake(next_try_, [this, request = std::move(request), done = std::move(done)] { ask_until_served(request, done); });
  }
  Request wanted = request;
  ask(std::move(wanted), [this, request = std::move(request), done = std::move(done)](const Answer& answer) {
    if (!is_outage(answer) && answer.status != 429) return done(answer);
    if (answer.too_large || answer.configuration) return done(answer);
    const auto wait =
        answer.status == 429 ? asked_to_wait(answer).value_or(std::chrono::milliseconds{2'000}) : std::chrono::milliseconds{0};
    wake(std::max(now_ + wait, try_at()), [this, request, done] { ask_until_served(request, done); });
  });
}

void Wire::send(std::uint64_t id, Asked asked) {
  const Request& request = asked.request;
  if (request.authorised) asked.token = session_.token;
  give(Send{id, request.base.empty() ? session_.base : request.base, request, asked.token});
  waiting_[id] = std::move(asked);
}

void Wire::crypt(std::string operation, Json arguments, Opened done) {
  const std::uint64_t id = ++last_id_;
  crypting_[id] = std::move(done);
  give(Crypt{id, std::move(operation), std::move(arguments)});
}

void Wire::keep_recovery(std::string key, Opened done) {
  const std::uint64_t id = ++last_id_;
  crypting_[id] = std::move(done);
  give(KeepRecovery{id, std::move(key)});
}

void Wire::cancel(std::uint64_t id) {
  parked_.erase(id);
  if (waiting_.erase(id) > 0) give(Cancel{id});
}

void Wire::cancel_all() {
  parked_.clear();
  crypting_.clear();
  wakes_.clear();
  while (!waiting_.empty()) cancel(waiting_.begin()->first);
}

void Wire::wake(Time when, std::function<void()> task) { wakes_.emplace(when, std::move(task)); }

void Wire::use(Session session) {
  session_ = std::move(session);
  renewing_ = false;
  auto parked = std::exchange(parked_, {});
  for (auto& [id, asked] : parked) send(id, std::move(asked));
}

bool Wire::may_try() {
  if (!down_) return true;
  if (now_ < next_try_) return false;
  next_try_ = now_ + net::wait_before_retry(pauses, failures_, dice_());
  return true;
}

// What fails together counts as one try.
void Wire::count_outage(bool outage) {
  if (!outage) {
    down_ = false;
    failures_ = 0;
    return;
  }
  if (!down_ || now_ >= next_try_ || failures_ == 0) ++failures_;
  if (!std::exchange(down_, true) || next_try_ <= now_) next_try_ = now_ + net::wait_before_retry(pauses, failures_ - 1, dice_());
}

void Wire::full(std::chrono::milliseconds wait) {
  ++limited_;
  full_until_ = std::max(full_until_, now_ + wait);
}

void Wire::receive(std::uint64_t id, const Answer& answer) {
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return;
  Asked asked = std::move(found->second);
  waiting_.erase(found);
  if (asked.request.authorised && !asked.request.asks_about_token && token_unknown(answer) && on_unknown_token) {
    // An answer that was under way while the token was renewed speaks of the one before: to renew again would end the new one as well.
    if (!renewing_ && asked.token != session_.token) return send(id, std::move(asked));
    parked_[id] = std::move(asked);
    if (hold()) on_unknown_token(answer);
    return;
  }
  count_outage(is_outage(answer));
  asked.done(answer);
}

void Wire::receive(std::uint64_t id, const Crypted& outcome) {
  const auto asked = crypting_.extract(id);
  if (!asked.empty()) asked.mapped()(outcome);
}

void Wire::tick() {
  while (!wakes_.empty() && wakes_.begin()->first <= now_) {
    const auto task = std::move(wakes_.begin()->second);
    wakes_.erase(wakes_.begin());
    task();
  }
}

std::optional<Action> Wire::next_action() {
  if (actions_.empty()) return std::nullopt;
  Action action = std::move(actions_.front());
  actions_.pop_front();
  return action;
}

std::optional<Time> Wire::deadline() const {
  if (wakes_.empty()) return std::nullopt;
  return wakes_.begin()->first;
}

}  // namespace nurturer::matrix
