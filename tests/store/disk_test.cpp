// A disk that is full, broken, or can only be read: the right reason, a sentence with a way out, and the store goes on afterwards.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/store/faulty_disk.hpp"
#include "tests/store/folder.hpp"

namespace nurturer::store::test {
namespace {

namespace fs = std::filesystem;
using Why = Unavailable::Why;
using Catch::Matchers::Contains;
using Catch::Matchers::Equals;
using Use = std::function<void(Store&)>;

const PersonId ann{"console:ann"};
const PersonId ben{"console:ben"};

void put(Store& store, const std::string& bytes) {
  Change change;
  change.records = {{ann, "person", bytes}, {ben, "person", bytes}};
  change.outbox = {{bytes.substr(0, 1), "matrix", "room", ann, bytes, at_hour(0), at_hour(0)}};
  change.timers = {{bytes.substr(0, 1), ann, at_hour(1), bytes}};
  store.commit(change);
}

const std::string old_bytes(2000, 'o');
const std::string new_bytes(9000, 'n');

// Does `use` on a folder that holds old_bytes, with the disk full (or broken) from its first operation on, from its second, and so
// on, until it comes through; then mends the disk and lets `check` look at what is there.
void fail_everywhere(void (FaultyDisk::*fault)(int) noexcept, Why why, const Use& use,
                     const std::function<void(Store&, bool done)>& check) {
  int operation = 0;
  for (bool done = false; !done;) {
    INFO("operation " << ++operation);
    const Folder folder;
    FaultyDisk disk;
    const auto store = folder.open();
    put(*store, old_bytes);
    (disk.*fault)(disk.operations() + operation);
    try {
      use(*store);
      done = true;
    } catch (const Unavailable& error) {
      REQUIRE(error.why() == why);
      REQUIRE_THAT(error.what(), Contains(folder.database()));
    }
    REQUIRE(store->find(ben, "person").has_value());  // reading needs no room
    disk.mend();
    check(*store, done);
  }
  REQUIRE(operation > 2);
}

void check_put(Store& store, bool done) {
  const std::string& bytes = done ? new_bytes : old_bytes;
  REQUIRE(store.find(ann, "person") == bytes);
  REQUIRE(store.find(ben, "person") == bytes);
  REQUIRE(store.outbox("matrix", at_hour(0), 9).size() == (done ? 2 : 1));
  REQUIRE(store.timers_of(ann).size() == (done ? 2 : 1));
  put(store, new_bytes);
  REQUIRE(store.find(ben, "person") == new_bytes);
}

std::string expect(bool fine, const std::string& what) { return fine ? "" : what + "; "; }

void write_line(const std::string& path, const std::string& line) { std::ofstream(path) << line << std::flush; }

// What root may do, an ordinary user may in a namespace of their own, where they keep their number.
bool enter_namespace() {
  if (::unshare(CLONE_NEWNS) == 0) return true;
  const std::string user = std::to_string(::getuid()), group = std::to_string(::getgid());
  if (::unshare(CLONE_NEWNS | CLONE_NEWUSER) != 0) return false;
  write_line("/proc/self/setgroups", "deny");
  write_line("/proc/self/uid_map", user + " " + user + " 1");
  write_line("/proc/self/gid_map", group + " " + group + " 1");
  return true;
}

// In the child: a small disk of its own under `folder`; false where this user may not do that.
bool mount_small_disk(const std::string& folder) {
  if (!enter_namespace() || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  return ::mount("none", folder.c_str(), "tmpfs", 0, "size=512k") == 0;
}

bool remount(const std::string& folder, unsigned long flags) {
  return ::mount("none", folder.c_str(), nullptr, MS_REMOUNT | flags, "size=512k") == 0;
}

void require_done(const std::string& result) {
  if (result == "skipped")
    WARN("SKIPPED: this user may not mount a small disk");
  else
    REQUIRE_THAT(result, Equals(""));
}

void fill(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
  const std::string block(4096, 'f');
  while (::write(file, block.data(), block.size()) > 0) continue;
  ::close(file);
}

}  // namespace

TEST_CASE("a turn on a full disk is refused as a whole, and the next one is kept once there is room") {
  fail_everywhere(
      &FaultyDisk::fill_at, Why::full, [](Store& store) { put(store, new_bytes); }, check_put);
}

TEST_CASE("a turn on a disk that fails is refused as a whole") {
  fail_everywhere(
      &FaultyDisk::break_at, Why::other, [](Store& store) { put(store, new_bytes); }, check_put);
}

TEST_CASE("a forgetting on a full disk is finished when it is asked for again") {
  fail_everywhere(
      &FaultyDisk::fill_at, Why::full, [](Store& store) { store.forget(ann); },
      [](Store& store, bool done) {
        if (done) REQUIRE_FALSE(store.knows(ann));
        REQUIRE(store.knows(ann) == store.find(ann, "person").has_value());
        REQUIRE(store.timers_of(ann).size() == (store.knows(ann) ? 1 : 0));
        store.forget(ann);
        REQUIRE_FALSE(store.knows(ann));
        REQUIRE(store.outbox("matrix", at_hour(0), 9).empty());
        put(store, new_bytes);
        REQUIRE(store.find(ann, "person") == new_bytes);
      });
}

TEST_CASE("who comes back after a forgetting that was cut off finds nothing old") {
  fail_everywhere(
      &FaultyDisk::fill_at, Why::full, [](Store& store) { store.forget(ann); },
      [](Store& store, bool) {
        const bool forgotten = !store.knows(ann);
        Change change;
        change.records = {{ann, "talk", "new"}};
        store.commit(change);
        REQUIRE(store.find(ann, "person").has_value() != forgotten);
        REQUIRE(store.timers_of(ann).size() == (forgotten ? 0 : 1));
      });
}

TEST_CASE("a sweep on a full disk is made up for by the next") {
  fail_everywhere(
      &FaultyDisk::fill_at, Why::full, [](Store& store) { store.sweep(at_hour(24 * 300), at_hour(24 * 200)); },
      [](Store& store, bool) {
        store.sweep(at_hour(24 * 300), at_hour(24 * 200));
        REQUIRE(store.outbox("matrix", at_hour(0), 9).empty());
        REQUIRE(store.knows(ann));
      });
}

TEST_CASE("the limit on the size of a file is a full disk too") {
  const Folder folder;
  const std::string faults_found = in_child([&]() -> std::string {
    ::signal(SIGXFSZ, SIG_IGN);
    const auto store = folder.open();
    put(*store, old_bytes);
    struct rlimit limit {};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = fs::file_size(folder.database() + "-wal") + 5000;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::string faults;
    faults += expect(why_of([&] { put(*store, std::string(90000, 'n')); }) == Why::full, "not said to be full");
    faults += expect(store->find(ann, "person") == old_bytes, "the old record is gone");
    limit.rlim_cur = before;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    put(*store, new_bytes);
    return faults + expect(store->find(ann, "person") == new_bytes, "not kept once there was room");
  });
  REQUIRE_THAT(faults_found, Equals(""));
  CHECK(folder.open()->find(ann, "person") == new_bytes);
}

TEST_CASE("a disk that is really full") {
  const Folder folder;
  require_done(in_child([&]() -> std::string {
    if (!mount_small_disk(folder.path())) return "skipped";
    const auto store = folder.open();
    put(*store, old_bytes);
    fill(folder.path() + "/filler");
    std::string faults;
    const auto too_much = [&] { put(*store, std::string(200000, 'n')); };
    faults += expect(why_of(too_much) == Why::full, "not said to be full");
    faults += expect(sentence_of(too_much).find("Make room") != std::string::npos, "no way out is named");
    faults += expect(store->find(ann, "person") == old_bytes, "the old record is gone");
    fs::remove(folder.path() + "/filler");
    put(*store, new_bytes);
    store->forget(ben);
    return faults + expect(store->find(ann, "person") == new_bytes, "not kept once there was room");
  }));
}

TEST_CASE("a first start on a full disk says so, and leaves no half key behind") {
  const Folder folder;
  require_done(in_child([&]() -> std::string {
    if (!mount_small_disk(folder.path())) return "skipped";
    fill(folder.path() + "/filler");
    std::string faults = expect(why_of([&] { static_cast<void>(folder.open()); }) == Why::full, "not said to be full");
    faults += expect(!fs::exists(folder.key()) || fs::file_size(folder.key()) == 32, "half a key");
    fs::remove(folder.path() + "/filler");
    put(*folder.open(), new_bytes);
    return faults;
  }));
}

TEST_CASE("a disk that is mounted to be read opens, and is written once it may be") {
  const Folder folder;
  const bool killed_before = GENERATE(false, true);
  require_done(in_child([&]() -> std::string {
    if (!mount_small_disk(folder.path())) return "skipped";
    auto first = folder.open();
    put(*first, old_bytes);
    const auto leave_log = [&] { fs::copy(folder.data(), folder.path() + "/copy", fs::copy_options::recursive); };
    if (killed_before) leave_log();
    first.reset();
    if (killed_before) {
      fs::remove_all(folder.data());
      fs::rename(folder.path() + "/copy", folder.data());
    }
    if (!remount(folder.path(), MS_RDONLY)) return "skipped";
    const auto store = folder.open();
    std::string faults;
    faults += expect(store->find(ann, "person") == old_bytes, "what is there cannot be read");
    for (const Use& use : {Use([](Store& s) { put(s, new_bytes); }), Use([](Store& s) { s.forget(ann); }),
                           Use([](Store& s) { s.sweep(at_hour(0), at_hour(0)); }), Use([](Store& s) { s.delivered("o"); })}) {
      faults += expect(why_of([&] { use(*store); }) == Why::read_only, "not said to be read only");
      faults += expect(store->outbox("matrix", at_hour(0), 9).size() == 1, "cannot be read after that");
    }
    if (!remount(folder.path(), 0)) return "cannot be remounted";
    put(*store, new_bytes);
    return faults + expect(store->find(ann, "person") == new_bytes, "not written once it may be");
  }));
}

TEST_CASE("a folder without the right to write opens, and throws at the first commit") {
  const Folder folder;
  const bool empty = GENERATE(false, true);
  if (empty)
    fs::create_directory(folder.data());
  else
    put(*folder.open(), old_bytes);
  REQUIRE(::chmod(folder.data().c_str(), 0500) == 0);
  if (::geteuid() == 0) {  // rights mean nothing to root: the child becomes nobody
    constexpr uid_t nobody = 65534;
    for (const auto& entry : fs::directory_iterator(folder.data())) REQUIRE(::chown(entry.path().c_str(), nobody, nobody) == 0);
    REQUIRE(::chown(folder.data().c_str(), nobody, nobody) == 0);
    REQUIRE(::chown(folder.path().c_str(), nobody, nobody) == 0);
  }
  const std::string faults_found = in_child([&]() -> std::string {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return "cannot become nobody";
    const auto store = folder.open();
    std::string faults;
    faults += expect(store->knows(ann) != empty, "not what is there");
    faults += expect(!store->next_due() == empty, "not the timers that are there");
    const auto use = [&] { put(*store, new_bytes); };
    faults += expect(why_of(use) == Why::read_only, "not said to be read only");
    faults += expect(sentence_of(use).find(folder.data()) != std::string::npos, "the place is not named");
    faults += expect(!store->seen("matrix", "$1"), "cannot be read after that");
    if (::chmod(folder.data().c_str(), 0700) != 0) return "cannot give the right back";
    put(*store, new_bytes);
    return faults + expect(store->find(ann, "person") == new_bytes, "not written once it may be");
  });
  REQUIRE_THAT(faults_found, Equals(""));
}

}  // namespace nurturer::store::test
