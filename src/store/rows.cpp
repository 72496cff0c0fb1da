#include "store/rows.hpp"

#include <algorithm>

#include "store/erase.hpp"
#include "store/faults.hpp"

namespace nurturer::store {
namespace {

std::string place_of_key(const std::string& table, const std::string& id) { return pack({table, "key", id}); }

std::string place_of_record(const Digest& person, const Digest& name) { return pack({"records", person.bytes, name.bytes}); }

std::string place_of_outbox(const std::string& id, const std::string& channel, const Digest& room, const Digest& person) {
  return pack({"outbox", id, channel, room.bytes, person.bytes});
}

std::string place_of_timer(const std::string& id, Time due, const Digest& person) {
  return pack({"timers", id, std::to_string(ticks(due)), person.bytes});
}

Key unwrap(Session& session, const Sealed& wrapped, const std::string& table, const std::string& id) {
  auto key = session.vault.unwrap(wrapped, place_of_key(table, id));
  if (!key) fail_row(table, session.database.path());
  return std::move(*key);
}

const Key& make_key(Session& session, const Digest& person) {
  // A row without a key is what a forgetting left that was cut off: nothing of it may come back to life under a new key.
  if (Statement(session.database, "SELECT 1 FROM persons WHERE key IS NULL LIMIT 1").step()) delete_forgotten(session.database);
  Key key = Key::random();
  Statement(session.database, "INSERT INTO persons (id, key) VALUES (?, ?)")
      .with(person, session.vault.wrap(key, place_of_key("persons", person.bytes)))
      .run();
  return session.keys.keep(person.bytes, std::move(key));
}

void touch(Session& session, const Digest& person, std::optional<Time> at) {
  if (!at) {
    Statement(session.database, "UPDATE persons SET touched = NULL WHERE id = ?").with(person).run();
    return;
  }
  Statement(session.database, "UPDATE persons SET touched = ?1 WHERE id = ?2 AND (touched IS NULL OR touched < ?1)")
      .with(day_of(*at), person)
      .run();
}

// Sealed with the person's key, or, without a row, with one of its own that lies in the entry and dies with it.
struct SealedEntry {
  Sealed sealed;
  std::optional<Sealed> own_key;
};

SealedEntry seal_entry(Session& session, const std::string& table, const std::string& id, const Digest& person, const std::string& place,
                       const std::string& plain) {
  if (const Key* key = find_key(session, person)) return {seal(*key, place, plain), std::nullopt};
  const Key key = Key::random();
  return {seal(key, place, plain), session.vault.wrap(key, place_of_key(table, id))};
}

// Columns 0 to 4 of select_outbox and select_timers.
std::vector<std::string> open_entry(Session& session, Statement& row, const std::string& table, const std::string& place,
                                    std::size_t fields) {
  const auto own = row.maybe_sealed(2);
  const std::string person = row.text(1);
  const Key* known = own ? nullptr : session.keys.find(person);
  if (!own && known == nullptr) known = &session.keys.keep(person, unwrap(session, row.sealed(3), "persons", person));
  const auto plain = own ? unseal(unwrap(session, *own, table, row.text(0)), place, row.sealed(4)) : unseal(*known, place, row.sealed(4));
  auto result = plain ? unpack(*plain, fields) : std::nullopt;
  if (!result) fail_row(table, session.database.path());
  return std::move(*result);
}

void put_timer(Session& session, const Timer& timer, const Digest& person) {
  const SealedEntry with =
      seal_entry(session, "timers", timer.id, person, place_of_timer(timer.id, timer.due, person), pack({timer.person.value, timer.bytes}));
  // Of one that is there and stays the same person's, the indexes of ids and persons are left alone.
  Statement put(session.database,
                "INSERT INTO timers VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET own_key = excluded.own_key, due = excluded.due, "
                "sealed = excluded.sealed WHERE person = excluded.person");
  put.with(timer.id, person, with.own_key, ticks(timer.due), with.sealed).run();
  if (session.database.changes() != 0) return;
  Statement(session.database, "INSERT OR REPLACE INTO timers VALUES (?, ?, ?, ?, ?)")
      .with(timer.id, person, with.own_key, ticks(timer.due), with.sealed)
      .run();
}

// The index of owners lies in the order of their digests, which is no order that timers come in: one after the other would read and write a
// page of it for each, in order every page is touched once.
void sort_by_owner(auto& owned) {
  std::ranges::stable_sort(owned, {}, [](const auto& one) -> const std::string& { return one.first.bytes; });
}

}  // namespace

std::int64_t day_of(Time time) { return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count(); }

const Key* find_key(Session& session, const Digest& person) {
  if (const Key* known = session.keys.find(person.bytes)) return known;
  Statement row(session.database, "SELECT key FROM persons WHERE id = ? AND key IS NOT NULL");
  if (!row.with(person).step()) return nullptr;
  return &session.keys.keep(person.bytes, unwrap(session, row.sealed(0), "persons", person.bytes));
}

void put_record(Session& session, const Record& record, std::optional<Time> at) {
  const Digest person = session.vault.person(record.person);
  const Digest name = session.vault.record(person, record.name);
  const Key* found = find_key(session, person);
  const Key& key = found != nullptr ? *found : make_key(session, person);
  Statement(session.database, "INSERT OR REPLACE INTO records VALUES (?, ?, ?)")
      .with(person, name, seal(key, place_of_record(person, name), record.bytes))
      .run();
  touch(session, person, at);
}

void drop_record(Session& session, const PersonId& person_id, const std::string& name) {
  const Digest person = session.vault.person(person_id);
  Statement(session.database, "DELETE FROM records WHERE person = ? AND name = ?").with(person, session.vault.record(person, name)).run();
}

void put_outbox(Session& session, const OutboxEntry& entry) {
  const Digest person = session.vault.person(entry.person);
  const Digest room = session.vault.room(entry.channel, entry.room);
  const SealedEntry with = seal_entry(session, "outbox", entry.id, person, place_of_outbox(entry.id, entry.channel, room, person),
                                      pack({entry.room, entry.person.value, entry.bytes}));
  Statement(session.database, "INSERT OR REPLACE INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)")
      .with(entry.id, entry.channel, room, person, with.own_key, ticks(entry.made), ticks(entry.try_at), with.sealed)
      .run();
}

void put_timers(Session& session, const std::vector<Timer>& timers) {
  std::vector<std::pair<Digest, const Timer*>> owned;
  owned.reserve(timers.size());
  for (const Timer& timer : timers) owned.emplace_back(session.vault.person(timer.person), &timer);
  sort_by_owner(owned);
  for (const auto& [person, timer] : owned) put_timer(session, *timer, person);
}

void drop_timers(Session& session, const std::vector<std::string>& ids) {
  std::vector<std::pair<Digest, std::int64_t>> owned;
  owned.reserve(ids.size());
  for (const std::string& id : ids) {
    Statement row(session.database, "SELECT rowid, person FROM timers WHERE id = ?");
    if (row.with(id).step()) owned.emplace_back(row.digest(1), row.integer(0));
  }
  sort_by_owner(owned);
  for (const auto& [person, row] : owned) Statement(session.database, "DELETE FROM timers WHERE rowid = ?").with(row).run();
}

std::optional<std::string> find_record(Session& session, const PersonId& person_id, const std::string& name_text) {
  const Digest person = session.vault.person(person_id);
  const Key* key = find_key(session, person);
  if (key == nullptr) return std::nullopt;
  const Digest name = session.vault.record(person, name_text);
  Statement row(session.database, "SELECT sealed FROM records WHERE person = ? AND name = ?");
  if (!row.with(person, name).step()) return std::nullopt;
  auto plain = unseal(*key, place_of_record(person, name), row.sealed(0));
  if (!plain) fail_row("records", session.database.path());
  return plain;
}

std::vector<OutboxEntry> read_outbox(Session& session, Statement& row) {
  std::vector<OutboxEntry> entries;
  while (row.step()) {
    OutboxEntry entry{.id = row.text(0),
                      .channel = row.text(5),
                      .room = {},
                      .person = {},
                      .bytes = {},
                      .made = time_of(row.integer(7)),
                      .try_at = time_of(row.integer(8))};
    auto fields = open_entry(session, row, "outbox", place_of_outbox(entry.id, entry.channel, row.digest(6), row.digest(1)), 3);
    entry.room = std::move(fields[0]);
    entry.person.value = std::move(fields[1]);
    entry.bytes = std::move(fields[2]);
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Timer> read_timers(Session& session, Statement& row) {
  std::vector<Timer> timers;
  while (row.step()) {
    Timer timer{.id = row.text(0), .person = {}, .due = time_of(row.integer(5)), .bytes = {}};
    auto fields = open_entry(session, row, "timers", place_of_timer(timer.id, timer.due, row.digest(1)), 2);
    timer.person.value = std::move(fields[0]);
    timer.bytes = std::move(fields[1]);
    timers.push_back(std::move(timer));
  }
  return timers;
}

}  // namespace nurturer::store
