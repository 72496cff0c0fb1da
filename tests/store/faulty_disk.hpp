#pragma once
// A disk that breaks on demand, beneath SQLite: it becomes SQLite's default file system while it lives. Counted are the operations
// that change a file: write, truncate, sync, delete. In one process with one store at a time.

#include <sqlite3.h>

#include <string>
#include <vector>

namespace nurturer::store::test {

class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  [[nodiscard]] int operations() const noexcept { return operations_; }

  /// The process is killed (SIGKILL) instead of the operation with this number, counted from 1.
  void kill_at(int operation) noexcept { kill_at_ = operation; }

  /// As kill_at(), and of what was written since each file's last sync only a part is kept: of every `one_of` writes, one.
  /// 0: nothing is kept.
  void cut_power_at(int operation, int one_of) noexcept;

  /// From this operation on until mend(), nothing more can be written: SQLITE_FULL.
  void fill_at(int operation) noexcept { full_at_ = operation; }
  /// As fill_at(), with an I/O error.
  void break_at(int operation) noexcept { broken_at_ = operation; }
  void mend() noexcept { full_at_ = broken_at_ = never; }

 private:
  static constexpr int never = 1 << 30;
  struct Undo {
    sqlite3_int64 offset;
    std::string before;
    sqlite3_int64 size;  // of the file before the write
  };
  struct File;
  struct Methods;

  int count();
  void die();

  sqlite3_vfs* real_;
  sqlite3_vfs shim_;
  std::vector<File*> open_;
  int operations_ = 0;
  int kill_at_ = never;
  int full_at_ = never;
  int broken_at_ = never;
  bool power_ = true;
  int keep_one_of_ = 0;
};

}  // namespace nurturer::store::test
