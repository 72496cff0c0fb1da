#include "store/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "store/faults.hpp"
#include "store/file.hpp"

namespace nurturer::store {
namespace {

using Why = Unavailable::Why;

void check(const File& file, const std::string& path) {
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) fail_file(errno, "read", path);
  if (!S_ISREG(status.st_mode)) throw Unavailable(Why::other, "the key file " + path + " is no ordinary file. Name a file of 32 bytes.");
  if ((status.st_mode & 077) != 0)
    throw Unavailable(Why::other, "the key file " + path + " may be read by others. Take that right away: chmod 600 " + path);
  if (status.st_size != static_cast<off_t>(Key::size))
    throw Unavailable(Why::wrong_key, "the key file " + path + " has " + std::to_string(status.st_size) +
                                          " bytes, a key has 32. Put the right one back from its backup.");
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool is_empty(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0;
}

Key fill(const File& file, const std::string& path) {
  Key key = Key::random();
  if (!write_all(file.descriptor(), key.view()) || ::fsync(file.descriptor()) != 0) {
    const int error = errno;
    ::unlink(path.c_str());  // half a key would stand in the way of the next start
    fail_file(error, "write the key file", path);
  }
  sync_folder(folder_of(path));
  return key;
}

}  // namespace

Key read_key(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid() && errno == ENOENT)
    throw Unavailable(Why::wrong_key, "the key file " + path +
                                          " is missing, and without it what was stored cannot be read. Put it back from its backup, "
                                          "or move the data folder away to begin anew.");
  if (!file.valid()) fail_file(errno, "read the key file", path);
  check(file, path);
  std::string bytes(Key::size, '\0');
  const ssize_t got = ::read(file.descriptor(), bytes.data(), bytes.size());
  const int error = got < 0 ? errno : EIO;
  auto key = got == static_cast<ssize_t>(Key::size) ? Key::from(bytes) : std::nullopt;
  wipe(bytes);
  if (!key) fail_file(error, "read the key file", path);
  return std::move(*key);
}

Key read_or_make_key(const std::string& path) {
  // Empty: a first start that was cut off between making and filling it.
  if (is_empty(path)) ::unlink(path.c_str());
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.valid()) return fill(file, path);
  if (errno != EEXIST) fail_file(errno, "make the key file", path);
  return read_key(path);
}

}  // namespace nurturer::store
