#pragma once
// The requests of the client-server API that we make, each built in one place. Names of rooms, users and events are any bytes.

#include <string>
#include <vector>

#include "adapters/matrix/request.hpp"

namespace nurturer::matrix::ask {

/// The first look at all rooms: their state, our marks, nothing of what was said. `chance` makes it unlike the one before: Synapse answers the
/// same question of one device for two minutes with the same answer, and a service that was just restarted would see rooms as they were.
[[nodiscard]] Request first_sync(std::uint64_t chance);
/// What is new since `since`, waiting up to `wait` for it.
[[nodiscard]] Request sync(const std::string& since, int timeline_limit, std::chrono::milliseconds wait);
/// Older events than `from`, newest first, not beyond `to` (may be empty).
[[nodiscard]] Request older(const std::string& room, const std::string& from, const std::string& to, int limit);
[[nodiscard]] Request event(const std::string& room, const std::string& event);
[[nodiscard]] Request encryption_of(const std::string& room);

/// `via`: a server that knows the room; empty: none.
[[nodiscard]] Request join(const std::string& room, const std::string& via);
[[nodiscard]] Request leave(const std::string& room);
/// `encryption`: content of its m.room.encryption; null: none.
[[nodiscard]] Request create_direct(const std::string& user, const Json& encryption);
/// All who are or were asked in.
[[nodiscard]] Request members(const std::string& room);
[[nodiscard]] Request account_data(const std::string& self, const std::string& type);
[[nodiscard]] Request set_account_data(const std::string& self, const std::string& type, const Json& content);
[[nodiscard]] Request set_direct(const std::string& self, const Json& content);

/// The same transaction id makes the same event, however often it is sent within a day.
[[nodiscard]] Request send(const std::string& room, const std::string& type, const std::string& transaction, const Json& content);
/// Bytes for the server to keep, sealed: neither their name nor their kind is told.
[[nodiscard]] Request upload(std::string sealed);
[[nodiscard]] Request redact(const std::string& room, const std::string& event, const std::string& transaction);
[[nodiscard]] Request receipt(const std::string& room, const std::string& event, const std::string& thread);
[[nodiscard]] Request typing(const std::string& room, const std::string& self, bool on);
/// That we said why we cannot read there.
[[nodiscard]] Request mark_told(const std::string& self, const std::string& room);

}  // namespace nurturer::matrix::ask
