#pragma once
// All files as TOML values, read by two threads: reading takes as long as compiling does, and a start waits for both.

#include <atomic>
#include <future>
#include <latch>
#include <optional>
#include <string>
#include <vector>

#include "content/files.hpp"
#include "content/page.hpp"
#include "content/toml.hpp"

namespace nurturer::content {

struct Document {
  const Page* page = nullptr;
  Part part = Part::nothing;
  std::optional<Value> value;  // empty: not readable, and told so
  Diagnostics diagnostics;
};

/// Construct, intents(), then all(): each returns as soon as its files are read, so that intents are compiled while responses are read.
class Documents {
 public:
  /// Both must outlive it. Begins to read in the background, if the system gives a thread.
  Documents(const std::vector<Page>& pages, const std::string& language);
  Documents(const Documents&) = delete;
  Documents& operator=(const Documents&) = delete;
  ~Documents() = default;

  /// Those of intents/, which come first. The others are being written meanwhile: keep away from them.
  [[nodiscard]] const Document* begin() const noexcept { return documents_.data(); }
  [[nodiscard]] const Document* end_of_intents();
  [[nodiscard]] const Document* end();

 private:
  void read(std::size_t index);
  /// Takes the next file that nobody has taken, and reads it; false if there is none before `end`.
  bool read_next(std::size_t end);

  std::vector<Document> documents_;
  std::size_t intents_;
  std::atomic<std::size_t> next_ = 0;
  std::latch intents_left_;
  std::future<void> background_;  // the last member: it ends before the others go
};

}  // namespace nurturer::content
