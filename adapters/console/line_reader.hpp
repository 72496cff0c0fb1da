#pragma once
// Lines from a file descriptor, bounded: a line without an end cannot fill the memory.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace nurturer::console {

class LineReader {
 public:
  static constexpr std::size_t longest_line = 4 * 1024 * 1024;

  struct Line {
    std::string bytes;        // without its line end; "\r\n" ends a line too
    bool too_long = false;    // its rest was read and dropped
  };

  explicit LineReader(int descriptor) : descriptor_(descriptor) {}

  /// Waits at most so long; true if next() would find something at once: a line, the beginning of one, or the end.
  [[nodiscard]] bool ready(std::chrono::milliseconds time);

  /// The next line; a last line without an end counts. Empty at the end of input, or when reading fails.
  [[nodiscard]] std::optional<Line> next();

 private:
  [[nodiscard]] bool fill();

  int descriptor_;
  std::string buffer_;
  std::size_t begin_ = 0;
  bool ended_ = false;
};

}  // namespace nurturer::console
