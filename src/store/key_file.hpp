#pragma once
// The deployment's key: 32 random bytes in a file of their own, 0600, made on the first start. Who has the key file and the
// folder can read everything; who has only the folder can read nothing. It belongs in a backup of its own.

#include <string>

#include "store/sealing.hpp"

namespace nurturer::store {

/// Throws `wrong_key` when the file is missing or has the wrong size, `other` when others may read it.
[[nodiscard]] Key read_key(const std::string& path);

/// The key that is there, or a new one that is on the disk when this returns. Only for a folder without a database.
[[nodiscard]] Key read_or_make_key(const std::string& path);

}  // namespace nurturer::store
