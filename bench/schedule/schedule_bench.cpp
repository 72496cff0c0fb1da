// The schedule on disk, as the service uses it: a million reminders of people with rows wait, spread over a month; then so many more are set
// and come. All of it is durable (SQLite's synchronous=FULL) in groups of one transaction. A thing counts as fired when its line, under its
// final id, lies in the outbox on the disk and was handed out. Memory is the most that the process ever holds more than before the first one.
//
// schedule_bench [WAITING [FIRED]]; ends with 1 when something was lost or said twice.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "app/bot.hpp"
#include "app/clock.hpp"
#include "app/loading.hpp"
#include "app/reminder_json.hpp"
#include "store/store.hpp"

namespace {

using namespace nurturer;
namespace fs = std::filesystem;

constexpr int persons = 100'000;
constexpr int group = 5000;
constexpr std::chrono::seconds month{30 * 24 * 3600};
const channel::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{12}};

using Due = std::function<channel::Time()>;

// By the clock, and of the processor: on a machine that others use too the first tells more of them than of this.
struct Spent {
  double clock = 0;
  double processor = 0;
  Spent& operator+=(const Spent& more) {
    clock += more.clock;
    processor += more.processor;
    return *this;
  }
};

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

Spent spent_in(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  const double processor = processor_seconds();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), processor_seconds() - processor};
}

void tell(const char* what, int count, const Spent& spent) {
  std::printf("%-44s %8d in %6.2f s: %7.0f a second (%.0f a second of the processor)\n", what, count, spent.clock, count / spent.clock,
              count / spent.processor);
}

class Resident {
 public:
  Resident() : before_(now()) {}
  void look() { most_ = std::max(most_, now()); }
  [[nodiscard]] double more() const { return static_cast<double>(most_ - before_) / 1024.0; }

 private:
  static long now() {
    std::ifstream file("/proc/self/statm");
    long pages = 0;
    file >> pages >> pages;
    return pages * (::sysconf(_SC_PAGESIZE) / 1024);
  }
  long before_;
  long most_ = 0;
};

store::PersonId person(std::uint64_t number) { return {"console:person" + std::to_string(number)}; }

// Each asked for a reminder, and so has a row.
void meet_all(store::Store& store) {
  for (int i = 0; i < persons; i += group) {
    store::Change change;
    change.at = noon;
    for (int k = i; k < i + group; ++k)
      change.records.push_back(
          {person(static_cast<std::uint64_t>(k)), "person", R"({"version":1,"setup":false,"ratings":false,"zone":"UTC"})"});
    store.commit(change);
  }
}

void set(store::Store& store, int count, std::mt19937_64& random, const Due& due, Resident& resident) {
  for (int i = 0; i < count; i += group) {
    store::Change change;
    for (int k = i; k < std::min(count, i + group); ++k) {
      const auto at = std::chrono::floor<std::chrono::seconds>(due());
      schedule::Reminder one = schedule::make_reminder(schedule::reminder_id(noon, random()), "drink a glass of water",
                                                       {schedule::Wall{at.time_since_epoch()}, "", "UTC", false, at});
      one.room = "dm";
      change.timers.push_back(app::write_reminder("console", person(random() % persons), one, false));
    }
    store.commit(change);
    resident.look();
  }
}

// How many different reminders came: a choice of a line names the one that it is of.
std::size_t fire(app::Bot& bot, Resident& resident, std::vector<std::size_t>& seen) {
  while (true) {
    const auto lines = bot.advance("console", noon + std::chrono::minutes{2});
    if (lines.empty()) break;
    resident.look();
    for (const auto& line : lines) seen.push_back(std::hash<std::string>{}(line.choices.at(0).id));
  }
  const std::size_t said = seen.size();
  std::ranges::sort(seen);
  const auto twice = std::ranges::unique(seen);
  return twice.empty() ? said : 0;
}

int run(const fs::path& folder, int waiting, int fired) {
  const auto content = app::load_content("");
  const auto store = store::open_sqlite((folder / "data").string(), (folder / "data" / "key").string());
  app::Bot::Options options;
  options.dice = app::real_dice();
  app::Bot bot(*content, *store, options);
  static_cast<void>(bot.advance("console", noon - std::chrono::hours{1}));
  meet_all(*store);
  std::mt19937_64 random(7);
  std::vector<std::size_t> seen(static_cast<std::size_t>(fired));
  seen.clear();
  Resident resident;
  const auto later = [&] { return noon + std::chrono::hours{24} + std::chrono::seconds{random() % month.count()}; };
  const auto soon = [&] { return noon + std::chrono::seconds{random() % 100}; };
  tell("reminders set, to come within a month", waiting, spent_in([&] { set(*store, waiting, random, later, resident); }));
  Spent spent = spent_in([&] { set(*store, fired, random, soon, resident); });
  tell("set while those wait, to come now", fired, spent);
  std::size_t said = 0;
  const Spent firing = spent_in([&] { said = fire(bot, resident, seen); });
  tell("fired", fired, firing);
  tell("set and fired", fired, spent += firing);
  std::printf("resident memory: %+.1f MB at most\n", resident.more());
  if (said == static_cast<std::size_t>(fired)) return 0;
  std::printf("%zu were said, not %d\n", said, fired);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const int waiting = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
  const int fired = argc > 2 ? std::atoi(argv[2]) : 100'000;
  const fs::path folder = fs::temp_directory_path() / ("nurturer-schedule-bench-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const int code = run(folder, waiting, fired);
  fs::remove_all(folder);
  return code;
}
