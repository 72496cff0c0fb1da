#include "content/toml.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include <toml++/toml.h>

#include "content/utf8.hpp"

namespace nurturer::content {
namespace {

Value convert(toml::node& node);

std::string written(const toml::date& date) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04u-%02u-%02u", static_cast<unsigned>(date.year), static_cast<unsigned>(date.month),
                static_cast<unsigned>(date.day));
  return text.data();
}

void convert_table(toml::table& table, Value& into) {
  into.kind = Value::Kind::table;
  into.headed = !table.is_inline();
  struct Place {
    toml::source_position at;
    std::size_t index;
  };
  std::vector<Place> order;
  std::vector<Value> items;
  order.reserve(table.size());
  items.reserve(table.size());
  for (auto&& [key, node] : table) {
    order.push_back({key.source().begin, items.size()});
    Value& item = items.emplace_back(convert(node));
    item.key = std::string(key.str());
    item.key_line = key.source().begin.line;
  }
  std::ranges::sort(order, [](const Place& a, const Place& b) { return a.at < b.at; });  // toml++ keeps keys by the alphabet
  into.items.reserve(items.size());
  for (const auto& place : order) into.items.push_back(std::move(items[place.index]));
}

void convert_list(toml::array& list, Value& into) {
  into.kind = Value::Kind::list;
  into.items.reserve(list.size());
  for (auto&& node : list) into.items.push_back(convert(node));
  into.headed = !into.items.empty() && std::ranges::all_of(into.items, &Value::headed);
}

Value convert(toml::node& node) {
  Value value;
  value.line = node.source().begin.line;
  if (auto* const text = node.as_string()) {
    value.kind = Value::Kind::text;
    value.text = std::move(text->get());
  } else if (const auto* const number = node.as_integer()) {
    value.kind = Value::Kind::number;
    value.number = number->get();
  } else if (node.is_floating_point()) {
    value.kind = Value::Kind::fraction;
  } else if (const auto* const yes = node.as_boolean()) {
    value.kind = Value::Kind::yes_no;
    value.yes = yes->get();
  } else if (const auto* const date = node.as_date()) {
    value.kind = Value::Kind::date;
    value.text = written(date->get());
  } else if (auto* const list = node.as_array()) {
    convert_list(*list, value);
  } else if (auto* const table = node.as_table()) {
    convert_table(*table, value);
  }
  return value;
}

Diagnostic not_utf8(const Page& page, std::size_t offset) {
  const auto before = std::string_view(page.bytes()).substr(0, offset);
  const auto line = static_cast<std::uint32_t>(std::ranges::count(before, '\n')) + 1;
  return {{page.path(), line},
          page.quote(line),
          "a letter in this line is not stored as UTF-8, so nobody can tell which letter it is",
          "save the file again as UTF-8: most editors offer it beside the name when saving"};
}

}  // namespace

const Value* Value::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find(items, name, &Value::key);
  return kind != Kind::table || found == items.end() ? nullptr : &*found;
}

std::optional<Value> read_toml(const Page& page, Diagnostics& diagnostics) {
  Mistakes mistakes(page, diagnostics);
  if (const auto bad = first_not_utf8(page.bytes()); bad != std::string_view::npos) {
    diagnostics.push_back(not_utf8(page, bad));
    return std::nullopt;
  }
  try {
    toml::table table = toml::parse(std::string_view(page.bytes()), std::string_view());
    return convert(table);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    const auto told = explain_unreadable(page, error.description(), at.line, at.column);
    mistakes.add(told.line, told.problem, told.remedy);
    return std::nullopt;
  }
}

}  // namespace nurturer::content
