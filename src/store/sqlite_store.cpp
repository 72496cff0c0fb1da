#include "store/sqlite_store.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include "store/erase.hpp"
#include "store/faults.hpp"
#include "store/rows.hpp"

namespace nurturer::store {
namespace {

std::int64_t limit_of(std::size_t most) {
  return static_cast<std::int64_t>(std::min<std::size_t>(most, std::numeric_limits<std::int32_t>::max()));
}

std::string absolute(const std::string& path) { return std::filesystem::absolute(path).lexically_normal().string(); }

bool is_nothing(const Change& change) {
  return !change.inbox && !change.cursor && change.records.empty() && change.drop_records.empty() && change.outbox.empty() &&
         change.timers.empty() && change.drop_timers.empty();
}

void put(Session& session, const Change& change) {
  Database& database = session.database;
  Transaction transaction(database);
  if (change.inbox)
    Statement(database, "INSERT OR IGNORE INTO inbox VALUES (?, ?)")
        .with(session.vault.inbox(change.inbox->channel, change.inbox->id), ticks(change.inbox->at))
        .run();
  for (const auto& [person, name] : change.drop_records) drop_record(session, person, name);
  for (const auto& record : change.records) put_record(session, record, change.at);
  drop_timers(session, change.drop_timers);
  put_timers(session, change.timers);
  for (const auto& entry : change.outbox) put_outbox(session, entry);
  if (change.cursor)
    Statement(database, "INSERT OR REPLACE INTO cursors VALUES (?, ?)")
        .with(change.cursor->channel, session.vault.seal_cursor(change.cursor->channel, change.cursor->bytes))
        .run();
  transaction.commit();
}

}  // namespace

SqliteStore::SqliteStore(const std::string& folder, const std::string& key_file)
    : folder_(absolute(folder.empty() ? "." : folder)), key_file_(absolute(key_file)) {
  Session& session = reading();
  if (!session.can_write) return;
  try {
    finish_erasing(session);
  } catch (const Unavailable&) {
    // A full disk must not keep the companion from starting: the rows without a key are read by nobody, and the next sweep goes on.
  }
}

Session& SqliteStore::reading() {
  if (!session_) session_.emplace(open_session(folder_, key_file_));
  return *session_;
}

// A folder that could only be read may have become writable: looked at anew for every write.
Session& SqliteStore::writing() {
  if (session_ && !session_->can_write) session_.reset();
  Session& session = reading();
  if (!session.can_write) fail_read_only(session.database.path());
  return session;
}

bool SqliteStore::seen(const std::string& channel, const std::string& inbox_id) {
  Session& session = reading();
  return Statement(session.database, "SELECT 1 FROM inbox WHERE id = ?").with(session.vault.inbox(channel, inbox_id)).step();
}

std::optional<std::string> SqliteStore::find(const PersonId& person, const std::string& record) {
  return find_record(reading(), person, record);
}

bool SqliteStore::knows(const PersonId& person) {
  Session& session = reading();
  return find_key(session, session.vault.person(person)) != nullptr;
}

void SqliteStore::commit(const Change& change) {
  if (is_nothing(change)) return;
  Session& session = writing();
  try {
    put(session, change);
  } catch (const Unavailable&) {
    session.keys.clear();  // also one that was made in what was rolled back
    throw;
  }
}

void SqliteStore::forget(const PersonId& person) { erase(writing(), person); }

std::vector<OutboxEntry> SqliteStore::outbox(const std::string& channel, Time now, std::size_t most) {
  Session& session = reading();
  Statement rows(session.database, std::string(select_outbox) +
                                       "AND o.channel = ?1 AND o.try_at <= ?2 AND NOT EXISTS (SELECT 1 FROM outbox h WHERE "
                                       "h.tried AND h.channel = o.channel AND h.room = o.room AND h.id < o.id AND h.try_at > ?2) "
                                       "ORDER BY o.id LIMIT ?3");
  rows.with(channel, ticks(now), limit_of(most));
  return read_outbox(session, rows);
}

void SqliteStore::delivered(const std::string& outbox_id) {
  Statement(writing().database, "DELETE FROM outbox WHERE id = ?").with(outbox_id).run();
}

void SqliteStore::retry(const std::string& outbox_id, Time at) {
  Statement(writing().database, "UPDATE outbox SET try_at = ?, tried = 1 WHERE id = ?").with(ticks(at), outbox_id).run();
}

std::vector<Timer> SqliteStore::due(Time now, std::size_t most) {
  Session& session = reading();
  Statement rows(session.database, std::string(select_timers) + "AND t.due <= ? ORDER BY t.due, t.id LIMIT ?");
  rows.with(ticks(now), limit_of(most));
  return read_timers(session, rows);
}

std::optional<Time> SqliteStore::next_due(Time after) {
  Statement row(reading().database,
                "SELECT t.due FROM timers t LEFT JOIN persons p ON p.id = t.person "
                "WHERE t.due > ? AND (t.own_key IS NOT NULL OR p.key IS NOT NULL) ORDER BY t.due LIMIT 1");
  if (!row.with(ticks(after)).step()) return std::nullopt;
  return time_of(row.integer(0));
}

std::vector<Timer> SqliteStore::timers_of(const PersonId& person) {
  Session& session = reading();
  Statement rows(session.database,
                 std::string(select_timers) + "AND substr(t.person, 1, 8) = substr(?1, 1, 8) AND t.person = ?1 ORDER BY t.due, t.id");
  rows.with(session.vault.person(person));
  return read_timers(session, rows);
}

std::optional<std::string> SqliteStore::cursor(const std::string& channel) {
  Session& session = reading();
  Statement row(session.database, "SELECT sealed FROM cursors WHERE channel = ?");
  if (!row.with(channel).step()) return std::nullopt;
  auto bytes = session.vault.unseal_cursor(channel, row.sealed(0));
  if (!bytes) fail_row("cursors", session.database.path());
  return bytes;
}

void SqliteStore::sweep(Time now, Time idle_since) { sweep_out(writing(), now, idle_since); }

std::unique_ptr<Store> open_sqlite(const std::string& folder, const std::string& key_file) {
  return std::make_unique<SqliteStore>(folder, key_file);
}

}  // namespace nurturer::store
