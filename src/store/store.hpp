#pragma once
// What outlives a process, behind one interface: SQLite for the service, memory for `chat --memory` and tests.
//
// Promises (one contract suite holds both to them, tests/store):
//   * commit() is one transaction: all of a Change or nothing.
//   * Nothing of a person lies in clear. Records, outbox texts and timers are sealed (AES-256-GCM) with a key of that person or
//     talk, which is wrapped by the deployment's key. Persons, rooms and inbox ids are kept as keyed hashes (HMAC-SHA-256).
//   * forget() destroys the person's key first, then the rows, and leaves no trace in file or write-ahead log.
//   * A person has a row only once a Change puts a record for them (the app asks them first).
// Errors: Unavailable is thrown by every call when the disk is full, read-only or broken; the object stays usable.
// Threads: one at a time.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace nurturer::store {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

class Unavailable : public std::runtime_error {
 public:
  enum class Why { locked, read_only, full, damaged, wrong_key, newer_version, other };
  Unavailable(Why why, const std::string& what) : std::runtime_error(what), why_(why) {}
  [[nodiscard]] Why why() const noexcept { return why_; }

 private:
  Why why_;
};

/// A person on a platform: "console:ann", "matrix:@ann:example.org".
struct PersonId {
  std::string value;
  friend bool operator==(const PersonId&, const PersonId&) = default;
};

/// A sealed record of a person: `name` tells it from the others ("person", "talk:ROOM").
struct Record {
  PersonId person;
  std::string name;
  std::string bytes;  // opaque to the store
};

struct OutboxEntry {
  std::string id;       // fixed before the first try; sorts by age
  std::string channel;  // "matrix", "discord", "console"
  std::string room;     // entries of one room go out in order
  PersonId person;      // forgetting the person drops the entry; empty: of nobody
  std::string bytes;    // opaque to the store
  Time made{};
  Time try_at{};
};

struct Timer {
  std::string id;
  PersonId person;  // empty: of nobody
  Time due{};
  std::string bytes;  // opaque to the store
};

/// One turn's effect on the store. What is dropped goes before what is put.
struct Change {
  struct InboxMark {
    std::string channel;
    std::string id;
    Time at{};
  };
  struct CursorMark {
    std::string channel;
    std::string bytes;
  };
  std::optional<InboxMark> inbox;
  std::vector<Record> records;                                 // put, replacing
  std::vector<std::pair<PersonId, std::string>> drop_records;  // by person and name
  std::vector<OutboxEntry> outbox;
  std::vector<Timer> timers;             // put, replacing by id
  std::vector<std::string> drop_timers;  // by id; unknown ids are fine
  std::optional<CursorMark> cursor;
  // When the turn was: the day that the persons of `records` were last touched. Left out, the next sweep dates them.
  std::optional<Time> at;
};

inline constexpr std::chrono::hours inbox_kept{24 * 7};
inline constexpr std::chrono::hours outbox_kept{24};

class Store {
 public:
  virtual ~Store() = default;

  [[nodiscard]] virtual bool seen(const std::string& channel, const std::string& inbox_id) = 0;
  [[nodiscard]] virtual std::optional<std::string> find(const PersonId& person, const std::string& record) = 0;
  [[nodiscard]] virtual bool knows(const PersonId& person) = 0;
  virtual void commit(const Change& change) = 0;

  /// The key first, then records, timers and outbox of the person. Idempotent. Rewrites the database: rare, not cheap. When it
  /// throws, the key may be gone already; calling it again, a sweep, or the next start finishes it.
  virtual void forget(const PersonId& person) = 0;

  /// Entries of `channel` to try at `now` or before, oldest first within a room, at most `most`. While an entry waits for its
  /// next try (retry), those after it in its room wait too; one that was made for later holds nothing back.
  [[nodiscard]] virtual std::vector<OutboxEntry> outbox(const std::string& channel, Time now, std::size_t most) = 0;
  virtual void delivered(const std::string& outbox_id) = 0;
  virtual void retry(const std::string& outbox_id, Time at) = 0;

  /// Timers due at `now` or before, by due time, then id; at most `most`.
  [[nodiscard]] virtual std::vector<Timer> due(Time now, std::size_t most) = 0;
  /// The first due time later than `after`.
  [[nodiscard]] virtual std::optional<Time> next_due(Time after = Time{}) = 0;
  [[nodiscard]] virtual std::vector<Timer> timers_of(const PersonId& person) = 0;

  [[nodiscard]] virtual std::optional<std::string> cursor(const std::string& channel) = 0;

  /// Drops inbox marks, outbox entries and idle persons (not touched since `idle_since`) that are past their time. At start and
  /// every hour or so: it also cuts the log, and once a day clears what delivered entries left in the gaps of the file.
  virtual void sweep(Time now, Time idle_since) = 0;
};

[[nodiscard]] std::unique_ptr<Store> open_memory();

/// Opens (and makes, 0700/0600) the folder, its key file, its lock and its database. Throws Unavailable with a sentence that
/// says what, where and what to do; `locked` when another process has the folder. A folder that can only be read opens, and
/// throws at the first commit.
[[nodiscard]] std::unique_ptr<Store> open_sqlite(const std::string& folder, const std::string& key_file);

}  // namespace nurturer::store
