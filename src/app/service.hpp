#pragma once
// The service: what people do on the platforms goes to the bot, what the bot says goes to the platforms.
//
// A platform that fails stops for good and is told once, with what to do; the others go on. The loop is stopped when none is left, or after
// stop(). What was not acknowledged then waits in the store's outbox.
// Threads: the loop's alone.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/net/loop.hpp"
#include "app/exit_code.hpp"
#include "app/log.hpp"
#include "app/pace.hpp"
#include "app/post.hpp"
#include "store/store.hpp"

namespace nurturer::app {

[[nodiscard]] ExitCode code_of(channel::Failure::Kind kind) noexcept;

class Service final : private PostOffice {
 public:
  struct Options {
    RateLimits rates;
    Lanes::Options lanes;
    std::chrono::milliseconds stop_within{4'000};  // then what does not end is left behind
    Post::Clock clock;
    std::function<void(const std::string& platform, const std::string& account)> ready;  // once for each platform
  };

  /// All must outlive it.
  Service(net::Loop& loop, Bot& bot, store::Store& store, Log& log, Options options);

  void add(std::unique_ptr<channel::Adapter> adapter);
  /// A platform that could not even be made.
  void add_failure(const std::string& name, const channel::Failure& failure);

  void start();
  /// In order: running requests end, nothing new is sent. A second call ends at once.
  void stop();

  /// Of the process, after the loop has ended: done after stop(), else that of the failure that is hardest to get over.
  [[nodiscard]] ExitCode code() const;
  [[nodiscard]] const std::vector<std::unique_ptr<Post>>& posts() const { return posts_; }

 private:
  void heard(Post& post, channel::Incoming incoming) override;
  void changed(Post& post) override;
  void tell_failure(const std::string& name, const channel::Failure& failure);
  void tick();
  void advance();
  void arm();
  void summarise();
  void end_when_over();

  net::Loop& loop_;
  Bot& bot_;
  store::Store& store_;
  Log& log_;
  Options options_;
  Paces paces_;
  std::vector<std::unique_ptr<Post>> posts_;
  std::vector<channel::Failure::Kind> failures_;
  std::vector<std::string> told_;  // of which platform a failure, or that it is ready, was told
  net::Timer timer_;
  net::Timer limit_;
  bool due_may_be_new_ = true;
  bool stopping_ = false;
  channel::Time summarised_{};
};

}  // namespace nurturer::app
