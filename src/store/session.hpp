#pragma once
// A folder that is open: its lock, its key, its database, brought to the present version.

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_map>

#include "store/database.hpp"
#include "store/folder_lock.hpp"
#include "store/vault.hpp"

namespace nurturer::store {

/// Keys of persons that were unwrapped lately, by digest: what is due is read, worked on and written in one go. They are secrets as the
/// deployment's own is, and are wiped when they go: when there are too many, with every forgetting and sweep, when a transaction fails.
class KnownKeys {
 public:
  /// Valid until the next call.
  [[nodiscard]] const Key* find(const std::string& person) const;
  const Key& keep(const std::string& person, Key key);
  void clear() noexcept { keys_.clear(); }

 private:
  struct Hash {  // digests are as good as random: some bytes of them will do
    std::size_t operator()(const std::string& digest) const noexcept {
      std::size_t hash = 0;
      std::memcpy(&hash, digest.data(), std::min(sizeof hash, digest.size()));
      return hash;
    }
  };
  std::unordered_map<std::string, Key, Hash> keys_;
};

/// The members are closed from last to first: the lock goes when the database is shut.
struct Session {
  FolderLock lock;
  Vault vault;
  Database database;
  bool can_write;
  KnownKeys keys{};
};

/// See open_sqlite(). A folder that can only be read and holds nothing gives an empty database that cannot be written.
[[nodiscard]] Session open_session(const std::string& folder, const std::string& key_file);

}  // namespace nurturer::store
