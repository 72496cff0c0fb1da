#include "app/room_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/reminder_json.hpp"
#include "app/time_json.hpp"

namespace nurturer::app {
namespace {

using dialogue::CheckIns;
using dialogue::ForTwo;
using dialogue::Room;
using nlohmann::json;

std::string dumped(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json of_check_ins(const CheckIns& check_ins) {
  json times = json::array();
  for (const schedule::Reminder& time : check_ins.times) {
    // As the timer of a person's reminder is written, without its channel.
    const store::Timer timer = write_reminder("", {}, time, false);
    times.push_back({{"id", timer.id}, {"due", of_time(timer.due)}, {"bytes", timer.bytes}});
  }
  return {{"times", times},
          {"quiet", check_ins.quiet_days},
          {"zone", check_ins.zone},
          {"own", check_ins.own},
          {"seed", check_ins.seed},
          {"said", check_ins.said},
          {"own_said", check_ins.own_said},
          {"number", check_ins.number},
          {"open", check_ins.open},
          {"opened", of_time(check_ins.opened)}};
}

CheckIns to_check_ins(const json& value) {
  CheckIns check_ins;
  for (const json& time : value.value("times", json::array())) {
    if (auto read = read_reminder({time.at("id"), {}, to_time(time.at("due")), time.at("bytes")}))
      check_ins.times.push_back(std::move(read->reminder));
  }
  check_ins.quiet_days = value.value("quiet", 0U);
  check_ins.zone = value.value("zone", "");
  check_ins.own = value.value("own", std::vector<std::string>{});
  check_ins.seed = value.value("seed", std::uint64_t{1});
  check_ins.said = value.value("said", decltype(check_ins.said){});
  check_ins.own_said = value.value("own_said", 0U);
  check_ins.number = value.value("number", 0U);
  check_ins.open = value.value("open", "");
  check_ins.opened = to_time(value.at("opened"));
  return check_ins;
}

json of_two(const ForTwo& two) {
  return {{"what", static_cast<int>(two.what)},
          {"at", static_cast<int>(two.at)},
          {"token", two.token},
          {"first", two.first},
          {"second", two.second},
          {"first_may", two.first_may},
          {"second_yes", two.second_said_yes},
          {"step", two.step},
          {"serial", two.serial},
          {"swapped", two.swapped},
          {"nudged", two.nudged},
          {"answer_until", of_time(two.answer_until)},
          {"due", of_time(two.due)},
          {"longer", two.longer},
          {"first_back", two.first_back},
          {"second_back", two.second_back},
          {"zone", two.zone}};
}

ForTwo to_two(const json& value) {
  ForTwo two;
  two.what = static_cast<ForTwo::What>(std::clamp(value.at("what").get<int>(), 0, 2));
  two.at = static_cast<ForTwo::At>(std::clamp(value.at("at").get<int>(), 0, 2));
  two.token = value.at("token");
  two.first = value.at("first");
  two.second = value.at("second");
  two.first_may = value.at("first_may");
  two.second_said_yes = value.at("second_yes");
  two.step = value.at("step");
  two.serial = value.at("serial");
  two.swapped = value.at("swapped");
  two.nudged = value.at("nudged");
  two.answer_until = to_time(value.at("answer_until"));
  two.due = to_time(value.at("due"));
  two.longer = value.at("longer");
  two.first_back = value.at("first_back");
  two.second_back = value.at("second_back");
  two.zone = value.at("zone");
  return two;
}

}  // namespace

std::string write_room(const Room& room) {
  json value{{"check_ins", of_check_ins(room.check_ins)}, {"told", room.told}, {"reads_along", room.reads_along}, {"timer", room.timer}};
  if (room.two) value["two"] = of_two(*room.two);
  return dumped(value);
}

Room read_room(const std::string& bytes, const std::string& name) {
  Room room;
  room.name = name;
  const json value = json::parse(bytes, nullptr, false);
  if (!value.is_object()) return room;
  try {
    room.check_ins = to_check_ins(value.at("check_ins"));
    room.told = value.value("told", false);
    room.reads_along = value.value("reads_along", true);
    room.timer = value.value("timer", "");
    if (value.contains("two")) room.two = to_two(value.at("two"));
  } catch (const json::exception&) {
    room = {};
    room.name = name;
  }
  return room;
}

store::Timer write_room_wake(const std::string& channel_name, const Room& room, schedule::Time due) {
  return {room.timer, id_of_room(channel_name, room.name), due, channel_name + "\n" + dumped({{"kind", "room"}, {"room", room.name}})};
}

std::optional<std::string> read_room_wake(const store::Timer& timer) {
  // Most of what is due is no room's: quotation marks inside of a string are escaped, so this stands nowhere else.
  if (!has_kind(timer) || timer.bytes.find(R"("kind":"room")") == std::string::npos) return std::nullopt;
  const json value =
      json::parse(timer.bytes.begin() + static_cast<std::ptrdiff_t>(timer.bytes.find('\n') + 1), timer.bytes.end(), nullptr, false);
  if (!value.is_object() || value.value("kind", "") != "room") return std::nullopt;
  return value.value("room", "");
}

}  // namespace nurturer::app
