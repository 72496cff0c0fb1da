#include "content/reader.hpp"

#include <algorithm>
#include <utility>

namespace nurturer::content {
namespace {

std::string_view called(Value::Kind kind) noexcept {
  switch (kind) {
    case Value::Kind::text: return "a single text";
    case Value::Kind::number: return "a number";
    case Value::Kind::fraction: return "a number with a fraction";
    case Value::Kind::yes_no: return "true or false";
    case Value::Kind::date: return "a date";
    case Value::Kind::list: return "a list";
    case Value::Kind::table: return "a group of settings";
    case Value::Kind::other: break;
  }
  return "something else";
}

/// "say" should be a list of sentences, and here stands a number.
void wrong_kind(const Value& value, std::string_view should, std::string remedy, Mistakes& mistakes) {
  mistakes.add(value.key_line,
               in_quotes(value.key) + " should be " + std::string(should) + ", and here stands " + std::string(called(value.kind)),
               std::move(remedy), value.key);
}

std::string for_example(std::string_view key, std::string_view example, std::string_view usual) {
  return "write it like this: " + (example.empty() ? std::string(key) + " = " + std::string(usual) : std::string(example));
}

bool blank(std::string_view text) noexcept { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

Table::Table(const Value& table, std::string_view called, Mistakes& mistakes) : value_(&table), called_(called), mistakes_(&mistakes) {}

const Value* Table::take(std::string_view key) {
  known_.push_back(key);
  return value_->find(key);
}

const Value* Table::take_needed(std::string_view key, std::string_view example) {
  const Value* const value = take(key);
  if (value == nullptr && !example.empty()) {
    mistakes_->add(std::max(1U, value_->line), in_quotes(key) + " is missing in this " + std::string(called_),
                   "add a line such as: " + std::string(example));
  }
  return value;
}

std::optional<Words> Table::text(std::string_view key, std::string_view example) {
  const Value* const value = take_needed(key, example);
  if (value == nullptr) return std::nullopt;
  if (value->kind != Value::Kind::text) {
    wrong_kind(*value, "a text", for_example(key, example, "\"...\""), *mistakes_);
    return std::nullopt;
  }
  if (blank(value->text)) {
    mistakes_->add(value->line, in_quotes(key) + " is empty", "write something between the quotation marks, or take the line away", key);
    return std::nullopt;
  }
  return Words{value->text, value->line};
}

std::vector<Words> Table::texts(std::string_view key, std::string_view example) {
  const Value* const value = take_needed(key, example);
  if (value == nullptr) return {};
  if (value->kind != Value::Kind::list) {
    const bool single = value->kind == Value::Kind::text;
    wrong_kind(*value, "a list of texts",
               single ? "put square brackets round it: " + std::string(key) + " = [" + in_quotes(value->text) + "]"
                      : for_example(key, example, "[\"...\", \"...\"]"),
               *mistakes_);
    return {};
  }
  if (value->items.empty() && !example.empty()) {
    mistakes_->add(value->key_line, in_quotes(key) + " is an empty list", for_example(key, example, ""), key);
  }
  return texts_of(*value, *mistakes_);
}

std::optional<std::int64_t> Table::number(std::string_view key, std::int64_t least, std::int64_t most, std::string_view example) {
  const Value* const value = take_needed(key, example);
  if (value == nullptr) return std::nullopt;
  const std::string range = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  if (value->kind != Value::Kind::number) {
    wrong_kind(*value, range, for_example(key, example, std::to_string(least)), *mistakes_);
    return std::nullopt;
  }
  if (value->number < least || value->number > most) {
    mistakes_->add(value->line, in_quotes(key) + " is " + std::to_string(value->number), "it should be " + range, key);
    return std::nullopt;
  }
  return value->number;
}

bool Table::yes_no(std::string_view key) {
  const Value* const value = take(key);
  if (value == nullptr) return false;
  if (value->kind == Value::Kind::yes_no) return value->yes;
  wrong_kind(*value, "true or false", std::string(key) + " = true, without quotation marks", *mistakes_);
  return false;
}

std::optional<Words> Table::date(std::string_view key, std::string_view example) {
  const Value* const value = take_needed(key, example);
  if (value == nullptr) return std::nullopt;
  if (value->kind == Value::Kind::date) return Words{value->text, value->line};
  wrong_kind(*value, "a date", "write year, month and day without quotation marks: " + std::string(key) + " = 2026-11-24", *mistakes_);
  return std::nullopt;
}

std::vector<const Value*> Table::tables(std::string_view key, std::string_view example) {
  const Value* const value = take_needed(key, example);
  if (value == nullptr) return {};
  const std::string name(key);
  if (value->kind == Value::Kind::table && value->headed) {
    wrong_kind(*value, "the head of an entry of which there can be many", "put two square brackets round it: [[" + name + "]]", *mistakes_);
    return {value};
  }
  if (value->kind != Value::Kind::list) {
    wrong_kind(*value, "a list of groups", for_example(key, example, "[{ ... }, { ... }]"), *mistakes_);
    return {};
  }
  std::vector<const Value*> tables;
  for (const Value& item : value->items) {
    if (item.kind == Value::Kind::table) {
      tables.push_back(&item);
    } else {
      mistakes_->add(
          item.line,
          "each entry of " + in_quotes(key) + " should be a group of settings, and here stands " + std::string(called(item.kind)),
          for_example(key, example, "[{ ... }, { ... }]"), item.text);
    }
  }
  return tables;
}

const Value* Table::table(std::string_view key, std::string_view example) {
  const Value* const value = take_needed(key, example);
  if (value == nullptr || value->kind == Value::Kind::table) return value;
  wrong_kind(*value, "a group of settings", for_example(key, example, "{ ... }"), *mistakes_);
  return nullptr;
}

void Table::finish(std::initializer_list<Belongs> belongs) {
  for (const Value& item : value_->items) {
    if (std::ranges::find(known_, item.key) != known_.end()) continue;
    const auto other = std::ranges::find(belongs, item.key, &Belongs::key);
    mistakes_->add(item.key_line, in_quotes(item.key) + " is not a setting of this " + std::string(called_),
                   other != belongs.end() ? "it belongs " + std::string(other->where)
                                          : did_you_mean(item.key, known_, "settings here: " + one_of(known_)),
                   item.key);
  }
}

std::vector<Words> texts_of(const Value& list, Mistakes& mistakes) {
  std::vector<Words> texts;
  texts.reserve(list.items.size());
  for (const Value& item : list.items) {
    if (item.kind != Value::Kind::text) {
      mistakes.add(item.line,
                   "each entry of " + in_quotes(list.key) + " should be a text, and here stands " + std::string(called(item.kind)),
                   "put each entry between quotation marks: [\"...\", \"...\"]");
    } else if (blank(item.text)) {
      mistakes.add(item.line, "an entry of " + in_quotes(list.key) + " is empty",
                   "write something between the quotation marks, or take the entry away");
    } else {
      texts.push_back({item.text, item.line});
    }
  }
  return texts;
}

std::vector<std::string> without_lines(const std::vector<Words>& words) {
  std::vector<std::string> texts;
  texts.reserve(words.size());
  for (const Words& word : words) texts.push_back(word.text);
  return texts;
}

Names flag_names() {
  Names names;
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) names.push_back(name(*flag));
  return names;
}

understanding::Flags flags_of(const std::vector<Words>& names, Mistakes& mistakes) {
  understanding::Flags flags;
  for (const Words& word : names) {
    if (const auto flag = understanding::flag_named(word.text)) {
      flags.add(*flag);
    } else {
      mistakes.add(word.line, "there is no flag " + in_quotes(word.text),
                   did_you_mean(word.text, flag_names(), "the flags are " + one_of(flag_names())), word.text);
    }
  }
  return flags;
}

}  // namespace nurturer::content
