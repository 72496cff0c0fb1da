#pragma once
// A POSIX file descriptor that closes itself, and the two things the store does with folders.

#include <string>

namespace nurturer::store {

class File {
 public:
  explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  [[nodiscard]] bool valid() const noexcept { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

/// The folder that `path` lies in.
[[nodiscard]] std::string folder_of(const std::string& path);

/// A new file is there after a power cut only once its folder is on the disk too.
void sync_folder(const std::string& folder);

/// Makes the folder and those above it that are missing, 0700. What is there already is left as it is.
void make_folder(const std::string& folder);

}  // namespace nurturer::store
