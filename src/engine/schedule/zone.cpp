#include "engine/schedule/zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

namespace nurturer::schedule {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// The library looks for names in the file system: a name that no zone can have is not passed on to it.
bool plausible(std::string_view zone) {
  if (zone.empty() || zone.size() > 64 || zone.front() == '/' || zone.find("..") != std::string_view::npos) return false;
  return std::ranges::all_of(zone, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' || c == '+';
  });
}

const date::time_zone* find(std::string_view zone) {
  if (!plausible(zone)) return nullptr;
  try {
    return date::locate_zone(zone);
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

// One for each offset that people live at; of several the one with most of them, or the one that a messenger's people are likeliest in.
constexpr std::array<std::string_view, 44> principal{
    "Europe/London",     "Europe/Berlin",       "Europe/Athens",      "Europe/Moscow",      "Asia/Dubai",          "Asia/Karachi",
    "Asia/Kolkata",      "Asia/Kathmandu",      "Asia/Dhaka",         "Asia/Yangon",        "Asia/Bangkok",        "Asia/Shanghai",
    "Asia/Tokyo",        "Australia/Sydney",    "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin",    "Pacific/Auckland",
    "America/New_York",  "America/Chicago",     "America/Denver",     "America/Phoenix",    "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu",  "America/Halifax",     "America/St_Johns",   "America/Sao_Paulo",  "America/Noronha",     "Atlantic/Azores",
    "Africa/Lagos",      "Africa/Johannesburg", "Africa/Nairobi",     "Asia/Tehran",        "Asia/Kabul",          "Asia/Tashkent",
    "Asia/Manila",       "Pacific/Noumea",      "Pacific/Tongatapu",  "Pacific/Kiritimati", "Pacific/Chatham",     "Pacific/Marquesas",
    "Pacific/Pago_Pago", "Australia/Eucla"};

constexpr minutes day{24 * 60};

minutes apart(minutes a, minutes b) {
  const minutes difference{std::abs((a - b).count()) % day.count()};
  return std::min(difference, day - difference);
}

struct Abbreviation {
  std::string_view name, zone, title;
};
constexpr std::array<Abbreviation, 44> abbreviations{{
    {"utc", "UTC", "UTC"},
    {"z", "UTC", "UTC"},
    {"gmt", "UTC", "GMT"},
    {"bst", "Europe/London", "Britain"},
    {"wet", "Europe/Lisbon", "Portugal"},
    {"west", "Europe/Lisbon", "Portugal"},
    {"cet", "Europe/Berlin", "Central Europe"},
    {"cest", "Europe/Berlin", "Central Europe"},
    {"mez", "Europe/Berlin", "Central Europe"},
    {"eet", "Europe/Athens", "Eastern Europe"},
    {"eest", "Europe/Athens", "Eastern Europe"},
    {"msk", "Europe/Moscow", "Moscow"},
    {"ist", "Asia/Kolkata", "India"},
    {"ist", "Europe/Dublin", "Ireland"},
    {"ist", "Asia/Jerusalem", "Israel"},
    {"cst", "America/Chicago", "US Central"},
    {"cst", "Asia/Shanghai", "China"},
    {"cst", "America/Havana", "Cuba"},
    {"est", "America/New_York", "US Eastern"},
    {"edt", "America/New_York", "US Eastern"},
    {"et", "America/New_York", "US Eastern"},
    {"eastern", "America/New_York", "US Eastern"},
    {"cdt", "America/Chicago", "US Central"},
    {"ct", "America/Chicago", "US Central"},
    {"mst", "America/Denver", "US Mountain"},
    {"mdt", "America/Denver", "US Mountain"},
    {"mt", "America/Denver", "US Mountain"},
    {"pst", "America/Los_Angeles", "US Pacific"},
    {"pdt", "America/Los_Angeles", "US Pacific"},
    {"pt", "America/Los_Angeles", "US Pacific"},
    {"akst", "America/Anchorage", "Alaska"},
    {"hst", "Pacific/Honolulu", "Hawaii"},
    {"ast", "America/Halifax", "Atlantic Canada"},
    {"ast", "Asia/Riyadh", "Arabia"},
    {"nst", "America/St_Johns", "Newfoundland"},
    {"brt", "America/Sao_Paulo", "Brazil"},
    {"jst", "Asia/Tokyo", "Japan"},
    {"kst", "Asia/Seoul", "Korea"},
    {"sgt", "Asia/Singapore", "Singapore"},
    {"hkt", "Asia/Hong_Kong", "Hong Kong"},
    {"aest", "Australia/Sydney", "Eastern Australia"},
    {"aedt", "Australia/Sydney", "Eastern Australia"},
    {"nzst", "Pacific/Auckland", "New Zealand"},
    {"nzdt", "Pacific/Auckland", "New Zealand"},
}};

}  // namespace

bool zone_known(std::string_view zone) { return find(zone) != nullptr; }

Time instant_of(Wall wall, std::string_view zone) {
  const date::time_zone* const place = find(zone);
  if (place == nullptr) return Time{wall.time_since_epoch()};
  const date::local_info info = place->get_info(wall);
  if (info.result == date::local_info::nonexistent) return info.first.end;
  return date::sys_seconds{wall.time_since_epoch()} - info.first.offset;
}

Wall wall_of(Time time, std::string_view zone) {
  const auto whole = std::chrono::floor<seconds>(time);
  const date::time_zone* const place = find(zone);
  const seconds offset = place == nullptr ? seconds{0} : place->get_info(whole).offset;
  return Wall{(whole + offset).time_since_epoch()};
}

bool second_coming(Time time, std::string_view zone) { return instant_of(wall_of(time, zone), zone) < std::chrono::floor<seconds>(time); }

std::string abbreviation(Time time, std::string_view zone) {
  const date::time_zone* const place = find(zone);
  return place == nullptr ? "UTC" : place->get_info(std::chrono::floor<seconds>(time)).abbrev;
}

std::vector<std::string> zones_showing(minutes of_day, Time now, const std::vector<std::string>& prefer) {
  // People round, and a message travels: a clock may be a few minutes off. No two offsets are nearer than a quarter of an hour.
  constexpr minutes close{7};
  std::vector<std::string> found;
  const auto look = [&](std::string_view zone) {
    if (find(zone) == nullptr || std::ranges::find(found, zone) != found.end()) return;
    const Wall wall = wall_of(now, zone);
    const auto shows = std::chrono::floor<minutes>(wall - std::chrono::floor<date::days>(wall));
    if (apart(shows, of_day) <= close) found.emplace_back(zone);
  };
  for (const std::string& zone : prefer) look(zone);
  for (const std::string_view zone : principal) look(zone);
  return found;
}

std::vector<NamedZone> zones_called(std::string_view name) {
  std::vector<NamedZone> found;
  for (const Abbreviation& entry : abbreviations) {
    if (entry.name == name) found.push_back({std::string(entry.zone), std::string(entry.title)});
  }
  return found;
}

}  // namespace nurturer::schedule
