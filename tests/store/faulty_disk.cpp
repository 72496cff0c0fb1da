#include "tests/store/faulty_disk.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <new>
#include <stdexcept>

namespace nurturer::store::test {

// What SQLite allocates for a file (szOsFile) begins with this; the real file system's own part follows it.
struct FaultyDisk::File : sqlite3_file {
  FaultyDisk* disk = nullptr;
  std::vector<Undo> unsynced;
  sqlite3_file* real = nullptr;
};

struct FaultyDisk::Methods {
  static File& of(sqlite3_file* file) { return *static_cast<File*>(file); }
  static FaultyDisk& of(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }

  static void remember(File& file, sqlite3_int64 offset, int size) {
    Undo undo{offset, std::string(static_cast<std::size_t>(size), '\0'), 0};
    file.real->pMethods->xFileSize(file.real, &undo.size);
    file.real->pMethods->xRead(file.real, undo.before.data(), size, offset);
    file.unsynced.push_back(std::move(undo));
  }

  static int close(sqlite3_file* base) {
    File& file = of(base);
    std::erase(file.disk->open_, &file);
    const int code = file.real->pMethods->xClose(file.real);
    file.~File();
    return code;
  }
  static int read(sqlite3_file* base, void* to, int size, sqlite3_int64 offset) {
    return of(base).real->pMethods->xRead(of(base).real, to, size, offset);
  }
  static int write(sqlite3_file* base, const void* from, int size, sqlite3_int64 offset) {
    File& file = of(base);
    if (const int code = file.disk->count(); code != SQLITE_OK) return code;
    remember(file, offset, size);
    return file.real->pMethods->xWrite(file.real, from, size, offset);
  }
  static int truncate(sqlite3_file* base, sqlite3_int64 size) {
    File& file = of(base);
    if (const int code = file.disk->count(); code != SQLITE_OK) return code;
    sqlite3_int64 before = 0;
    file.real->pMethods->xFileSize(file.real, &before);
    if (before > size) remember(file, size, static_cast<int>(before - size));
    return file.real->pMethods->xTruncate(file.real, size);
  }
  static int sync(sqlite3_file* base, int flags) {
    File& file = of(base);
    if (const int code = file.disk->count(); code != SQLITE_OK) return code;
    file.unsynced.clear();
    return file.real->pMethods->xSync(file.real, flags);
  }
  static int file_size(sqlite3_file* base, sqlite3_int64* size) { return of(base).real->pMethods->xFileSize(of(base).real, size); }
  static int lock(sqlite3_file* base, int level) { return of(base).real->pMethods->xLock(of(base).real, level); }
  static int unlock(sqlite3_file* base, int level) { return of(base).real->pMethods->xUnlock(of(base).real, level); }
  static int is_reserved(sqlite3_file* base, int* result) { return of(base).real->pMethods->xCheckReservedLock(of(base).real, result); }
  static int control(sqlite3_file* base, int what, void* value) {
    // A size hint would change the file past write().
    if (what == SQLITE_FCNTL_SIZE_HINT) return SQLITE_OK;
    return of(base).real->pMethods->xFileControl(of(base).real, what, value);
  }
  static int sector_size(sqlite3_file* base) { return of(base).real->pMethods->xSectorSize(of(base).real); }
  static int character(sqlite3_file* base) { return of(base).real->pMethods->xDeviceCharacteristics(of(base).real); }
  static int map(sqlite3_file* base, int region, int size, int extend, void volatile** to) {
    return of(base).real->pMethods->xShmMap(of(base).real, region, size, extend, to);
  }
  static int shm_lock(sqlite3_file* base, int offset, int count, int flags) {
    return of(base).real->pMethods->xShmLock(of(base).real, offset, count, flags);
  }
  static void barrier(sqlite3_file* base) { of(base).real->pMethods->xShmBarrier(of(base).real); }
  static int unmap(sqlite3_file* base, int remove) { return of(base).real->pMethods->xShmUnmap(of(base).real, remove); }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* base, int flags, int* out) {
    static constexpr sqlite3_io_methods methods = {2,        close,   read,        write,   truncate,    sync,      file_size,
                                                   lock,     unlock,  is_reserved, control, sector_size, character, map,
                                                   shm_lock, barrier, unmap,       nullptr, nullptr};
    FaultyDisk& disk = of(vfs);
    File& file = *new (base) File{};
    file.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(base) + sizeof(File));
    file.disk = &disk;
    const int code = disk.real_->xOpen(disk.real_, name, file.real, flags, out);
    if (file.real->pMethods == nullptr) return code;  // without methods SQLite does not call close()
    file.pMethods = &methods;
    disk.open_.push_back(&file);
    return code;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    FaultyDisk& disk = of(vfs);
    if (const int code = disk.count(); code != SQLITE_OK) return code;
    return disk.real_->xDelete(disk.real_, name, sync_folder);
  }
};

FaultyDisk::FaultyDisk() : real_(sqlite3_vfs_find(nullptr)), shim_(*real_) {
  shim_.zName = "faulty";
  shim_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  shim_.pAppData = this;
  shim_.pNext = nullptr;
  shim_.xOpen = Methods::open;
  shim_.xDelete = Methods::remove;
  if (sqlite3_vfs_register(&shim_, 1) != SQLITE_OK) throw std::runtime_error("the faulty disk cannot be registered");
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&shim_);
  sqlite3_vfs_register(real_, 1);
}

void FaultyDisk::cut_power_at(int operation, int one_of) noexcept {
  kill_at_ = operation;
  power_ = false;
  keep_one_of_ = one_of;
}

int FaultyDisk::count() {
  ++operations_;
  if (operations_ == kill_at_) die();
  if (operations_ >= full_at_) return SQLITE_FULL;
  if (operations_ >= broken_at_) return SQLITE_IOERR_WRITE;
  return SQLITE_OK;
}

// Taken back from the last to the first. A write that is kept between two that are not is what a disk with a cache does.
void FaultyDisk::die() {
  for (File* file : open_) {
    if (power_) break;
    const auto& undos = file->unsynced;
    for (std::size_t i = undos.size(); i-- > 0;) {
      if (keep_one_of_ != 0 && i % static_cast<std::size_t>(keep_one_of_) == 0) continue;
      const auto& undo = undos[i];
      file->real->pMethods->xWrite(file->real, undo.before.data(), static_cast<int>(undo.before.size()), undo.offset);
      if (keep_one_of_ == 0) file->real->pMethods->xTruncate(file->real, undo.size);
    }
  }
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

}  // namespace nurturer::store::test
