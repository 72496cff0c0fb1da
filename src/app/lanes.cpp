#include "app/lanes.hpp"

#include <algorithm>
#include <utility>

#include "app/lane.hpp"

namespace nurturer::app {

using channel::Outgoing;

Lanes::Class Lanes::class_of(const Outgoing& line) {
  if (line.about.level == "crisis" || line.about.level == "emergency") return urgent;
  return line.answers.empty() ? unasked : asked;
}

std::optional<Lanes::Class> Lanes::first_class(const Lane& lane) {
  for (const Class of : {urgent, asked, unasked}) {
    if (!lane.lines[of].empty()) return of;
  }
  return std::nullopt;
}

Lanes::Time Lanes::due(const Lane& lane, Class of) const {
  const auto& lines = lane.lines[of];
  const Line& head = lines.front();
  Time at = head.not_before;
  const bool goes_on = lane.last_answered == head.out.answers && lines.back().out.answers == head.out.answers;
  if (goes_on && head.out.after.count() > 0) at = std::max(at, lane.last_sent + head.out.after);
  if (of == unasked && lane.last_unasked != Time{}) at = std::max(at, lane.last_unasked + options_.unasked_distance);
  return at;
}

void Lanes::unfile(Lane& lane) {
  if (lane.waits) waiting_.erase(*std::exchange(lane.waits, std::nullopt));
  if (lane.is_ready) ready_of(lane).erase(*std::exchange(lane.is_ready, std::nullopt));
}

void Lanes::file(const std::string& name, Time now) {
  const auto found = lanes_.find(name);
  Lane& lane = found->second;
  unfile(lane);
  if (lane.flying) return;
  const auto of = first_class(lane);
  // An empty lane stays as long as it keeps the next unasked line at a distance.
  const Time at = of ? due(lane, *of) : lane.last_unasked + options_.unasked_distance;
  if (at > now) {
    lane.waits.emplace(at, name);
    waiting_.insert(*lane.waits);
  } else if (of) {
    lane.is_ready.emplace(*of, lane.lines[*of].front().out.id);
    ready_of(lane).emplace(*lane.is_ready, name);
  } else {
    lanes_.erase(found);
  }
}

void Lanes::push(Outgoing line, Time now) {
  if (holds(line.id)) return;
  const std::string name = lane_of(line);
  where_.emplace(line.id, name);
  const Class of = class_of(line);
  Lane& lane = lanes_[name];
  lane.has_way = !line.way.empty();
  lane.lines[of].push_back({std::move(line), {}});
  file(name, now);
}

const Lanes::Ready::value_type* Lanes::next() const {
  if (!ready_ways_.empty()) return &*ready_ways_.begin();
  if (ready_.empty()) return nullptr;
  const auto& first = *ready_.begin();
  return flying_ < (first.first.first == urgent ? options_.urgent_in_flight : options_.in_flight) ? &first : nullptr;
}

std::vector<Outgoing> Lanes::take(Time now) {
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    const std::string name = waiting_.begin()->second;
    file(name, now);
  }
  std::vector<Outgoing> out;
  while (const auto* first = next()) {
    const Class of = first->first.first;
    Lane& lane = lanes_.at(first->second);
    lane.flying = std::move(lane.lines[of].front());
    lane.lines[of].pop_front();
    ++flying_of(lane);
    out.push_back(lane.flying->out);
    unfile(lane);
  }
  return out;
}

std::optional<Lanes::Time> Lanes::deadline() const {
  if (next() != nullptr) return Time::min();
  if (waiting_.empty()) return std::nullopt;
  return waiting_.begin()->first;
}

Lanes::Lane* Lanes::lane_in_flight(const std::string& id) { return find_in_flight(id) == nullptr ? nullptr : &lanes_.at(where_.at(id)); }

const Outgoing* Lanes::find_in_flight(const std::string& id) const {
  const auto where = where_.find(id);
  if (where == where_.end()) return nullptr;
  const Lane& lane = lanes_.at(where->second);
  return lane.flying && lane.flying->out.id == id ? &lane.flying->out : nullptr;
}

std::optional<Outgoing> Lanes::acknowledge(const std::string& id, Time now) {
  Lane* lane = lane_in_flight(id);
  if (lane == nullptr) return std::nullopt;
  Outgoing line = std::move(lane->flying->out);
  lane->flying.reset();
  --flying_of(*lane);
  lane->last_answered = line.answers;
  lane->last_sent = now;
  if (class_of(line) == unasked) lane->last_unasked = now;
  const auto where = where_.find(id);
  const std::string name = std::move(where->second);
  where_.erase(where);
  file(name, now);
  return line;
}

bool Lanes::retry(const std::string& id, Time at, Time now) {
  Lane* lane = lane_in_flight(id);
  if (lane == nullptr) return false;
  Line line = std::move(*lane->flying);
  lane->flying.reset();
  --flying_of(*lane);
  line.not_before = at;
  const Class of = class_of(line.out);
  lane->lines[of].push_front(std::move(line));
  file(where_.at(id), now);
  return true;
}

bool Lanes::withdraw(const std::string& id, Time now) {
  const auto where = where_.find(id);
  if (where == where_.end() || lane_in_flight(id) != nullptr) return false;
  const std::string name = where->second;
  for (auto& lines : lanes_.at(name).lines) std::erase_if(lines, [&id](const Line& line) { return line.out.id == id; });
  where_.erase(where);
  file(name, now);
  return true;
}

}  // namespace nurturer::app
