#pragma once
// One process a folder. The kernel holds the lock by an open file, so it ends with the process, also by kill -9, and a stale
// lock file means nothing.

#include <string>

#include "store/file.hpp"

namespace nurturer::store {

class FolderLock {
 public:
  /// Makes the folder when it is missing. Throws `locked` when another process holds it.
  explicit FolderLock(const std::string& folder);

  /// False: the folder can only be read. Then the lock is held only if a lock file was there to hold.
  [[nodiscard]] bool can_write() const noexcept { return can_write_; }

 private:
  bool can_write_ = true;
  File file_{-1};
};

}  // namespace nurturer::store
