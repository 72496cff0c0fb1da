#include "adapters/discord/json.hpp"

#include <algorithm>
#include <charconv>

namespace nurturer::discord {
namespace {

const Json nothing;
const Json no_elements = Json::array();
constexpr std::int64_t epoch = 1'420'070'400'000;  // 2015-01-01

}  // namespace

std::optional<Json> parse(std::string_view bytes, std::size_t longest, int deepest) {
  if (bytes.size() > longest) return std::nullopt;
  bool too_deep = false;
  const auto look = [&](int depth, Json::parse_event_t, Json&) {
    if (depth <= deepest) return true;
    too_deep = true;
    return false;
  };
  Json value = Json::parse(bytes.begin(), bytes.end(), look, false);
  if (too_deep || value.is_discarded()) return std::nullopt;
  return value;
}

std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

const Json& at(const Json& object, std::string_view key) {
  if (!object.is_object()) return nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

const Json& list(const Json& object, std::string_view key) {
  const Json& value = at(object, key);
  return value.is_array() ? value : no_elements;
}

std::string text(const Json& object, std::string_view key) {
  const Json& value = at(object, key);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

std::int64_t number(const Json& object, std::string_view key, std::int64_t otherwise) {
  const Json& value = at(object, key);
  return value.is_number_integer() ? value.get<std::int64_t>() : otherwise;
}

std::optional<double> real(const Json& object, std::string_view key) {
  const Json& value = at(object, key);
  if (!value.is_number()) return std::nullopt;
  return value.get<double>();
}

bool flag(const Json& object, std::string_view key) {
  const Json& value = at(object, key);
  return value.is_boolean() && value.get<bool>();
}

std::string id(const Json& value) {
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (!value.is_string()) return {};
  const auto& digits = value.get_ref<const std::string&>();
  const bool good = !digits.empty() && digits.size() <= 20 && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return good ? digits : std::string{};
}

std::string id(const Json& object, std::string_view key) { return id(at(object, key)); }

std::uint64_t bits(const Json& object, std::string_view key) { return number_of(id(object, key)); }

std::uint64_t number_of(std::string_view id) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), value);
  return error == std::errc{} && end == id.data() + id.size() ? value : 0;
}

channel::Time time_of(std::string_view id) {
  return channel::Time{std::chrono::milliseconds{static_cast<std::int64_t>(number_of(id) >> 22U) + epoch}};
}

std::uint64_t first_number_at(channel::Time time) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count() - epoch)) << 22U;
}

bool newer(std::string_view one, std::string_view other) { return number_of(one) > number_of(other); }

}  // namespace nurturer::discord
