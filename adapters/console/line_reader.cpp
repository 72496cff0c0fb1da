#include "adapters/console/line_reader.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace nurturer::console {

bool LineReader::fill() {
  std::array<char, 65536> block;
  for (;;) {
    const ssize_t count = ::read(descriptor_, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    buffer_.append(block.data(), static_cast<std::size_t>(count));
    return true;
  }
}

bool LineReader::ready(std::chrono::milliseconds time) {
  if (ended_ || buffer_.find('\n', begin_) != std::string::npos) return true;
  pollfd input{descriptor_, POLLIN, 0};
  return ::poll(&input, 1, static_cast<int>(time.count())) != 0;
}

std::optional<LineReader::Line> LineReader::next() {
  Line line;
  for (std::size_t searched = begin_;;) {
    const std::size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      if (!line.too_long) line.bytes = buffer_.substr(begin_, end - begin_);
      begin_ = end + 1;
      break;
    }
    if (buffer_.size() - begin_ > longest_line) {
      if (!line.too_long) line.bytes = buffer_.substr(begin_, longest_line);
      line.too_long = true;
      buffer_.clear();
      begin_ = 0;
    } else if (begin_ > 0) {
      buffer_.erase(0, begin_);
      begin_ = 0;
    }
    searched = buffer_.size();
    if (ended_ || !fill()) {
      ended_ = true;
      if (buffer_.empty() && !line.too_long) return std::nullopt;
      if (!line.too_long) line.bytes = buffer_;
      buffer_.clear();
      break;
    }
  }
  if (line.bytes.ends_with('\r')) line.bytes.pop_back();
  return line;
}

}  // namespace nurturer::console
