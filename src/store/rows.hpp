#pragma once
// Sealed rows: which key a row is sealed with, and the words that bind it to its place.

#include <optional>
#include <string>
#include <vector>

#include "store/session.hpp"
#include "store/store.hpp"

namespace nurturer::store {

[[nodiscard]] inline std::int64_t ticks(Time time) { return time.time_since_epoch().count(); }
[[nodiscard]] inline Time time_of(std::int64_t ticks) { return Time(std::chrono::milliseconds(ticks)); }
[[nodiscard]] std::int64_t day_of(Time time);

/// The person's key, valid until the next call of anything here; nullptr when they have no row, or were forgotten.
[[nodiscard]] const Key* find_key(Session& session, const Digest& person);

void put_record(Session& session, const Record& record, std::optional<Time> at);
void drop_record(Session& session, const PersonId& person, const std::string& name);
void put_outbox(Session& session, const OutboxEntry& entry);
/// Of each id one, in an order of their own.
void put_timers(Session& session, const std::vector<Timer>& timers);
void drop_timers(Session& session, const std::vector<std::string>& ids);

[[nodiscard]] std::optional<std::string> find_record(Session& session, const PersonId& person, const std::string& name);

/// Read what `statement` gives; its columns are those of the constants below.
[[nodiscard]] std::vector<OutboxEntry> read_outbox(Session& session, Statement& statement);
[[nodiscard]] std::vector<Timer> read_timers(Session& session, Statement& statement);

/// Rows of a person whose key was destroyed are no longer there, even before they are deleted.
inline constexpr const char* select_outbox =
    "SELECT o.id, o.person, o.own_key, p.key, o.sealed, o.channel, o.room, o.made, o.try_at "
    "FROM outbox o LEFT JOIN persons p ON p.id = o.person WHERE (o.own_key IS NOT NULL OR p.key IS NOT NULL) ";
inline constexpr const char* select_timers =
    "SELECT t.id, t.person, t.own_key, p.key, t.sealed, t.due "
    "FROM timers t LEFT JOIN persons p ON p.id = t.person WHERE (t.own_key IS NOT NULL OR p.key IS NOT NULL) ";

}  // namespace nurturer::store
