// How the service ends: in order when asked, for good when no platform is left.
#include <catch2/catch.hpp>
#include <chrono>

#include "scripted.hpp"

using namespace nurturer;
using namespace nurturer::test;
using app::ExitCode;
using channel::Failure;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST_CASE("a failure becomes the exit code of the contract") {
  using Kind = Failure::Kind;
  CHECK(app::code_of(Kind::credentials) == ExitCode::refused);
  CHECK(app::code_of(Kind::configuration) == ExitCode::configuration);
  CHECK(app::code_of(Kind::unavailable) == ExitCode::unavailable);
  CHECK(app::code_of(Kind::internal) == ExitCode::internal);
  CHECK(app::code_of(Kind::locked) == ExitCode::try_later);
}

TEST_CASE("the service: one of two platforms fails, the other goes on, and the code is told when none is left") {
  const Scratch scratch;
  World matrix("matrix");
  World discord("discord");
  discord.fails = Failure{Failure::Kind::credentials, "the token was refused; make a new one"};
  matrix.write("ann", "hello");
  Process process(scratch.path, {&discord, &matrix});
  process.run_until([&] { return !matrix.accepted.empty(); });
  CHECK(process.ready == std::vector<std::string>{"matrix @nurturer:matrix"});
  matrix.write("ben", "hello");
  process.run_until([&] { return matrix.accepted.back().to == "ben"; });
  // Some time later the other one fails as well, for a reason that goes away by itself.
  const net::Timer failing = process.loop().after(milliseconds{5}, [&] { matrix.connected->fail({Failure::Kind::unavailable, "gone"}); });
  process.run();
  CHECK(process.service().code() == ExitCode::refused);
}

TEST_CASE("the service: all fail while starting") {
  const Scratch scratch;
  World matrix("matrix");
  matrix.fails = Failure{Failure::Kind::configuration, "no such user"};
  Process process(scratch.path, {&matrix});
  process.service().add_failure("discord", {Failure::Kind::unavailable, "no token"});
  process.run();
  CHECK(process.service().code() == ExitCode::configuration);
  CHECK(process.ready.empty());
}

TEST_CASE("the service: with no platform at all it ends") {
  const Scratch scratch;
  Process process(scratch.path, {});
  process.service().add_failure("discord", {Failure::Kind::credentials, "no token"});
  process.run();
  CHECK(process.service().code() == ExitCode::refused);
}

TEST_CASE("the service: stop ends it in order, and what waits is sent by the next process") {
  const Scratch scratch;
  World world("matrix");
  world.write("ann", "hello");
  {
    Process process(scratch.path, {&world});
    bool asked = false;
    world.decide = [&](const channel::Outgoing&, int) {
      if (!asked) process.service().stop();  // in the middle of a delivery
      asked = true;
      return std::optional(channel::Delivery::sent);
    };
    process.run();
    CHECK(process.service().code() == ExitCode::done);
    CHECK(world.stop_was_asked);
    CHECK(world.accepted.size() == 1);  // the one that ran; no further one begins
  }
  world.decide = nullptr;
  Process process(scratch.path, {&world});
  process.run_until([&] { return world.accepted.size() > 1; });
  CHECK(world.accepted[0].id < world.accepted[1].id);
}

TEST_CASE("the service: an adapter that does not end is left behind in time") {
  const Scratch scratch;
  World world("matrix");
  world.stops = false;
  auto options = Process::usual();
  options.stop_within = milliseconds{200};
  Process process(scratch.path, {&world}, options);
  process.run_until([&] { return !process.ready.empty(); });
  const auto begin = steady_clock::now();
  process.service().stop();
  process.run();
  CHECK(steady_clock::now() - begin >= milliseconds{200});
  CHECK(steady_clock::now() - begin < milliseconds{2000});
  CHECK(process.service().code() == ExitCode::done);
}

TEST_CASE("the service: asked twice it ends at once") {
  const Scratch scratch;
  World world("matrix");
  world.stops = false;
  Process process(scratch.path, {&world});
  process.run_until([&] { return !process.ready.empty(); });
  const auto begin = steady_clock::now();
  const net::Timer asked = process.loop().after(milliseconds{1}, [&] {
    process.service().stop();
    process.service().stop();
  });
  process.run();
  CHECK(steady_clock::now() - begin < milliseconds{2000});
}
