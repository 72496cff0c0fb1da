#include "adapters/matrix/json.hpp"

namespace nurturer::matrix {
namespace {

// Brackets outside of strings, before anything is built.
bool nests_deeper_than(std::string_view bytes, std::size_t depth) {
  std::size_t open = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++open > depth) return true;
    } else if ((c == '}' || c == ']') && open > 0) {
      --open;
    }
  }
  return false;
}

}  // namespace

std::optional<Json> parse(std::string_view bytes, std::size_t depth) {
  if (nests_deeper_than(bytes, depth)) return std::nullopt;
  Json value = Json::parse(bytes, nullptr, false);
  if (!value.is_object()) return std::nullopt;
  return value;
}

const Json* at(const Json& object, std::initializer_list<std::string_view> path) {
  const Json* here = &object;
  for (const std::string_view key : path) {
    if (!here->is_object()) return nullptr;
    const auto found = here->find(key);
    if (found == here->end()) return nullptr;
    here = &*found;
  }
  return here;
}

std::string text_at(const Json& object, std::initializer_list<std::string_view> path) {
  const Json* found = at(object, path);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<std::int64_t> number_at(const Json& object, std::initializer_list<std::string_view> path) {
  const Json* found = at(object, path);
  if (found == nullptr) return std::nullopt;
  if (found->is_number_unsigned() && found->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  return std::nullopt;
}

bool flag_at(const Json& object, std::initializer_list<std::string_view> path) {
  const Json* found = at(object, path);
  return found != nullptr && found->is_boolean() && found->get<bool>();
}

const Json* object_at(const Json& object, std::initializer_list<std::string_view> path) {
  const Json* found = at(object, path);
  return found != nullptr && found->is_object() ? found : nullptr;
}

const Json& array_at(const Json& object, std::initializer_list<std::string_view> path) {
  static const Json none = Json::array();
  const Json* found = at(object, path);
  return found != nullptr && found->is_array() ? *found : none;
}

std::string write(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace nurturer::matrix
