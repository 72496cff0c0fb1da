// kill -9 at any moment while 500 reminders are due: every one is said, and none under two ids. The platform is a file to which each outbox id
// that it accepts is appended at once, as a server would.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "app/bot.hpp"
#include "app/clock.hpp"
#include "app/reminder_json.hpp"
#include "store/store.hpp"
#include "tests/app/scripted.hpp"

namespace {

using namespace nurturer;
using namespace std::chrono_literals;

constexpr int reminders = 500;
const channel::Time due_at{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 9h};

struct Place : test::Scratch {
  [[nodiscard]] std::string store() const { return path + "/data"; }
  [[nodiscard]] std::string accepted() const { return path + "/accepted"; }
};

void set_all(const Place& place) {
  const auto store = store::open_sqlite(place.store(), place.store() + "/key");
  store::Change change;
  change.at = due_at;
  for (int i = 0; i < reminders; ++i) {
    const store::PersonId person{"console:person" + std::to_string(i % 50)};
    change.records.push_back({person, "person", "{}"});
    const auto at = std::chrono::floor<std::chrono::seconds>(due_at) + std::chrono::seconds{i % 60};
    const schedule::When when{schedule::Wall{at.time_since_epoch()}, "", "UTC", false, at};
    schedule::Reminder reminder = schedule::make_reminder("reminder " + std::to_string(i), "note " + std::to_string(i), when);
    reminder.room = "dm";
    change.timers.push_back(app::write_reminder("console", person, reminder, false));
  }
  store->commit(change);
}

// One process: what was left is handed out again, then what is due; each is accepted, then acknowledged.
void serve(const Place& place, const content::Content& content) {
  const auto store = store::open_sqlite(place.store(), place.store() + "/key");
  app::Bot::Options options;
  options.dice = app::real_dice();
  app::Bot bot(content, *store, options);
  const int file = ::open(place.accepted().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const auto send = [&](const std::vector<channel::Outgoing>& lines) {
    for (const auto& line : lines) {
      const std::string accepted = line.id + "\t" + line.text.substr(line.text.find('\n') + 1) + "\n";
      if (::write(file, accepted.data(), accepted.size()) < 0) std::abort();
      bot.acknowledge("console", {line.id, channel::Delivery::sent, {}}, due_at + 2min);
    }
    return !lines.empty();
  };
  send(bot.take_up("console", due_at + 2min, true));
  while (send(bot.advance("console", due_at + 2min))) continue;
  ::close(file);
}

// True if the process came to its end before it was killed.
bool serve_until_killed(const Place& place, const content::Content& content, std::chrono::microseconds after) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    serve(place, content);
    ::_exit(0);
  }
  std::this_thread::sleep_for(after);
  ::kill(child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::map<std::string, std::set<std::string>> ids_by_text(const Place& place) {
  std::map<std::string, std::set<std::string>> ids;
  std::ifstream file(place.accepted());
  for (std::string line; std::getline(file, line);) {
    const auto tab = line.find('\t');
    ids[line.substr(tab + 1)].insert(line.substr(0, tab));
  }
  return ids;
}

}  // namespace

TEST_CASE("killed while 500 reminders are due: each is said, none under two ids", "[reminders]") {
  const int rounds = std::getenv("NURTURER_LONG") == nullptr ? 5 : 50;
  const content::Content& content = test::content();
  std::mt19937 random(std::random_device{}());
  int killed = 0;
  for (int round = 0; round < rounds; ++round) {
    const Place place;
    set_all(place);
    std::uniform_int_distribution<int> early(1'000, 30'000);  // before any machine has said them all
    std::uniform_int_distribution<int> moment(1'000, 400'000);
    for (int tries = 0; tries < 200; ++tries) {
      // Later and later, so that it comes to an end on any machine.
      if (serve_until_killed(place, content, std::chrono::microseconds{(tries == 0 ? early(random) : moment(random)) + tries * 50'000})) break;
      ++killed;
    }
    const auto ids = ids_by_text(place);
    CHECK(ids.size() == reminders);
    for (const auto& [text, of_text] : ids) {
      INFO(text);
      CHECK(of_text.size() == 1);
    }
  }
  CHECK(killed >= rounds);
}
