// The schedule on disk: a million reminders wait; so many are set and fired, durably, in groups of one transaction. Memory is what the process
// holds more than before the million was there.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/bot.hpp"
#include "app/clock.hpp"
#include "app/loading.hpp"
#include "app/reminder_json.hpp"
#include "store/store.hpp"

namespace {

using namespace nurturer;
namespace fs = std::filesystem;

constexpr int persons = 100'000;
const channel::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{12}};

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

long resident_kib() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  file >> pages >> pages;
  return pages * (::sysconf(_SC_PAGESIZE) / 1024);
}

store::Timer reminder(int number, channel::Time due) {
  const auto at = std::chrono::floor<std::chrono::seconds>(due);
  char id[40];
  std::snprintf(id, sizeof id, "reminder %012d", number);
  schedule::Reminder one =
      schedule::make_reminder(id, "drink a glass of water", {schedule::Wall{at.time_since_epoch()}, "", "UTC", false, at});
  one.room = "dm";
  return app::write_reminder("console", {"console:person" + std::to_string(number % persons)}, one);
}

void set(store::Store& store, int from, int count, int group, const std::function<channel::Time(int)>& due) {
  for (int i = 0; i < count; i += group) {
    store::Change change;
    for (int k = i; k < std::min(count, i + group); ++k) change.timers.push_back(reminder(from + k, due(k)));
    store.commit(change);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int waiting = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
  const int fired = argc > 2 ? std::atoi(argv[2]) : 100'000;
  const int group = 5000;
  const fs::path folder = fs::temp_directory_path() / ("nurturer-schedule-bench-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  {
    const auto content = app::load_content("");
    const auto store = store::open_sqlite((folder / "data").string(), (folder / "data" / "key").string());
    app::Bot::Options options;
    options.dice = app::real_dice();
    app::Bot bot(*content, *store, options);
    static_cast<void>(bot.advance("console", noon - std::chrono::hours{1}));
    const long before = resident_kib();
    const double fill =
        seconds_of([&] { set(*store, 0, waiting, group, [](int k) { return noon + std::chrono::hours{24} + std::chrono::seconds{k}; }); });
    std::printf("%d reminders set in %.1f s (%.0f a second)\n", waiting, fill, waiting / fill);
    const double schedule =
        seconds_of([&] { set(*store, waiting, fired, group, [](int k) { return noon + std::chrono::milliseconds{k}; }); });
    std::size_t said = 0;
    const double fire = seconds_of([&] {
      while (true) {
        const auto lines = bot.advance("console", noon + std::chrono::minutes{2});
        if (lines.empty()) break;
        said += lines.size();
      }
    });
    const long after = resident_kib();
    std::printf("%d more set in %.2f s (%.0f a second), %zu fired in %.2f s (%.0f a second); set and fired: %.0f a second\n", fired,
                schedule, fired / schedule, said, fire, static_cast<double>(said) / fire, fired / (schedule + fire));
    std::printf("resident memory: %+.1f MB\n", static_cast<double>(after - before) / 1024.0);
  }
  fs::remove_all(folder);
  return 0;
}
