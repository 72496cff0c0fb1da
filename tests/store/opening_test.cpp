// What open_sqlite() makes, and what it refuses.
#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "store/database.hpp"
#include "store/migrations.hpp"
#include "tests/store/folder.hpp"

namespace nurturer::store::test {
namespace {

namespace fs = std::filesystem;
using Why = Unavailable::Why;
using Catch::Matchers::Contains;

const PersonId ann{"console:ann"};

unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

void put(Store& store, const std::string& bytes) {
  Change change;
  change.records = {{ann, "person", bytes}};
  store.commit(change);
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace

TEST_CASE("the folder is made for its owner alone") {
  const mode_t before = ::umask(0);
  const Folder folder;
  const auto store = open_sqlite(folder.data() + "/deeper", folder.data() + "/deeper/key");
  put(*store, "x");
  ::umask(before);
  CHECK(mode_of(folder.data()) == 0700);
  CHECK(mode_of(folder.data() + "/deeper") == 0700);
  for (const auto* name : {"key", "lock", "nurturer.db", "nurturer.db-wal", "nurturer.db-shm"}) {
    INFO(name);
    CHECK(mode_of(folder.data() + "/deeper/" + name) == 0600);
  }
  CHECK(fs::file_size(folder.data() + "/deeper/key") == 32);
}

TEST_CASE("what was committed is there after the next start") {
  const Folder folder;
  put(*folder.open(), "kept");
  CHECK(folder.open()->find(ann, "person") == "kept");
}

TEST_CASE("a path may hold what has a meaning in an address") {
  const Folder folder;
  const std::string odd = folder.path() + "/a b?c#d%20e";
  put(*open_sqlite(odd, odd + "/key"), "kept");
  CHECK(fs::exists(odd + "/nurturer.db"));
  CHECK(open_sqlite(odd, odd + "/key")->find(ann, "person") == "kept");
}

TEST_CASE("a second process is turned away, until the first ends by whatever means") {
  const Folder folder;
  auto first = folder.open();
  CHECK(why_of([&] { static_cast<void>(folder.open()); }) == Why::locked);
  CHECK(in_child([&] { return sentence_of([&] { static_cast<void>(folder.open()); }); }).find(folder.data()) != std::string::npos);
  first.reset();
  CHECK(in_child([&]() -> std::string {
          const auto store = folder.open();
          put(*store, "before the kill");
          ::raise(SIGKILL);
          return "lives";
        }) == "killed");
  CHECK(folder.open()->find(ann, "person") == "before the kill");
}

TEST_CASE("a database without its key is refused, and the sentence says the way out") {
  const Folder folder;
  put(*folder.open(), "kept");
  fs::rename(folder.key(), folder.path() + "/key.backup");
  const auto open = [&] { static_cast<void>(folder.open()); };
  CHECK(why_of(open) == Why::wrong_key);
  CHECK_THAT(sentence_of(open), Contains(folder.key()) && Contains("backup"));
  CHECK_FALSE(fs::exists(folder.key()));  // a new key would make the loss final

  write_file(folder.key(), std::string(32, 'k'));
  CHECK(why_of(open) == Why::wrong_key);
  CHECK_THAT(sentence_of(open), Contains(folder.key()) && Contains("backup"));
  write_file(folder.key(), std::string(31, 'k'));
  CHECK(why_of(open) == Why::wrong_key);
  CHECK_THAT(sentence_of(open), Contains("31 bytes"));

  fs::rename(folder.path() + "/key.backup", folder.key());
  CHECK(folder.open()->find(ann, "person") == "kept");
}

TEST_CASE("a key that others may read is refused") {
  const Folder folder;
  put(*folder.open(), "kept");
  for (const auto others : {fs::perms::group_read, fs::perms::others_read, fs::perms::others_write}) {
    fs::permissions(folder.key(), fs::perms::owner_read | others);
    CHECK_THAT(sentence_of([&] { static_cast<void>(folder.open()); }), Contains("chmod 600 " + folder.key()));
  }
  fs::permissions(folder.key(), fs::perms::owner_read);
  CHECK(folder.open()->find(ann, "person") == "kept");
  fs::remove(folder.key());
  fs::create_directory(folder.key());
  CHECK_THROWS_AS(folder.open(), Unavailable);
}

TEST_CASE("a first start that was cut off while it made the key is no obstacle") {
  const Folder folder;
  fs::create_directory(folder.data());
  write_file(folder.key(), "");
  put(*folder.open(), "kept");
  CHECK(fs::file_size(folder.key()) == 32);
}

TEST_CASE("a key may lie elsewhere, and is not made anew for a new folder") {
  const Folder folder;
  const std::string key = folder.path() + "/elsewhere";
  write_file(key, std::string(32, 'k'));
  put(*open_sqlite(folder.data(), key), "kept");
  CHECK_FALSE(fs::exists(folder.key()));
  CHECK(open_sqlite(folder.data(), key)->find(ann, "person") == "kept");
}

TEST_CASE("a file where the folder should be is said to be one") {
  const Folder folder;
  write_file(folder.data(), "x");
  CHECK_THAT(sentence_of([&] { static_cast<void>(folder.open()); }), Contains(folder.data()));
}

TEST_CASE("a database of a newer program is refused and left alone") {
  const Folder folder;
  put(*folder.open(), "kept");
  query(folder.database(), "UPDATE schema_version SET version = 99 RETURNING version");
  const auto open = [&] { static_cast<void>(folder.open()); };
  CHECK(why_of(open) == Why::newer_version);
  CHECK_THAT(sentence_of(open), Contains("99") && Contains(folder.database()) && Contains("newer program"));
  CHECK(query(folder.database(), "SELECT version FROM schema_version") == std::vector<std::string>{"99"});
  query(folder.database(), "UPDATE schema_version SET version = " + std::to_string(migrations().size()) + " RETURNING version");
  CHECK(folder.open()->find(ann, "person") == "kept");
}

TEST_CASE("a damaged database is said to be one") {
  const Folder folder;
  put(*folder.open(), "kept");
  const auto size = fs::file_size(folder.database());
  std::fstream file(folder.database(), std::ios::in | std::ios::out | std::ios::binary);
  SECTION("from the first byte") {
    file << std::string(4096, 'x');
    file.close();
    CHECK(why_of([&] { static_cast<void>(folder.open()); }) == Why::damaged);
    CHECK_THAT(sentence_of([&] { static_cast<void>(folder.open()); }), Contains(folder.database()) && Contains("backup"));
  }
  SECTION("in the tables") {
    file.seekp(4096);
    file << std::string(size - 4096, 'x');
    file.close();
    CHECK(why_of([&] { static_cast<void>(folder.open()); }) == Why::damaged);
  }
  SECTION("cut short") {
    file.close();
    fs::resize_file(folder.database(), 4096);
    CHECK(why_of([&] { static_cast<void>(folder.open()); }) == Why::damaged);
  }
}

}  // namespace nurturer::store::test
