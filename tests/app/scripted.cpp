#include "scripted.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <unistd.h>

#include "app/clock.hpp"
#include "app/lane.hpp"

namespace nurturer::test {

using channel::Delivery;
using channel::Incoming;
using channel::Outgoing;
using std::chrono::milliseconds;

namespace {

app::Post::Now real_now() { return {app::wall_now(), app::steady_now()}; }

}  // namespace

void World::write(const std::string& from, const std::string& text, const std::string& group) {
  Incoming incoming;
  incoming.id = "$" + std::to_string(written.size());
  incoming.from = from;
  incoming.room = group.empty() ? "dm " + from : group;
  incoming.room_kind = group.empty() ? channel::RoomKind::direct : channel::RoomKind::group;
  incoming.mention = group.empty();
  incoming.text = text;
  incoming.at = real_now().wall;
  incoming.cursor = channel::Cursor{std::to_string(written.size() + 1)};
  written.push_back(std::move(incoming));
  if (connected != nullptr) connected->deliver();
}

void Adapter::start(channel::Shell& shell, std::optional<channel::Cursor> cursor) {
  shell_ = &shell;
  next_ = cursor ? std::stoul(cursor->bytes) : 0;
  world_.connected = this;
  if (world_.fails) return fail(*world_.fails);
  later([this] {
    shell_->ready("@nurturer:" + world_.name);
    deliver();
  }, world_.ready_after);
}

void Adapter::deliver() {
  later([this] {
    if (next_ >= world_.written.size()) return;
    const Incoming incoming = world_.written[next_++];
    deliver();
    shell_->receive(incoming);
  });
}

void Adapter::later(std::function<void()> task, milliseconds wait) {
  std::erase_if(timers_, [](const net::Timer& timer) { return !timer.pending(); });
  timers_.push_back(loop_.after(wait, std::move(task)));
}

void Adapter::send(const Outgoing& out) {
  world_.at_once = std::max(world_.at_once, ++world_.flying[app::lane_of(out)]);
  const int number = ++world_.tries[out.id];
  const auto delivery = world_.decide ? world_.decide(out, number) : std::optional(Delivery::sent);
  if (!delivery) return;
  later([this, out, delivery] { settle(out, *delivery); });
}

void Adapter::settle(const Outgoing& out, Delivery delivery) {
  if (world_.holds) return later([this, out, delivery] { settle(out, delivery); }, milliseconds{1});
  --world_.flying[app::lane_of(out)];
  if (delivery == Delivery::sent && world_.accepted_ids.insert(out.id).second) {
    world_.accepted.push_back(out);
    if (world_.at_accept) world_.at_accept();
  }
  shell_->acknowledge({out.id, delivery, real_now().wall + milliseconds{10}});
}

void Adapter::stop() {
  world_.stop_was_asked = true;
  // What is on its way is acknowledged before.
  if (world_.stops) later([this] { shell_->stopped(); }, milliseconds{20});
}

void Adapter::fail(channel::Failure failure) {
  shell_->failed(std::move(failure));
  shell_->stopped();
}

Scratch::Scratch() : path((std::filesystem::temp_directory_path() / "nurturer_app_XXXXXX").string()) {
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder to test in");
}
Scratch::~Scratch() { std::filesystem::remove_all(path); }

app::Service::Options Process::usual() {
  app::Service::Options options;
  options.clock = real_now;
  options.rates = {.person_per_minute = 1000, .room_per_minute = 1000};
  options.lanes.unasked_distance = milliseconds{200};
  return options;
}

Process::Process(const std::string& folder, const std::vector<World*>& worlds, app::Service::Options options)
    : store_(store::open_sqlite(folder + "/data", folder + "/data/key")) {
  app::Bot::Options bot;
  bot.region = "GB";
  bot.export_folder = folder + "/exports";
  bot.dice = app::real_dice();
  bot_ = std::make_unique<app::Bot>(content(), *store_, bot);
  options.ready = [this](const std::string& platform, const std::string& account) { ready.push_back(platform + " " + account); };
  service_ = std::make_unique<app::Service>(loop_, *bot_, *store_, log_, options);
  for (World* world : worlds) {
    world->flying.clear();
    service_->add(std::make_unique<Adapter>(*world, loop_));
  }
  service_->start();
}

Process::~Process() = default;

void Process::run() {
  bool late = false;
  const net::Timer limit = loop_.after(std::chrono::seconds{20}, [&] {
    late = true;
    loop_.stop();
  });
  loop_.run();
  if (late) FAIL("what was waited for did not happen within 20 s");
}

void Process::run_until(const std::function<bool()>& enough) {
  if (enough()) return;
  enough_ = enough;
  look();
  run();
  looking_.cancel();
}

void Process::look() {
  if (enough_()) return loop_.stop();
  looking_ = loop_.after(milliseconds{1}, [this] { look(); });
}

}  // namespace nurturer::test
