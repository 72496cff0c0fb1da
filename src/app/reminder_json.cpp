#include "app/reminder_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/time_json.hpp"

namespace nurturer::app {
namespace {

using nlohmann::json;
using schedule::Reminder;

template <class Duration>
Duration to_duration(const json& value) {
  return Duration{value.get<std::int64_t>()};
}

schedule::Wall to_wall(const json& value) { return schedule::Wall{to_duration<std::chrono::seconds>(value)}; }

// Short names: a million of these lie in the store.
json of_reminder(const Reminder& reminder) {
  json value{{"kind", "reminder"},
             {"text", reminder.text},
             {"zone", reminder.when.zone},
             {"start", reminder.when.start.time_since_epoch().count()},
             {"next", reminder.next.time_since_epoch().count()},
             {"room", reminder.room}};
  if (!reminder.when.rule.empty()) value["rule"] = reminder.when.rule;
  if (reminder.when.elapsed) value["moment"] = reminder.when.moment.time_since_epoch().count();
  if (!reminder.script.empty()) value["script"] = reminder.script;
  if (reminder.state != Reminder::State::waiting) value["state"] = static_cast<int>(reminder.state);
  if (reminder.paused) value["paused"] = true;
  if (reminder.last != schedule::Time{}) value["last"] = reminder.last.time_since_epoch().count();
  if (reminder.missed != schedule::Time{}) value["missed"] = reminder.missed.time_since_epoch().count();
  if (!reminder.snooze_of.empty()) value["of"] = reminder.snooze_of;
  if (reminder.group) value["group"] = true;
  if (reminder.all) value["all"] = true;
  if (reminder.said > 0 && !reminder.script.empty()) value["said"] = reminder.said;
  return value;
}

Reminder to_reminder(const store::Timer& timer, const json& value) {
  Reminder reminder;
  reminder.id = timer.id;
  reminder.due = timer.due;
  reminder.text = value.at("text");
  reminder.when.zone = value.at("zone");
  reminder.when.start = to_wall(value.at("start"));
  reminder.when.rule = value.value("rule", "");
  reminder.when.elapsed = value.contains("moment");
  reminder.when.moment =
      reminder.when.elapsed ? to_time(value.at("moment")) : schedule::instant_of(reminder.when.start, reminder.when.zone);
  reminder.next = to_wall(value.at("next"));
  reminder.room = value.at("room");
  reminder.script = value.value("script", "");
  reminder.state = static_cast<Reminder::State>(std::clamp(value.value("state", 0), 0, 2));
  reminder.paused = value.value("paused", false);
  if (value.contains("last")) reminder.last = to_time(value.at("last"));
  if (value.contains("missed")) reminder.missed = to_time(value.at("missed"));
  reminder.snooze_of = value.value("of", "");
  reminder.group = value.value("group", false);
  reminder.all = value.value("all", false);
  reminder.said = std::max(value.value("said", 0), 0);
  return reminder;
}

std::size_t body_at(const store::Timer& timer) noexcept {
  const std::size_t line = timer.bytes.find('\n');
  return line == std::string::npos ? timer.bytes.size() : line + 1;
}

}  // namespace

store::Timer write_reminder(const std::string& channel_name, const store::PersonId& person, const Reminder& reminder, bool discreet) {
  json value = of_reminder(reminder);
  value["discreet"] = discreet;
  return {reminder.id, person, reminder.due, channel_name + "\n" + value.dump(-1, ' ', false, json::error_handler_t::replace)};
}

bool has_kind(const store::Timer& timer) noexcept {
  const std::size_t at = body_at(timer);
  return at < timer.bytes.size() && timer.bytes[at] == '{';
}

std::optional<KeptReminder> read_reminder(const store::Timer& timer) {
  if (!has_kind(timer)) return std::nullopt;
  const json value = json::parse(timer.bytes.begin() + static_cast<std::ptrdiff_t>(body_at(timer)), timer.bytes.end(), nullptr, false);
  if (!value.is_object()) return std::nullopt;
  try {
    if (value.value("kind", "") != "reminder") return std::nullopt;
    const auto discreet = value.find("discreet");
    return KeptReminder{to_reminder(timer, value), discreet == value.end() ? std::nullopt : std::optional(discreet->get<bool>())};
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace nurturer::app
