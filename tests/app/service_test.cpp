// The whole service on a platform inside the test: what is answered arrives once and in order, whatever happens in between.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "app/lane.hpp"
#include "scripted.hpp"

using namespace nurturer;
using namespace nurturer::test;
using channel::Delivery;
using channel::Failure;
using channel::Outgoing;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// The incoming ids that were answered, each as often as an answer to it began anew.
std::map<std::string, int> answered(const World& world) {
  std::map<std::string, int> times;
  std::map<std::string, std::string> last;  // by lane
  for (const Outgoing& out : world.accepted) {
    auto& before = last[app::lane_of(out)];
    if (before != out.answers) ++times[out.answers];
    before = out.answers;
  }
  return times;
}

bool in_order(const World& world) {
  std::map<std::string, std::string> last;
  return std::ranges::all_of(world.accepted, [&last](const Outgoing& out) {
    auto& before = last[app::lane_of(out)];
    const bool later = before < out.id;  // ids sort by age
    before = out.id;
    return later;
  });
}

bool all_answered(const World& world) {
  const auto times = answered(world);
  return std::ranges::all_of(world.written, [&](const auto& incoming) { return times.contains(incoming.id); });
}

bool idle(Process& process) {
  return std::ranges::all_of(process.service().posts(), [](const auto& post) { return post->lanes().size() == 0; });
}

}  // namespace

TEST_CASE("the service: answers arrive in order, one line at a time for each person") {
  const Scratch scratch;
  World world("matrix");
  for (int i = 0; i < 5; ++i) {
    for (const char* who : {"ann", "ben", "cem"}) world.write(who, i % 2 == 0 ? "/panic" : "hello");
  }
  Process process(scratch.path, {&world});
  process.run_until([&] { return all_answered(world) && idle(process); });
  CHECK(process.ready == std::vector<std::string>{"matrix @nurturer:matrix"});
  CHECK(in_order(world));
  CHECK(world.at_once == 1);
  for (const auto& [id, times] : answered(world)) CHECK(times == 1);
  for (const auto& [id, tries] : world.tries) CHECK(tries == 1);
}

TEST_CASE("the service: nothing is sent before the platform is ready") {
  const Scratch scratch;
  World world("matrix");
  world.write("ann", "hello");
  world.decide = [](const Outgoing&, int) { return std::nullopt; };
  { 
    Process process(scratch.path, {&world});
    process.run_until([&] { return !world.tries.empty(); });
  }
  // The next process has its line in the outbox from the start.
  world.tries.clear();
  world.ready_after = milliseconds{50};
  bool early = false;
  Process process(scratch.path, {&world});
  world.decide = [&](const Outgoing&, int) {
    early = early || process.ready.empty();
    return std::optional(Delivery::sent);
  };
  process.run_until([&] { return all_answered(world); });
  CHECK_FALSE(early);
}

TEST_CASE("the service: a line is tried again at its time, what follows waits, other rooms do not") {
  const Scratch scratch;
  World world("matrix");
  world.decide = [](const Outgoing& out, int number) { return std::optional(out.to == "ann" && number < 2 ? Delivery::retry : Delivery::sent); };
  world.write("ann", "/panic");
  world.write("ann", "hello");
  world.write("ben", "/panic");
  Process process(scratch.path, {&world});
  const auto begin = steady_clock::now();
  process.run_until([&] { return all_answered(world) && idle(process); });
  CHECK(in_order(world));
  CHECK(world.accepted.front().to == "ben");
  CHECK(steady_clock::now() - begin >= milliseconds{900});  // never sooner than a second, whatever the adapter says
  for (const auto& [id, times] : answered(world)) CHECK(times == 1);
}

TEST_CASE("the service: a private answer to an emergency that can never arrive leaves its line in the room at once") {
  const Scratch scratch;
  World world("matrix");
  world.decide = [](const Outgoing& out, int) { return std::optional(out.private_ ? Delivery::never : Delivery::sent); };
  world.write("ann", "ive taken all my pills i want to die", "team");
  Process process(scratch.path, {&world});
  process.run_until([&] { return !world.accepted.empty(); });
  CHECK(world.accepted.front().room == "team");
  CHECK(world.accepted.front().answers.empty());
  CHECK(world.accepted.front().text.find("116 123") != std::string::npos);
}

TEST_CASE("the service: what falls due is said when it is due") {
  const Scratch scratch;
  World world("matrix");
  auto options = Process::usual();
  int looks = 0;
  options.clock = [&looks, clock = options.clock] {
    ++looks;
    return clock();
  };
  Process process(scratch.path, {&world}, options);
  const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
  store::Change change;
  change.timers.push_back({"room 1", {}, now + milliseconds{700}, "matrix\nteam"});
  change.timers.push_back({"room 2", {}, now - milliseconds{700}, "discord\nteam"});  // of a platform that is not configured any more
  process.store().commit(change);
  process.run_until([&] { return !world.accepted.empty(); });
  const auto late = std::chrono::system_clock::now() - now;
  CHECK(late >= milliseconds{700});
  CHECK(late < milliseconds{1500});
  CHECK(looks < 100);  // the one that nobody takes does not keep it busy
}

TEST_CASE("the service: a process that dies at any line is taken over by the next: all is answered, nothing twice") {
  for (const std::size_t dies_after : {0U, 1U, 2U, 5U, 9U, 14U}) {
    CAPTURE(dies_after);
    const Scratch scratch;
    World world("matrix");
    for (int i = 0; i < 4; ++i) {
      for (const char* who : {"ann", "ben", "cem"}) world.write(who, i % 2 == 0 ? "/panic" : "hello");
    }
    {
      Process process(scratch.path, {&world});
      process.run_until([&] { return world.accepted.size() >= dies_after; });
    }
    world.write("ann", "help");
    Process process(scratch.path, {&world});
    process.run_until([&] { return all_answered(world) && idle(process); });
    CHECK(in_order(world));
    for (const auto& [id, times] : answered(world)) CHECK(times == 1);
  }
}

