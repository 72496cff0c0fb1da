#include "store/migrations.hpp"

#include "store/store.hpp"

namespace nurturer::store {
namespace {

// Persons, rooms, inbox ids and names of records are digests. `key` is the person's key, wrapped; NULL: the person was
// forgotten and the rows are still to go. `own_key` is that of an entry whose person has no row. `touched` is a day since 1970;
// NULL: since the last sweep. Times are milliseconds since 1970.
constexpr const char* tables = R"sql(
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO schema_version VALUES (0);

CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE persons (id BLOB PRIMARY KEY, key BLOB, touched INTEGER) WITHOUT ROWID;
CREATE TABLE records (
  person BLOB NOT NULL REFERENCES persons (id), name BLOB NOT NULL, sealed BLOB NOT NULL,
  PRIMARY KEY (person, name)) WITHOUT ROWID;

CREATE TABLE inbox (id BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX inbox_at ON inbox (at);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY, channel TEXT NOT NULL, room BLOB NOT NULL, person BLOB NOT NULL, own_key BLOB,
  made INTEGER NOT NULL, try_at INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE INDEX outbox_person ON outbox (person);

CREATE TABLE timers (
  id TEXT PRIMARY KEY, person BLOB NOT NULL, own_key BLOB, due INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE INDEX timers_due ON timers (due, id);
CREATE INDEX timers_person ON timers (person);

CREATE TABLE cursors (channel TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
)sql";

// `tried`: a try failed. Until the next one the later entries of its room wait behind it.
constexpr const char* order_of_tries = R"sql(
ALTER TABLE outbox ADD COLUMN tried INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_order ON outbox (channel, room, id);
CREATE INDEX persons_forgotten ON persons (id) WHERE key IS NULL;
CREATE INDEX persons_touched ON persons (touched);
)sql";

// What a million of timers need, and no more: each index is a page or two to read and write for every line that is set or sent. Whose a timer is
// is found by eight bytes of the digest. Entries of the outbox are few and short-lived: whose they are is looked for in all of them, when somebody is
// forgotten; and only those wait for others that come after one which was tried.
constexpr const char* fewer_indexes = R"sql(
DROP INDEX timers_person;
CREATE INDEX timers_owner ON timers (substr(person, 1, 8));
DROP INDEX outbox_person;
DROP INDEX outbox_order;
CREATE INDEX outbox_tried ON outbox (channel, room, id) WHERE tried;
)sql";

constexpr const char* steps[] = {tables, order_of_tries, fewer_indexes};

}  // namespace

std::span<const char* const> migrations() { return steps; }

std::int64_t schema_version(Database& database) {
  if (Statement table(database, "SELECT 1 FROM sqlite_master WHERE name = 'schema_version'"); !table.step()) return 0;
  Statement version(database, "SELECT version FROM schema_version");
  return version.step() ? version.integer(0) : 0;
}

void migrate(Database& database, std::int64_t version) {
  for (std::int64_t step = schema_version(database); step < version; ++step) database.run(migrations()[static_cast<std::size_t>(step)]);
  Statement(database, "UPDATE schema_version SET version = ?").with(version).run();
}

void refuse_newer(Database& database) {
  const std::int64_t version = schema_version(database);
  const auto known = static_cast<std::int64_t>(migrations().size());
  if (version <= known) return;
  throw Unavailable(Unavailable::Why::newer_version, "the database " + database.path() + " has version " + std::to_string(version) +
                                                         ", this program knows up to " + std::to_string(known) +
                                                         ". Start the newer program again, or put back a backup from before it.");
}

}  // namespace nurturer::store
