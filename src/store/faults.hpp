#pragma once
// What went wrong with a file or the database, as an Unavailable whose sentence says what, where and what to do.
// None of these sentences holds anything but the path and a fixed text: no content, no ids.

#include <string>

#include "store/store.hpp"

namespace nurturer::store {

/// `doing` is the verb: "make", "write", "read". `error` is an errno.
[[noreturn]] void fail_file(int error, const std::string& doing, const std::string& path);

/// `code` is an extended result code of SQLite, `error` what sqlite3_system_errno() gave, 0 if nothing.
[[noreturn]] void fail_database(int code, int error, const std::string& path);

/// A row that does not open with its key: changed by somebody, moved to another row, or damaged on the disk.
[[noreturn]] void fail_row(const std::string& table, const std::string& path);

[[noreturn]] void fail_read_only(const std::string& path);

}  // namespace nurturer::store
