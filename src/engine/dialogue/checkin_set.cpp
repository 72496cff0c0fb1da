#include "engine/dialogue/checkin_set.hpp"

#include <algorithm>

#include "engine/dialogue/checkin.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/reminder_set.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/dialogue/room_speech.hpp"
#include "engine/dialogue/slots.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using schedule::Reminder;

constexpr std::size_t longest_own = 200;  // characters
constexpr std::size_t most_own = 50;
constexpr std::size_t most_times = 4;  // check-ins a day, and the weekly reflection
constexpr int nine = 9 * 60 * 60;
constexpr int six_in_the_evening = 18 * 60 * 60;

Place at(std::string step) { return {checkin_script, std::move(step)}; }

std::string zone_of(const Stage& stage) {
  if (!stage.room->check_ins.zone.empty()) return stage.room->check_ins.zone;
  const std::string zone = here(stage).zone;
  return zone.empty() ? "UTC" : zone;
}

std::string quiet_words(Stage& stage) {
  constexpr std::array<std::string_view, 7> days{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  std::string list;
  for (std::size_t i = 0; i < days.size(); ++i) {
    if ((stage.room->check_ins.quiet_days >> i & 1U) != 0) list += (list.empty() ? "" : ", ") + std::string(days[i]);
  }
  return list.empty() ? std::string{} : " " + room_words(stage, at("quiet_note"), {{"list", list}});
}

std::string times_words(Stage& stage) {
  std::string list;
  for (const Reminder& time : stage.room->check_ins.times) {
    list += (list.empty() ? "" : "; ") + room_words(stage, at("title_" + time.script)) + ", " + schedule::rule_text(time.when);
  }
  return list + " (" + zone_of(stage) + ")";
}

void say_plan(Stage& stage, std::string_view step, const std::string& guess = {}) {
  say_there(stage, at(std::string(step)), {{"when", times_words(stage)}, {"list", quiet_words(stage)}, {"guess", guess}});
}

void switch_on(Stage& stage) {
  const Kindness kind = kind_said(stage);
  CheckIns& check_ins = stage.room->check_ins;
  const std::string zone = zone_of(stage);
  const schedule::Found found = series_said(stage, kind);
  const auto settled = schedule::settle(found, {stage.moment.now, zone, stage.event.locale});
  if (settled.question == schedule::Question::too_often) return say_there(stage, at("too_often"));
  std::vector<schedule::When> times{settled.when};
  times.insert(times.end(), settled.also.begin(), settled.also.end());
  if (settled.question != schedule::Question::none || times.front().rule.empty()) return say_there(stage, at("ask_when"));
  if (times.size() > most_times || (found.repeat && found.repeat->unit <= schedule::Repeat::Unit::hour))
    return say_there(stage, at("too_often"));
  const bool reflection = kind == Kindness::reflection;
  std::erase_if(check_ins.times, [&](const Reminder& time) { return (time.script == name(Kindness::reflection)) == reflection; });
  for (const schedule::When& when : times) {
    Reminder time = schedule::make_reminder(new_reminder_id(stage), {}, when);
    time.script = std::string(name(kind));
    check_ins.times.push_back(std::move(time));
  }
  check_ins.zone = times.front().zone;
  if (check_ins.seed == 0) check_ins.seed = stage.moment.dice | 1U;
  const bool told_time = schedule::find(stage.event.text).tells_clock();
  say_plan(stage, "on", told_time ? std::string{} : " " + room_words(stage, at("guess_time")));
}

void switch_off(Stage& stage) {
  CheckIns& check_ins = stage.room->check_ins;
  if (check_ins.times.empty()) return say_there(stage, at("none"));
  check_ins.times.clear();
  check_ins.open.clear();
  say_there(stage, at("off"));
}

unsigned days_said(const Stage& stage) {
  const schedule::Found found = schedule::find(stage.event.text, true);
  unsigned days = 0;
  if (found.repeat) {
    for (const unsigned day : found.repeat->weekdays) days |= 1U << day;
  }
  if (found.day && (found.day->kind == schedule::Day::Kind::weekday || found.day->kind == schedule::Day::Kind::next_weekday)) {
    days |= 1U << found.day->weekday;
  }
  const std::string said = text::fold(stage.event.text);
  if (days == 0 && said.find("weekend") != std::string::npos) days = 1U << 6 | 1U;
  return days & 0x7FU;
}

void keep_quiet(Stage& stage, bool quiet) {
  CheckIns& check_ins = stage.room->check_ins;
  if (check_ins.times.empty()) return say_there(stage, at("none"));
  const unsigned days = days_said(stage);
  if (quiet && days == 0) return say_there(stage, at("ask_days"));
  if (quiet)
    check_ins.quiet_days |= days;
  else
    check_ins.quiet_days = days == 0 ? 0 : check_ins.quiet_days & ~days;
  if (check_ins.quiet_days == 0x7FU) check_ins.quiet_days = 0;  // all days are none: that is what "stop" is for
  say_plan(stage, "plan");
}

// Behind the colon, or what stands between quotation marks.
std::string own_words(const std::string& text) {
  std::size_t from = text.find(':');
  if (from == std::string::npos) from = text.find('"');
  if (from == std::string::npos) return {};
  std::string words = text.substr(from + 1);
  const auto is_edge = [](char c) { return c == ' ' || c == '"' || c == '\n' || c == '\t' || c == '\r'; };
  while (!words.empty() && is_edge(words.front())) words.erase(words.begin());
  while (!words.empty() && is_edge(words.back())) words.pop_back();
  return words;
}

// "www.", "a.b/c", "@ann", "<@1>", "#room:server": nothing that leads elsewhere, and nobody who is named.
bool leads_away(const std::string& words) {
  if (words.find_first_of("@#<>{}") != std::string::npos || words.find("://") != std::string::npos ||
      words.find("www.") != std::string::npos)
    return true;
  for (std::size_t dot = words.find('.'); dot != std::string::npos; dot = words.find('.', dot + 1)) {
    const auto is_letter = [&](std::size_t i) { return i < words.size() && std::isalpha(static_cast<unsigned char>(words[i])) != 0; };
    if (dot > 0 && is_letter(dot - 1) && is_letter(dot + 1) && is_letter(dot + 2)) return true;
  }
  return false;
}

void add_own(Stage& stage) {
  auto& own = stage.room->check_ins.own;
  const std::string words = own_words(stage.event.text);
  if (words.empty()) return say_there(stage, at("own_how"));
  if (characters(words) > longest_own || words.find('\n') != std::string::npos) return say_there(stage, at("own_long"));
  if (leads_away(words) || understanding::kind(stage.reading.intent) == understanding::Kind::safety)
    return say_there(stage, at("own_link"));
  if (own.size() >= most_own) return say_there(stage, at("own_many"));
  if (std::ranges::find(own, words) == own.end()) own.push_back(words);
  say_there(stage, at("own_added"), {{"text", words}, {"count", std::to_string(own.size())}});
}

void show_own(Stage& stage) {
  const auto& own = stage.room->check_ins.own;
  if (own.empty()) return say_there(stage, at("own_none"));
  constexpr std::size_t longest_list = 500;
  std::string list;
  for (std::size_t i = 0; i < own.size() && list.size() < longest_list; ++i)
    list += (list.empty() ? "" : "\n") + std::to_string(i + 1) + ". " + own[i];
  say_there(stage, at("own_list"), {{"list", list}, {"count", std::to_string(own.size())}});
}

void drop_own(Stage& stage) {
  auto& own = stage.room->check_ins.own;
  std::size_t number = 0;
  for (const char c : stage.event.text) {
    if (c >= '0' && c <= '9' && number <= most_own) number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  if (number == 0 || number > own.size()) return say_there(stage, at(own.empty() ? "own_none" : "own_which"));
  own.erase(own.begin() + static_cast<std::ptrdiff_t>(number - 1));
  say_there(stage, at("own_dropped"));
}

// "the room is in Europe/Berlin", "check-ins in London time".
void set_zone(Stage& stage) {
  std::string zone;
  std::string word;
  for (const char c : stage.event.text + " ") {
    const bool inside = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '+' || c == '-';
    if (inside) {
      word += c;
      continue;
    }
    if ((word.find('/') != std::string::npos || word == "UTC") && schedule::zone_known(word)) zone = word;
    word.clear();
  }
  const Town* town = zone.empty() ? place_told(stage, true) : nullptr;
  if (town != nullptr) zone = town->zone;
  if (zone.empty() || !schedule::zone_known(zone)) return say_there(stage, at("ask_zone"));
  CheckIns& check_ins = stage.room->check_ins;
  check_ins.zone = zone;
  for (Reminder& time : check_ins.times) {
    if (auto moved = schedule::moved(time, zone, stage.moment.now)) time = std::move(*moved);
  }
  if (check_ins.times.empty()) return say_there(stage, at("zone_set"), {{"zone", zone}});
  say_plan(stage, "plan");
}

void read_along(Stage& stage, bool reads) {
  stage.room->reads_along = reads;
  say_there(stage, at(reads ? "reads_along" : "reads_not"));
}

void set(Stage& stage, std::string_view word) {
  if (word == "off") return switch_off(stage);
  if (word == "skip" || word == "unskip") return keep_quiet(stage, word == "skip");
  if (word == "add") return add_own(stage);
  if (word == "drop") return drop_own(stage);
  if (word == "zone") return set_zone(stage);
  if (word == "read_not" || word == "read_along") return read_along(stage, word == "read_along");
  switch_on(stage);
}

}  // namespace

std::string word_said(const Stage& stage, std::string_view step) {
  const Step* found = stage.library.find(at(std::string(step)));
  if (found == nullptr) return {};
  for (const Choice& choice : found->ask.choices) {
    if (stage.hears(choice.words)) return choice.id.substr(choice.id.rfind('.') + 1);
  }
  return {};
}

Kindness kind_said(const Stage& stage) { return kindness_named(word_said(stage, "kinds")).value_or(Kindness::affirmation); }

schedule::Found series_said(const Stage& stage, Kindness kind) {
  schedule::Found found = schedule::find(stage.event.text);
  const bool reflection = kind == Kindness::reflection;
  found.elapsed.reset();
  found.event.clear();
  if (!found.repeat) {
    schedule::Repeat repeat;
    repeat.unit = reflection ? schedule::Repeat::Unit::week : schedule::Repeat::Unit::day;
    if (reflection && found.day && found.day->kind == schedule::Day::Kind::weekday)
      repeat.weekdays = {found.day->weekday};
    else if (reflection)
      repeat.weekdays = {0};
    found.repeat = repeat;
    found.day.reset();
  }
  if (!found.tells_clock() && found.repeat->times == 0)
    found.clocks.push_back({reflection ? six_in_the_evening : nine, schedule::Clock::Half::told});
  return found;
}

bool set_check_in(Stage& stage, std::string_view word) {
  const Intent intent = stage.reading.intent;
  std::string_view what = word;
  if (what.empty() && intent == Intent::checkin_off) what = "off";
  if (what.empty() && intent == Intent::checkin_on) what = "on";
  if (what.empty()) return false;
  if (what == "when") {
    if (stage.room->check_ins.times.empty())
      say_there(stage, at("none"));
    else
      say_plan(stage, "plan");
    return true;
  }
  if (what == "lines") {
    show_own(stage);
    return true;
  }
  if (!stage.event.moderator) {
    say_there(stage, at("permission"));
    return true;
  }
  if (stage.around.store_broken) {
    say_there(stage, {reminders_script, "not_possible"});
    return true;
  }
  set(stage, what);
  return true;
}

}  // namespace nurturer::dialogue
