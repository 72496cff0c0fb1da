#include "store/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "store/faults.hpp"

namespace nurturer::store {
namespace {

bool is_read_only(int error) { return error == EROFS || error == EACCES || error == EPERM; }

}  // namespace

FolderLock::FolderLock(const std::string& folder) {
  make_folder(folder);
  const std::string path = folder + "/lock";
  File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.valid() && is_read_only(errno)) {
    can_write_ = false;
    file = File(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.valid()) return;
  }
  if (!file.valid()) fail_file(errno, "make the lock file", path);
  // A lock file that was there says nothing of the folder: a database could not make its log.
  if (can_write_ && ::access(folder.c_str(), W_OK) != 0) can_write_ = false;

  while (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    if (errno != EWOULDBLOCK) fail_file(errno, "lock", path);
    throw Unavailable(Unavailable::Why::locked,
                      "the folder " + folder + " is in use by another process. End that one first, or choose another folder.");
  }
  file_ = std::move(file);
}

}  // namespace nurturer::store
