#pragma once
// JSON from Discord, read leniently: a field that is missing, null, or of another kind than expected reads as empty. Ids may be strings
// or integers and are kept as strings of digits, so that none above 2^53 is rounded.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/channel.hpp"

namespace nurturer::discord {

using Json = nlohmann::json;

/// Nothing when `bytes` are no JSON, are longer than `longest`, or nest deeper than `deepest`. Never throws for them.
[[nodiscard]] std::optional<Json> parse(std::string_view bytes, std::size_t longest = std::size_t{8} << 20U, int deepest = 64);

/// As UTF-8 whatever the strings inside hold.
[[nodiscard]] std::string dump(const Json& value);

/// A null value when there is none.
[[nodiscard]] const Json& at(const Json& object, std::string_view key);
/// The elements of an array, or nothing to walk over.
[[nodiscard]] const Json& list(const Json& object, std::string_view key);
[[nodiscard]] std::string text(const Json& object, std::string_view key);
[[nodiscard]] std::int64_t number(const Json& object, std::string_view key, std::int64_t otherwise = 0);
[[nodiscard]] std::optional<double> real(const Json& object, std::string_view key);
[[nodiscard]] bool flag(const Json& object, std::string_view key);
/// Digits, at most 20; empty otherwise.
[[nodiscard]] std::string id(const Json& value);
[[nodiscard]] std::string id(const Json& object, std::string_view key);
/// A 64-bit field of permissions or flags, written as a string or a number.
[[nodiscard]] std::uint64_t bits(const Json& object, std::string_view key);

/// The number in an id; 0 for none.
[[nodiscard]] std::uint64_t number_of(std::string_view id);
/// When something with this id was made: the first 42 bits are milliseconds since 2015.
[[nodiscard]] channel::Time time_of(std::string_view id);
/// The lowest id of what was made then or later.
[[nodiscard]] std::uint64_t first_number_at(channel::Time time);
/// Whether the first id is of something newer.
[[nodiscard]] bool newer(std::string_view one, std::string_view other);

}  // namespace nurturer::discord
