#include "app/service.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace nurturer::app {
namespace {

using channel::Failure;
using channel::Incoming;
using std::chrono::milliseconds;

constexpr milliseconds look_at_least{30'000};  // wall clocks are set, and stores are written by others than timers
constexpr std::chrono::hours summary_every{1};
constexpr int rounds_at_once = 50;  // of what falls due, a hundred each

}  // namespace

ExitCode code_of(Failure::Kind kind) noexcept {
  switch (kind) {
    case Failure::Kind::credentials: return ExitCode::refused;
    case Failure::Kind::configuration: return ExitCode::configuration;
    case Failure::Kind::unavailable: return ExitCode::unavailable;
    case Failure::Kind::locked: return ExitCode::try_later;
    case Failure::Kind::internal: break;
  }
  return ExitCode::internal;
}

Service::Service(net::Loop& loop, Bot& bot, store::Store& store, Log& log, Options options)
    : loop_(loop), bot_(bot), store_(store), log_(log), options_(std::move(options)), paces_(options_.rates) {}

void Service::add(std::unique_ptr<channel::Adapter> adapter) {
  PostOffice& office = *this;
  posts_.push_back(std::make_unique<Post>(std::move(adapter), bot_, office, options_.clock, options_.lanes));
}

void Service::add_failure(const std::string& name, const Failure& failure) { tell_failure(name, failure); }

void Service::tell_failure(const std::string& name, const Failure& failure) {
  failures_.push_back(failure.kind);
  log_.error(name + " is over: " + failure.sentence);
}

void Service::start() {
  summarised_ = options_.clock().steady;
  for (const auto& post : posts_) {
    std::optional<channel::Cursor> cursor;
    try {
      if (auto bytes = store_.cursor(post->name())) cursor = channel::Cursor{std::move(*bytes)};
    } catch (const store::Unavailable& error) {
      log_.error(post->name() + ": where it was cannot be read: " + error.what());
    }
    post->start(std::move(cursor));
  }
  // Not from here: an adapter may have failed inside start(), and the loop does not run yet.
  timer_ = loop_.after(milliseconds{0}, [this] { tick(); });
}

void Service::heard(Post& post, Incoming incoming) {
  const Post::Now now = options_.clock();
  const Bot::Pace pace = paces_.count(post.name(), incoming, now.steady);
  ++post.counts.heard;
  if (pace != Bot::Pace::within) ++post.counts.limited;
  if (pace == Bot::Pace::first_above) log_.warn(fmt::format("{}: {} writes too fast", post.name(), log_.mark(incoming.from)));
  post.enqueue(bot_.receive(post.name(), post.capabilities(), incoming, now.wall, pace));
  changed(post);
}

void Service::changed(Post& post) {
  due_may_be_new_ = true;
  if (post.failure() && std::ranges::find(told_, post.name()) == told_.end()) {
    told_.push_back(post.name());
    tell_failure(post.name(), *post.failure());
  }
  if (post.state() == Post::State::ready && std::ranges::find(told_, "ready " + post.name()) == told_.end()) {
    told_.push_back("ready " + post.name());
    if (options_.ready) options_.ready(post.name(), post.account());
  }
  if (!stopping_) {
    post.take_up();
    post.send();
  }
  arm();
}

void Service::tick() {
  advance();
  for (const auto& post : posts_) {
    post->take_up();
    if (!stopping_) post->send();
  }
  summarise();
  arm();
}

// A platform that is over keeps what falls due in the outbox, for a day.
void Service::advance() {
  due_may_be_new_ = false;
  const channel::Time now = options_.clock().wall;
  for (const auto& post : posts_) {
    for (int round = 0; round < rounds_at_once; ++round) {
      auto lines = bot_.advance(post->name(), now);
      if (lines.empty()) break;
      post->enqueue(std::move(lines));
    }
  }
}

void Service::arm() {
  if (stopping_) return end_when_over();
  const Post::Now now = options_.clock();
  milliseconds wait = look_at_least;
  // What was due and stayed is of a platform that is not configured any more.
  if (const auto due = bot_.next_due(due_may_be_new_ ? channel::Time{} : now.wall)) wait = std::min(wait, *due - now.wall);
  for (const auto& post : posts_) {
    if (const auto deadline = post->deadline()) wait = *deadline <= now.steady ? milliseconds{0} : std::min(wait, *deadline - now.steady);
  }
  timer_ = loop_.after(std::max(wait, milliseconds{0}), [this] { tick(); });
  end_when_over();
}

void Service::summarise() {
  const channel::Time now = options_.clock().steady;
  if (now - summarised_ < summary_every) return;
  summarised_ = now;
  for (const auto& post : posts_) {
    const auto counts = std::exchange(post->counts, {});
    log_.info(fmt::format("{}: heard {}, above the limits {}, sent {}, to be tried again {}, undeliverable {}, waiting {}", post->name(), counts.heard,
                          counts.limited, counts.sent, counts.retried, counts.undeliverable, post->lanes().size()));
  }
}

void Service::stop() {
  if (stopping_) return loop_.stop();
  stopping_ = true;
  timer_.cancel();
  limit_ = loop_.after(options_.stop_within, [this] {
    log_.warn("not everything ended in time");
    loop_.stop();
  });
  for (const auto& post : posts_) post->stop();
  end_when_over();
}

void Service::end_when_over() {
  const auto is_stopped = [](const auto& post) { return post->state() == Post::State::stopped; };
  const auto serves = [](const auto& post) { return post->serves(); };
  if (std::ranges::all_of(posts_, is_stopped)) return loop_.stop();
  if (stopping_ || limit_.pending() || std::ranges::any_of(posts_, serves)) return;
  // None is left; those that failed may still be ending.
  limit_ = loop_.after(options_.stop_within, [this] { loop_.stop(); });
}

ExitCode Service::code() const {
  if (stopping_ || failures_.empty()) return ExitCode::done;
  // What only the operator can mend comes first: starting again would not help, and may do harm.
  constexpr Failure::Kind hardest[] = {Failure::Kind::credentials, Failure::Kind::configuration, Failure::Kind::internal,
                                       Failure::Kind::unavailable, Failure::Kind::locked};
  for (const Failure::Kind kind : hardest) {
    if (std::ranges::find(failures_, kind) != failures_.end()) return code_of(kind);
  }
  return ExitCode::internal;
}

}  // namespace nurturer::app
