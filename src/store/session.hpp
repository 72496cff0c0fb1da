#pragma once
// A folder that is open: its lock, its key, its database, brought to the present version.

#include <string>

#include "store/database.hpp"
#include "store/folder_lock.hpp"
#include "store/vault.hpp"

namespace nurturer::store {

/// The members are closed from last to first: the lock goes when the database is shut.
struct Session {
  FolderLock lock;
  Vault vault;
  Database database;
  bool can_write;
};

/// See open_sqlite(). A folder that can only be read and holds nothing gives an empty database that cannot be written.
[[nodiscard]] Session open_session(const std::string& folder, const std::string& key_file);

}  // namespace nurturer::store
