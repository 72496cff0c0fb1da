#pragma once
// A platform inside the test, and the whole service on it: real bot, real content, real store on disk, real loop.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/net/loop.hpp"
#include "app/service.hpp"
#include "tests/shipped_content.hpp"

namespace nurturer::test {

/// The platform's side: it outlives the processes that connect to it, and accepts each outbox id once.
struct World {
  explicit World(std::string its_name) : name(std::move(its_name)) {}

  /// Somebody writes; it is delivered when an adapter is connected, from its cursor on.
  void write(const std::string& from, const std::string& text, const std::string& group = {});

  std::string name;
  std::vector<channel::Incoming> written;
  std::vector<channel::Outgoing> accepted;
  std::set<std::string> accepted_ids;
  std::map<std::string, int> tries;  // by id
  std::map<std::string, int> flying;  // by lane: how many are on their way at this moment
  int at_once = 0;                    // the most that ever were in one lane
  /// What becomes of a line at its n-th try, from 1; nothing: it is never acknowledged. Unset: sent.
  std::function<std::optional<channel::Delivery>(const channel::Outgoing&, int)> decide;
  std::function<void()> at_accept;
  std::optional<channel::Failure> fails;  // instead of being ready
  std::chrono::milliseconds ready_after{0};
  bool holds = false;  // what was sent stays on its way until this ends
  bool stops = true;                      // false: stop() is never answered
  bool stop_was_asked = false;

  class Adapter* connected = nullptr;
};

class Adapter final : public channel::Adapter {
 public:
  Adapter(World& world, net::Loop& loop) : world_(world), loop_(loop) {}
  ~Adapter() override { world_.connected = nullptr; }

  const std::string& name() const override { return world_.name; }
  channel::Capabilities capabilities() const override {
    return {.edit = true, .remove = true, .choices = true, .private_answer = true, .animates = false, .longest = 2000};
  }
  void start(channel::Shell& shell, std::optional<channel::Cursor> cursor) override;
  void send(const channel::Outgoing& outgoing) override;
  void stop() override;

  void deliver();
  void settle(const channel::Outgoing& out, channel::Delivery delivery);
  void fail(channel::Failure failure);

 private:
  void later(std::function<void()> task, std::chrono::milliseconds wait = std::chrono::milliseconds{0});

  World& world_;
  net::Loop& loop_;
  channel::Shell* shell_ = nullptr;
  std::size_t next_ = 0;
  std::vector<net::Timer> timers_;
};

/// A folder that is gone with the test.
struct Scratch {
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path;
};

/// One process of the service. Dropping it without stop() is a crash: nothing of it ends in order.
class Process {
 public:
  Process(const std::string& folder, const std::vector<World*>& worlds, app::Service::Options options = usual());
  ~Process();

  static app::Service::Options usual();
  /// Runs until `enough`, which is looked at after each step, or fails the test after 20 s.
  void run_until(const std::function<bool()>& enough);
  /// Until the service ends the loop by itself.
  void run();

  [[nodiscard]] app::Service& service() { return *service_; }
  [[nodiscard]] net::Loop& loop() { return loop_; }
  [[nodiscard]] store::Store& store() { return *store_; }
  std::vector<std::string> ready;

 private:
  void look();

  net::Loop loop_;
  std::unique_ptr<store::Store> store_;
  app::Log log_;
  std::unique_ptr<app::Bot> bot_;
  std::unique_ptr<app::Service> service_;
  std::function<bool()> enough_;
  net::Timer looking_;
};

}  // namespace nurturer::test
