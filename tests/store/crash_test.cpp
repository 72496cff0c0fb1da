// The process is killed, or the power cut, at every single operation on the disk: what was acknowledged is there, what was under
// way is there as a whole or not at all, and the database is sound.
#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <set>
#include <thread>

#include "tests/store/faulty_disk.hpp"
#include "tests/store/folder.hpp"

namespace nurturer::store::test {
namespace {

using Catch::Matchers::Equals;

const PersonId ann{"console:ann"};
const PersonId ben{"console:ben"};
const PersonId eve{"console:eve"};
constexpr int turns = 3;

std::string id_of(int turn) { return "id" + std::to_string(1000 + turn); }

Change turn_of(int turn) {
  const std::string bytes = std::to_string(turn) + std::string(3000, 'x');
  Change change;
  change.inbox = Change::InboxMark{"matrix", id_of(turn), at_hour(0)};
  change.records = {{ann, "person", bytes}, {ben, "person", bytes}};
  change.outbox = {{id_of(turn), "matrix", "room", ann, bytes, at_hour(0), at_hour(0)},
                   {id_of(turn) + "b", "matrix", "room", eve, bytes, at_hour(0), at_hour(0)}};
  change.timers = {{id_of(turn), ben, at_hour(1), bytes}};
  if (turn > 1) change.drop_timers = {id_of(turn - 1)};
  change.cursor = Change::CursorMark{"matrix", bytes};
  return change;
}

// How many turns are there; "torn" in words if one is there in part.
std::string torn_at(Store& store, int& turn) {
  const auto first_word = [](const std::optional<std::string>& bytes) { return bytes ? std::stoi(*bytes) : 0; };
  turn = first_word(store.find(ann, "person"));
  if (first_word(store.find(ben, "person")) != turn) return "the records are of different turns";
  if (first_word(store.cursor("matrix")) != turn) return "the cursor is of another turn";
  for (int i = 1; i <= turns; ++i)
    if (store.seen("matrix", id_of(i)) != (i <= turn)) return "the inbox marks are of another turn";
  if (store.outbox("matrix", at_hour(0), 99).size() != 2 * static_cast<std::size_t>(turn)) return "the outbox is of another turn";
  const auto timers = store.due(at_hour(2), 99);
  if (timers.size() != (turn == 0 ? 0U : 1U)) return "the timers are of another turn";
  return turn == 0 || timers[0].id == id_of(turn) ? "" : "the timer is of another turn";
}

std::string first_fault(const std::string& path) {
  const auto result = query(path, "PRAGMA integrity_check");
  if (result != std::vector<std::string>{"ok"}) return "the database is not sound: " + result.at(0);
  const auto keys = query(path, "PRAGMA foreign_key_check");
  return keys.empty() ? "" : "a record without its person";
}

// Bytes that a child, which will be killed, writes one by one: how far it came.
class Progress {
 public:
  Progress() { REQUIRE(::pipe(ends_) == 0); }
  ~Progress() {
    ::close(ends_[0]);
    if (ends_[1] >= 0) ::close(ends_[1]);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void step() const {
    if (::write(ends_[1], "+", 1) != 1) _exit(3);
  }
  /// Of a child that has ended.
  int steps() {
    ::close(ends_[1]);
    ends_[1] = -1;
    int count = 0;
    for (char byte = 0; ::read(ends_[0], &byte, 1) == 1;) ++count;
    return count;
  }

 private:
  int ends_[2] = {-1, -1};
};

using Arm = std::function<void(FaultyDisk&, int operation)>;
using Work = std::function<void(const Folder&, const Progress&)>;
using Verify = std::function<std::string(const Folder&, int steps)>;

// Under a sanitizer a fork takes ten times as long, and the moments were all struck without it: there every fourth will do.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int stride = 4;
#else
constexpr int stride = 1;
#endif

// Counts the operations of `work`, then does it anew in a fresh folder for each of them, with that one struck.
void strike_everywhere(const Work& before, const Work& work, const Arm& arm, const Verify& verify) {
  const auto run = [&](const Folder& folder, const Progress& progress, int operation) {
    return in_child([&]() -> std::string {
      before(folder, progress);
      FaultyDisk disk;
      if (operation > 0) arm(disk, operation);
      work(folder, progress);
      return std::to_string(disk.operations());
    });
  };
  int operations = 0;
  {
    const Folder folder;
    operations = std::stoi(run(folder, Progress(), 0));
  }
  REQUIRE(operations > 10);
  for (int operation = 1; operation <= operations; operation += stride) {
    INFO("operation " << operation << " of " << operations);
    const Folder folder;
    Progress progress;
    REQUIRE(run(folder, progress, operation) == "killed");
    REQUIRE_THAT(verify(folder, progress.steps()), Equals(""));
  }
}

void nothing(const Folder&, const Progress&) {}

void all_turns(const Folder& folder, const Progress& progress) {
  const auto store = folder.open();
  for (int turn = 1; turn <= turns; ++turn) {
    store->commit(turn_of(turn));
    progress.step();
  }
}

std::string verify_turns(const Folder& folder, int acknowledged) {
  int turn = 0;
  auto store = folder.open();
  if (auto torn = torn_at(*store, turn); !torn.empty()) return torn;
  if (turn < acknowledged) return "acknowledged " + std::to_string(acknowledged) + ", found " + std::to_string(turn);
  if (turn > acknowledged + 1) return "more was found than was begun";
  // It goes on as if nothing had been.
  for (int next = turn + 1; next <= turns; ++next) store->commit(turn_of(next));
  if (auto torn = torn_at(*store, turn); !torn.empty()) return torn;
  store.reset();
  return first_fault(folder.database());
}

void known_persons(const Folder& folder, const Progress&) {
  const auto store = folder.open();
  for (int turn = 1; turn <= turns; ++turn) store->commit(turn_of(turn));
}

std::string verify_forgotten(const Folder& folder, int acknowledged) {
  auto store = folder.open();
  const bool known = store->knows(ann);
  if (known && acknowledged > 0) return "known after the forgetting";
  if (known != store->find(ann, "person").has_value()) return "the person is there in part";
  std::size_t of_ann = 0;
  for (const auto& entry : store->outbox("matrix", at_hour(0), 99)) of_ann += entry.person == ann ? 1 : 0;
  if (of_ann != (known ? static_cast<std::size_t>(turns) : 0)) return "the outbox has something of the person";
  if (!store->find(ben, "person") || store->timers_of(ben).empty()) return "another person was hurt";
  const std::string mark = folder.vault().person(ann).bytes;
  if (!known && !traces(folder.path(), {mark}).empty()) return "the start did not finish what was cut off";
  store->forget(ann);
  if (!traces(folder.path(), {mark}).empty()) return "a trace is left";
  store.reset();
  return first_fault(folder.database());
}

void forget_ann(const Folder& folder, const Progress& progress) {
  const auto store = folder.open();
  store->forget(ann);
  progress.step();
}

[[noreturn]] void commit_until_killed(const Folder& folder, const Progress& progress, int turn) try {
  const auto store = folder.open();
  for (;;) {
    Change change;
    change.records = {{ann, "person", std::to_string(++turn)}, {ben, "person", std::to_string(turn)}};
    store->commit(change);
    progress.step();
  }
} catch (...) {
  _exit(4);
}

Arm kill() {
  return [](FaultyDisk& disk, int operation) { disk.kill_at(operation); };
}
Arm cut_power(int one_of) {
  return [one_of](FaultyDisk& disk, int operation) { disk.cut_power_at(operation, one_of); };
}

}  // namespace

TEST_CASE("killed at any operation, a turn is there as a whole or not at all") {
  strike_everywhere(nothing, all_turns, kill(), verify_turns);
}

TEST_CASE("the power cut at any operation, what was acknowledged is on the disk") {
  const int one_of = GENERATE(0, 2, 3);
  strike_everywhere(nothing, all_turns, cut_power(one_of), verify_turns);
}

TEST_CASE("killed at any operation of a forgetting, the next start finishes it") {
  strike_everywhere(known_persons, forget_ann, kill(), verify_forgotten);
}

TEST_CASE("the power cut at any operation of a forgetting, the next start finishes it") {
  strike_everywhere(known_persons, forget_ann, cut_power(GENERATE(0, 2)), verify_forgotten);
}

TEST_CASE("killed at any operation of a forgetting, the key is gone before the first row is") {
  std::set<std::string> states;
  const auto look = [&](const Folder& folder, int) -> std::string {
    const std::string state = query(folder.database(),
                                    "SELECT (SELECT count(*) FROM persons WHERE key IS NOT NULL) || ' keys, ' || (SELECT count(*) FROM "
                                    "persons) || ' persons, ' || (SELECT count(*) FROM records) || ' records'")
                                  .at(0);
    states.insert(state);
    return "";
  };
  strike_everywhere(known_persons, forget_ann, kill(), look);
  CHECK(states == std::set<std::string>{"2 keys, 2 persons, 2 records", "1 keys, 2 persons, 2 records", "1 keys, 1 persons, 1 records"});
}

TEST_CASE("a process that is killed at some moment or other loses nothing that it acknowledged") {
  const Folder folder;
  int begun = 0;
  for (int round = 0; round < 40; ++round) {
    Progress progress;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) commit_until_killed(folder, progress, begun);
    std::this_thread::sleep_for(std::chrono::microseconds(500 * (round % 20) + 137 * round));
    REQUIRE(::kill(child, SIGKILL) == 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    const int acknowledged = begun + progress.steps();
    const auto store = folder.open();
    const auto of_ann = store->find(ann, "person");
    REQUIRE(of_ann == store->find(ben, "person"));
    const int found = of_ann ? std::stoi(*of_ann) : 0;
    REQUIRE(found >= acknowledged);
    REQUIRE(found <= acknowledged + 1);
    begun = found;
  }
  CHECK(begun > 0);
  CHECK_THAT(first_fault(folder.database()), Equals(""));
}

}  // namespace nurturer::store::test
