#include "store/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "store/faults.hpp"

namespace nurturer::store {

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() {
  if (valid()) ::close(descriptor_);
}

std::string folder_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

void sync_folder(const std::string& folder) {
  const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.valid()) fail_file(errno, "read", folder);
  // EINVAL: a file system that knows no such thing, and needs none.
  if (::fsync(file.descriptor()) != 0 && errno != EINVAL) fail_file(errno, "write", folder);
}

void make_folder(const std::string& folder) {
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return;
  const std::string parent = folder_of(folder);
  if (parent != folder && !std::filesystem::exists(parent, ignored)) make_folder(parent);
  if (::mkdir(folder.c_str(), 0700) == 0) {
    sync_folder(parent);
  } else if (errno != EEXIST || !std::filesystem::is_directory(folder, ignored)) {
    fail_file(errno, "make the folder", folder);
  }
}

}  // namespace nurturer::store
