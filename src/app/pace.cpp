#include "app/pace.hpp"

#include <algorithm>

namespace nurturer::app {
namespace {

using Pace = Bot::Pace;
using channel::Incoming;

constexpr std::chrono::minutes minute{1};
constexpr std::size_t tidy_above = 10'000;
constexpr std::size_t most = 200'000;  // people and rooms of one minute; beyond, counting starts anew

}  // namespace

Pace Paces::count(const std::string& channel_name, const Incoming& incoming, channel::Time now) {
  const bool group = incoming.room_kind == channel::RoomKind::group;
  const bool press = incoming.kind == Incoming::Kind::press;
  const bool said = incoming.kind == Incoming::Kind::message && (!group || incoming.mention || !incoming.reply_to.empty());
  if (!press && !said) return Pace::within;
  tidy(now);
  const Pace person = count("person " + channel_name + " " + incoming.from, limits_.person_per_minute, now);
  if (!group) return person;
  const Pace room = count("room " + channel_name + " " + incoming.room, limits_.room_per_minute, now);
  return std::max(person, room);
}

Pace Paces::count(const std::string& key, int limit, channel::Time now) {
  Minute& its = minutes_[key];
  if (now - its.from >= minute || now < its.from) its = {now, 0};
  if (its.count <= limit) ++its.count;
  else return Pace::above;
  return its.count <= limit ? Pace::within : Pace::first_above;
}

void Paces::tidy(channel::Time now) {
  if (minutes_.size() < tidy_above) return;
  std::erase_if(minutes_, [now](const auto& item) { return now - item.second.from >= minute; });
  if (minutes_.size() >= most) minutes_.clear();
}

}  // namespace nurturer::app