TEST_CASE("the service: an adapter whose acknowledgement is lost with the process sends the same id again") {
  const Scratch scratch;
  World world("matrix");
  world.write("ann", "hello");
  // Accepted by the platform, but the process dies before it hears so.
  world.decide = [&](const Outgoing& out, int) {
    if (world.accepted_ids.insert(out.id).second) world.accepted.push_back(out);
    return std::optional<Delivery>{};
  };
  {
    Process process(scratch.path, {&world});
    process.run_until([&] { return world.accepted.size() == 1; });
  }
  const auto first = world.accepted.front().id;
  world.decide = nullptr;
  Process process(scratch.path, {&world});
  process.run_until([&] { return idle(process); });
  CHECK(world.tries[first] == 2);
  CHECK(world.accepted.front().id == first);
  CHECK(in_order(world));
}

TEST_CASE("the service: a storm of messages is held in bounds, and a crisis in it is answered first") {
  const Scratch scratch;
  World world("matrix");
  for (int i = 0; i < 300; ++i) world.write("p" + std::to_string(i % 75), i % 3 == 0 ? "/panic" : "hello");
  auto options = Process::usual();
  options.lanes.most = 100;
  options.lanes.in_flight = 8;
  Process process(scratch.path, {&world}, options);
  const auto& post = *process.service().posts().front();
  world.holds = true;
  process.run_until([&] { return post.counts.heard == 300; });
  CHECK(post.lanes().size() == 100);  // the rest waits in the store
  CHECK(post.lanes().in_flight() == 8);
  world.write("zoe", "i want to kill myself");
  process.run_until([&] { return post.counts.heard == 301; });
  std::size_t most = 0, at_crisis = 0;
  world.at_accept = [&] {
    most = std::max(most, post.lanes().size());
    if (world.accepted.back().to == "zoe" && at_crisis == 0) at_crisis = world.accepted.size();
  };
  world.holds = false;
  process.run_until([&] { return all_answered(world) && idle(process); });
  CHECK(most <= 105);  // the crisis above the bound
  CHECK(world.accepted.size() > 300);
  CHECK(at_crisis <= 9);  // behind those that were on their way
  for (const auto& [id, times] : answered(world)) CHECK(times == 1);
  CHECK(in_order(world));
}

TEST_CASE("the service: who writes too fast gets one line, and the net hears all the same") {
  const Scratch scratch;
  World world("matrix");
  auto options = Process::usual();
  options.rates = {.person_per_minute = 5, .room_per_minute = 100};
  for (int i = 0; i < 30; ++i) world.write("ann", "hello");
  world.write("ann", "i want to kill myself");
  world.write("ben", "hello");
  Process process(scratch.path, {&world}, options);
  process.run_until([&] { return answered(world).contains("$31") && answered(world).contains("$30") && idle(process); });
  const auto times = answered(world);
  CHECK(times.size() == 8);  // five, the line, the crisis, ben
  CHECK(times.contains("$5"));
  CHECK_FALSE(times.contains("$6"));
  const auto slow = [](const Outgoing& out) { return out.text.find("Give me a minute") != std::string::npos; };
  CHECK(std::ranges::count_if(world.accepted, slow) == 1);
}

TEST_CASE("the service: exit takes back what has not left yet") {
  const Scratch scratch;
  World world("matrix");
  bool hold = true;
  world.decide = [&](const Outgoing&, int) { return hold ? std::optional(Delivery::retry) : std::optional(Delivery::sent); };
  world.write("ann", "/panic");
  world.write("ann", "exit");
  Process process(scratch.path, {&world});
  process.run_until([&] { return world.written.size() == 2 && process.service().posts().front()->counts.heard == 2; });
  hold = false;
  process.run_until([&] { return idle(process); });
  const auto removes = std::ranges::count_if(world.accepted, [](const auto& out) { return out.kind == Outgoing::Kind::remove; });
  const auto says = std::ranges::count_if(world.accepted, [](const auto& out) { return out.kind == Outgoing::Kind::say; });
  CHECK(says == removes);  // what was said is removed, what was not said needs none
  CHECK(says <= 1);
}

TEST_CASE("the service: a file of what somebody asked for is gone once it was handed out") {
  const Scratch scratch;
  World world("matrix");
  world.write("ann", "remember me");
  world.write("ann", "export my data");
  std::string path;
  bool was_there = false;
  world.at_accept = [&] {
    if (world.accepted.back().kind != Outgoing::Kind::file) return;
    path = world.accepted.back().path;
    was_there = std::filesystem::exists(path);
  };
  Process process(scratch.path, {&world});
  process.run_until([&] { return all_answered(world) && idle(process); });
  REQUIRE_FALSE(path.empty());
  CHECK(was_there);
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("the service: what could not be sent for a day is given up") {
  const Scratch scratch;
  World world("matrix");
  world.decide = [](const Outgoing&, int) { return std::optional(Delivery::retry); };
  world.write("ann", "hello");
  auto options = Process::usual();
  std::chrono::hours later{0};
  const auto clock = options.clock;
  options.clock = [&later, clock] {
    auto now = clock();
    now.wall += later;
    return now;
  };
  Process process(scratch.path, {&world}, options);
  process.run_until([&] { return process.service().posts().front()->counts.retried == 1; });
  CHECK(process.service().posts().front()->lanes().size() > 0);
  later = std::chrono::hours{24};
  process.run_until([&] { return idle(process); });
  CHECK(world.accepted.empty());
  CHECK(process.service().posts().front()->counts.undeliverable > 0);
}
