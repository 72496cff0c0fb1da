#pragma once
// What the tests of the store share: a folder that goes away, work in a process of its own, and ways to the file past the store.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "store/vault.hpp"

namespace nurturer::store::test {

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// A data folder inside that is not there yet, so that the store makes it.
  [[nodiscard]] std::string data() const { return path_ + "/data"; }
  [[nodiscard]] std::string key() const { return path_ + "/data/key"; }
  [[nodiscard]] std::string database() const { return path_ + "/data/nurturer.db"; }
  [[nodiscard]] std::unique_ptr<Store> open() const { return open_sqlite(data(), key()); }
  /// With the key of this folder.
  [[nodiscard]] Vault vault() const;

 private:
  std::string path_;
};

/// Runs `work` in a child. What it returns, or the exception's text, comes back; "" is all well. "killed" when a signal ended it.
/// Files of SQLite that are open here are only read in a child: closing them in this process would drop SQLite's own locks.
[[nodiscard]] std::string in_child(const std::function<std::string()>& work);

/// Which of `needles` stand in a file of the folder, as "file: number of the needle" lines. Reads in a child.
[[nodiscard]] std::string traces(const std::string& folder, const std::vector<std::string>& needles);

/// First column of all rows, as bytes. On a database that no store has open here.
std::vector<std::string> query(const std::string& database, const std::string& sql);

/// The `why` of what `work` throws; fails the test when it throws nothing.
[[nodiscard]] Unavailable::Why why_of(const std::function<void()>& work);
/// Its sentence.
[[nodiscard]] std::string sentence_of(const std::function<void()>& work);

[[nodiscard]] inline Time at_hour(int hour) { return Time(std::chrono::hours(24 * 20000 + hour)); }

}  // namespace nurturer::store::test
