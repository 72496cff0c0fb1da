#include "store/erase.hpp"

#include "store/rows.hpp"

namespace nurturer::store {
namespace {

constexpr std::chrono::hours scrub_every{24};

void mark_scrub(Database& database) { database.run("INSERT OR REPLACE INTO facts VALUES ('scrub', 1)"); }

bool scrub_is_marked(Database& database) { return Statement(database, "SELECT 1 FROM facts WHERE name = 'scrub'").step(); }

void scrub(Database& database) {
  database.run("VACUUM");
  database.empty_log();  // before the mark goes: a reader in the way, and it is done again
  database.run("DELETE FROM facts WHERE name = 'scrub'");
  database.empty_log();
}

// Entries with a key of their own go at once: that key lies in the row.
bool destroy_keys(Database& database, const Digest& person) {
  std::int64_t hit = 0;
  const auto count = [&](const char* sql) {
    Statement(database, sql).with(person).run();
    hit += database.changes();
  };
  count("DELETE FROM outbox WHERE person = ? AND own_key IS NOT NULL");
  count("DELETE FROM timers WHERE substr(person, 1, 8) = substr(?1, 1, 8) AND person = ?1 AND own_key IS NOT NULL");
  count("UPDATE persons SET key = NULL WHERE id = ? AND key IS NOT NULL");
  return hit > 0;
}

std::vector<Digest> idle_persons(Database& database, Time idle_since) {
  std::vector<Digest> idle;
  Statement row(database, "SELECT id FROM persons WHERE touched < ? AND key IS NOT NULL");
  row.with(day_of(idle_since));
  while (row.step()) idle.push_back(row.digest(0));
  return idle;
}

// Delivered and expired entries may have left a copy in the gaps of a page: once a day these go too.
void mark_daily_scrub(Database& database, Time now) {
  Statement last(database, "SELECT value FROM facts WHERE name = 'scrubbed'");
  if (last.step() && ticks(now) >= last.integer(0) && now - time_of(last.integer(0)) < scrub_every) return;
  mark_scrub(database);
  Statement(database, "INSERT OR REPLACE INTO facts VALUES ('scrubbed', ?)").with(ticks(now)).run();
}

}  // namespace

void delete_forgotten(Database& database) {
  constexpr const char* statements[] = {
      "DELETE FROM records WHERE person IN (SELECT id FROM persons WHERE key IS NULL)",
      "DELETE FROM outbox WHERE person IN (SELECT id FROM persons WHERE key IS NULL)",
      R"(DELETE FROM timers WHERE substr(person, 1, 8) IN (SELECT substr(id, 1, 8) FROM persons WHERE key IS NULL)
         AND person IN (SELECT id FROM persons WHERE key IS NULL))",
      "DELETE FROM persons WHERE key IS NULL",
  };
  for (const char* sql : statements) database.run(sql);
}

void finish_erasing(Session& session) {
  Database& database = session.database;
  if (!scrub_is_marked(database)) return;
  database.empty_log();  // the destroyed keys leave the log before their rows leave the tables
  Transaction transaction(database);
  delete_forgotten(database);
  transaction.commit();
  scrub(database);
}

void erase(Session& session, const PersonId& person) {
  Database& database = session.database;
  {
    Transaction transaction(database);
    if (destroy_keys(database, session.vault.person(person))) mark_scrub(database);
    session.keys.clear();
    transaction.commit();
  }
  finish_erasing(session);
}

void sweep_out(Session& session, Time now, Time idle_since) {
  Database& database = session.database;
  session.keys.clear();
  {
    Transaction transaction(database);
    Statement(database, "DELETE FROM inbox WHERE at <= ?").with(ticks(now - inbox_kept)).run();
    Statement(database, "DELETE FROM outbox WHERE made <= ?").with(ticks(now - outbox_kept)).run();
    Statement(database, "UPDATE persons SET touched = ? WHERE touched IS NULL").with(day_of(now)).run();
    for (const auto& person : idle_persons(database, idle_since))
      if (destroy_keys(database, person)) mark_scrub(database);
    mark_daily_scrub(database, now);
    transaction.commit();
  }
  finish_erasing(session);
  database.empty_log();
}

}  // namespace nurturer::store
