#pragma once
// JSON of a peer, read with bounds: anything may stand anywhere, and nothing of it throws.

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace nurturer::matrix {

using Json = nlohmann::json;

/// An object. Nothing when it is no JSON, no object, no UTF-8, or nested deeper than `depth` (what nests deep is cheap to send and dear to
/// hold).
[[nodiscard]] std::optional<Json> parse(std::string_view bytes, std::size_t depth = 64);

/// What stands at a path of keys; null when something on the way is not there or no object.
[[nodiscard]] const Json* at(const Json& object, std::initializer_list<std::string_view> path);

/// Values at a path, or what stands for "not there" when they are of another kind.
[[nodiscard]] std::string text_at(const Json& object, std::initializer_list<std::string_view> path);
[[nodiscard]] std::optional<std::int64_t> number_at(const Json& object, std::initializer_list<std::string_view> path);
[[nodiscard]] bool flag_at(const Json& object, std::initializer_list<std::string_view> path);
[[nodiscard]] const Json* object_at(const Json& object, std::initializer_list<std::string_view> path);
/// Never null: an empty array when there is none.
[[nodiscard]] const Json& array_at(const Json& object, std::initializer_list<std::string_view> path);

/// As bytes; what is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string write(const Json& value);

}  // namespace nurturer::matrix
