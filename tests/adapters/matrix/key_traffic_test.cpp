// What the engine wants of the server: in order, told what came of it, never two sessions with one device at once.
#include <catch2/catch.hpp>

#include "adapters/matrix/key_traffic.hpp"
#include "engine.hpp"

using namespace nurturer::matrix;
using nurturer::matrix::test::Engine;

namespace {

/// A Wire whose requests and operations are held until they are answered.
struct Held {
  Held() { wire.use({"https://a.org", "@n:a.org", "D", "t", "", std::nullopt}); }
  void pull() {
    while (auto action = wire.next_action()) {
      if (auto* send = std::get_if<Send>(&*action)) sends.push_back(*send);
      if (auto* crypt = std::get_if<Crypt>(&*action)) crypts.push_back(*crypt);
      if (auto* line = std::get_if<Log>(&*action)) log.push_back(line->line);
    }
  }
  void answer(const Answer& answer) {
    const auto id = sends.front().id;
    sends.erase(sends.begin());
    wire.receive(id, answer);
    pull();
  }
  void outcome(const Crypted& outcome) {
    const auto id = crypts.front().id;
    crypts.erase(crypts.begin());
    wire.receive(id, outcome);
    pull();
  }
  Wire wire{[] { return std::uint64_t{1}; }};
  KeyTraffic traffic{wire};
  std::vector<Send> sends;
  std::vector<Crypt> crypts;
  std::vector<std::string> log;
};

const Answer good{.status = 200, .body = R"({"one_time_key_counts":{}})"};

}  // namespace

TEST_CASE("requests go out one after the other, the engine is told of each before the next") {
  Held held;
  int done = 0;
  held.traffic.send_all(Json(std::vector<Json>{Engine::request("a", "upload", "keys/upload"), Engine::request("b", "query", "keys/query")}),
                        [&](const Answer& answer) { done = answer.status; });
  held.pull();
  REQUIRE(held.sends.size() == 1);
  CHECK(held.sends[0].request.target == "/_matrix/client/v3/keys/upload");
  held.answer(good);
  CHECK(held.sends.empty());
  REQUIRE(held.crypts.size() == 1);
  CHECK(held.crypts[0].operation == "sent");
  CHECK(held.crypts[0].arguments["id"] == "a");
  CHECK(held.crypts[0].arguments["answer"] == *parse(good.body));
  held.outcome({});
  REQUIRE(held.sends.size() == 1);
  held.answer(good);
  CHECK(done == 0);
  held.outcome({});
  CHECK(done == 200);
}

TEST_CASE("what fails ends the row: the rest is not sent, and the engine keeps it") {
  Held held;
  Answer last;
  held.traffic.send_all(Json(std::vector<Json>{Engine::request("a", "upload", "keys/upload"), Engine::request("b", "query", "keys/query")}),
                        [&](const Answer& answer) { last = answer; });
  held.pull();
  held.answer({.status = 403, .body = R"({"errcode":"M_FORBIDDEN","error":"no"})"});
  CHECK(last.status == 403);
  CHECK(held.sends.empty());
  CHECK(held.crypts.empty());
  REQUIRE(held.log.size() == 1);
  CHECK(held.log[0].find("upload") != std::string::npos);
}

TEST_CASE("an outage is not told as a refusal") {
  Held held;
  held.traffic.send(Engine::request("a", "upload", "keys/upload"), [](const Answer&) {});
  held.pull();
  held.answer({.status = 502, .body = "<html>"});
  CHECK(held.log.empty());
}

TEST_CASE("a drain asked for while one runs sees what was added meanwhile, and all who asked are told") {
  Held held;
  std::vector<int> told;
  held.traffic.drain([&](const Answer&) { told.push_back(1); });
  held.pull();
  held.traffic.drain([&](const Answer&) { told.push_back(2); });
  held.traffic.drain([&](const Answer&) { told.push_back(3); });
  held.pull();
  REQUIRE(held.crypts.size() == 1);
  held.outcome({Json::array()});
  CHECK(told == std::vector<int>{1});
  REQUIRE(held.crypts.size() == 1);
  held.outcome({Json::array()});
  CHECK(told == std::vector<int>{1, 2, 3});
  CHECK(held.crypts.empty());
}

TEST_CASE("an engine that always wants more does not keep a message waiting for ever") {
  Held held;
  bool done = false;
  held.traffic.drain([&](const Answer&) { done = true; });
  held.pull();
  int rounds = 0;
  for (; rounds < 50 && !done; ++rounds) {
    held.outcome({Json(std::vector<Json>{Engine::request("a", "query", "keys/query")})});
    if (done) break;
    held.answer(good);
    held.outcome({});
  }
  CHECK(done);
  CHECK(rounds < 10);
}

TEST_CASE("claims wait for each other, whatever becomes of the first") {
  Held held;
  std::vector<int> told;
  held.traffic.claim({"@a:a.org"}, [&](const Answer& answer) { told.push_back(answer.status); });
  held.traffic.claim({"@b:a.org"}, [&](const Answer& answer) { told.push_back(answer.status); });
  held.pull();
  REQUIRE(held.crypts.size() == 1);
  CHECK(held.crypts[0].operation == "claim");
  held.outcome({Engine::request("c", "claim", "keys/claim")});
  CHECK(held.crypts.empty());
  held.answer({.fault = "refused"});
  CHECK(told == std::vector<int>{0});
  REQUIRE(held.crypts.size() == 1);
  CHECK(held.crypts[0].arguments["users"] == Json(std::vector<std::string>{"@b:a.org"}));
  held.outcome({});  // nothing is needed
  CHECK(told == std::vector<int>{0, 200});
}

TEST_CASE("an answer that the engine does not take counts as not done") {
  Held held;
  Answer last{.status = 1};
  held.traffic.send(Engine::request("a", "claim", "keys/claim"), [&](const Answer& answer) { last = answer; });
  held.pull();
  held.answer({.status = 200, .body = "[]"});
  held.outcome({{}, "answer", "cannot be read"});
  CHECK(last.status == 0);
  CHECK(last.fault == "cannot be read");
}
