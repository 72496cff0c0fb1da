#pragma once
// The tables, as the steps that led to them. A step that was released is never changed; a new one is added at the end.

#include <span>

#include "store/database.hpp"

namespace nurturer::store {

/// Step n brings a database from version n to n + 1.
[[nodiscard]] std::span<const char* const> migrations();

/// 0: a new, empty database.
[[nodiscard]] std::int64_t schema_version(Database& database);

/// Runs what is missing of the first `version` steps. Inside the caller's transaction: all or nothing.
void migrate(Database& database, std::int64_t version);

/// Throws `newer_version` when a later program has written the database.
void refuse_newer(Database& database);

}  // namespace nurturer::store
