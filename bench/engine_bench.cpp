// The whole engine on chat messages: read, understand, respond; start to ready; memory at rest.
//
// CPU time, not wall time: the machine is shared. Messages are the labelled corpora, each heard by a fresh talk, in an order that never
// repeats within a run, so that no cache is warmed by the very message it then meets.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "app/folders.hpp"
#include "app/labelled.hpp"
#include "content/content.hpp"
#include "engine/dialogue/companion.hpp"

namespace {

using namespace nurturer;

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::vector<std::string> messages(const std::filesystem::path& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "tests" / "corpus")) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (auto row = app::read_labelled(line)) texts.push_back(std::move(row->text));
    }
  }
  std::ranges::sort(texts);
  std::ranges::shuffle(texts, std::mt19937(7));
  return texts;
}

struct Figures {
  double seconds = 0;
  std::vector<double> each;  // microseconds a message
};

template <class Work>
Figures measure(const std::vector<std::string>& texts, Work work) {
  Figures figures;
  figures.each.reserve(texts.size());
  for (const std::string& text : texts) {
    const double begin = cpu_seconds();
    work(text);
    const double spent = cpu_seconds() - begin;
    figures.seconds += spent;
    figures.each.push_back(spent * 1e6);
  }
  std::ranges::sort(figures.each);
  return figures;
}

void print(const char* what, const Figures& figures) {
  const std::size_t count = figures.each.size();
  std::printf("%-28s %9.0f messages per CPU second   p50 %6.1f us   p99 %6.1f us\n", what,
              static_cast<double>(count) / figures.seconds, figures.each[count / 2], figures.each[count * 99 / 100]);
}

void bench_engine(const content::Content& content, const std::vector<std::string>& texts) {
  const dialogue::Companion companion(content.language, content.model, content.library);
  dialogue::Companion::Memory memory;
  understanding::Reading reading;
  const dialogue::Surroundings around;
  const dialogue::Moment moment{dialogue::Time{std::chrono::hours{24 * 365 * 56}}, 7};
  const auto reads = [&](const std::string& text) { text::read(text, content.language.lexicon(), memory.text); };
  const auto understands = [&](const std::string& text) {
    dialogue::Event event;
    event.text = text;
    companion.understand(event, memory, reading);
  };
  const auto responds = [&](const std::string& text) {
    dialogue::Event event;
    event.text = text;
    companion.understand(event, memory, reading);
    (void)companion.respond({}, {}, event, reading, around, moment, memory);
  };
  (void)measure(texts, responds);  // memory is laid out once
  for (int round = 1; round <= 3; ++round) {
    print("read", measure(texts, reads));
    print("read + understand", measure(texts, understands));
    print("whole engine", measure(texts, responds));
  }
}

double resident_megabytes(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024.0;
  }
  return 0;
}

// Starts the program, waits for its first answer, and looks at its memory a moment later.
void bench_start(const std::filesystem::path& program, const std::filesystem::path& content) {
  std::vector<double> starts;
  double resident = 0;
  for (int round = 0; round < 9; ++round) {
    int in[2];
    int out[2];
    if (::pipe(in) != 0 || ::pipe(out) != 0) return;
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      for (const int end : {in[0], in[1], out[0], out[1]}) ::close(end);
      ::execl(program.c_str(), "nurturer", "chat", "--json", "--memory", "--content", content.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    char answer = 0;
    const bool answered = ::write(in[1], "{}\n", 3) == 3 && ::read(out[0], &answer, 1) == 1;
    if (answered) starts.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    resident = std::max(resident, resident_megabytes(child));
    ::close(in[1]);
    ::close(out[0]);
    ::waitpid(child, nullptr, 0);
  }
  if (starts.empty()) return;
  std::ranges::sort(starts);
  std::printf("%-28s %9.1f ms wall (median of %zu; least %.1f)   goal <= 40\n", "start to ready", starts[starts.size() / 2], starts.size(), starts.front());
  std::printf("%-28s %9.1f MB   goal <= 20\n", "resident memory, idle", resident);
}

}  // namespace

int main() {
  const auto folder = app::find_content("");
  if (!folder) {
    std::fprintf(stderr, "bench: run it inside the checkout\n");
    return 1;
  }
  const content::Loaded loaded = content::load(*folder);
  if (!loaded.content || !loaded.diagnostics.empty()) {
    std::fprintf(stderr, "bench: the content has mistakes; `nurturer check` tells them\n");
    return 1;
  }
  const std::vector<std::string> texts = messages(*folder);
  std::printf("%zu messages, %zu cues, %zu scripts\n", texts.size(), loaded.content->model.cues().size(), loaded.content->library.scripts.size());
  bench_engine(*loaded.content, texts);
  std::error_code failed;
  bench_start(std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "nurturer", *folder);
  return 0;
}
