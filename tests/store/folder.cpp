#include "tests/store/folder.hpp"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "store/database.hpp"
#include "store/key_file.hpp"

namespace nurturer::store::test {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Thousands of times these tests make the store wait for the disk. What a power cut takes is played by FaultyDisk, so a folder in
// memory tells as much as a real disk, and does not make the tests as slow as whatever else the disk is busy with.
fs::path place_of_folders() {
  const fs::path memory = "/dev/shm";
  return std::getenv("TMPDIR") == nullptr && ::access(memory.c_str(), W_OK | X_OK) == 0 ? memory : fs::temp_directory_path();
}

[[noreturn]] void run_child(const std::function<std::string()>& work, int pipe) {
  std::string result;
  try {
    result = work();
  } catch (const std::exception& error) {
    result = std::string("threw: ") + error.what();
  }
  const auto written = ::write(pipe, result.data(), result.size());
  _exit(written == static_cast<ssize_t>(result.size()) ? 0 : 1);
}

}  // namespace

Folder::Folder() {
  std::string name = (place_of_folders() / "nurturer-store-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::permissions(data(), fs::perms::owner_all, ignored);
  fs::remove_all(path_, ignored);
}

Vault Folder::vault() const { return Vault(read_key(key())); }

std::string in_child(const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) run_child(work, ends[1]);
  ::close(ends[1]);
  std::string result;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;)
    result.append(buffer.data(), static_cast<std::size_t>(got));
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (WIFSIGNALED(status)) return "killed";
  if (WEXITSTATUS(status) != 0) return "child exited with " + std::to_string(WEXITSTATUS(status));
  return result;
}

std::string traces(const std::string& folder, const std::vector<std::string>& needles) {
  return in_child([&] {
    std::string found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string bytes = bytes_of(entry.path());
      for (std::size_t i = 0; i < needles.size(); ++i)
        if (bytes.find(needles[i]) != std::string::npos) found += entry.path().filename().string() + ": " + std::to_string(i) + "\n";
    }
    return found;
  });
}

std::vector<std::string> query(const std::string& path, const std::string& sql) {
  Database database(path, Database::Mode::write);
  Statement row(database, sql);
  std::vector<std::string> values;
  while (row.step()) values.push_back(row.text(0));
  return values;
}

Unavailable::Why why_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Unavailable& error) {
    return error.why();
  }
  FAIL("nothing was thrown");
  return Unavailable::Why::other;
}

std::string sentence_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Unavailable& error) {
    return error.what();
  }
  FAIL("nothing was thrown");
  return {};
}

}  // namespace nurturer::store::test
