#include "adapters/matrix/lines.hpp"

#include <algorithm>

namespace nurturer::matrix {
namespace {

void remember(std::set<std::string>& set, std::deque<std::string>& by_age, const std::string& id, std::size_t most) {
  if (!set.insert(id).second) return;
  by_age.push_back(id);
  if (by_age.size() <= most) return;
  set.erase(by_age.front());
  by_age.pop_front();
}

}  // namespace

void Lines::add(const std::string& event, Line line) {
  if (lines_.contains(event)) return;
  events_.emplace(line.id, event);
  lines_.emplace(event, std::move(line));
  lines_by_age_.push_back(event);
  if (lines_by_age_.size() <= most_) return;
  const auto oldest = lines_.find(lines_by_age_.front());
  const auto [from, to] = events_.equal_range(oldest->second.id);
  const auto entry = std::find_if(from, to, [&](const auto& one) { return one.second == oldest->first; });
  if (entry != to) events_.erase(entry);
  lines_.erase(oldest);
  lines_by_age_.pop_front();
}

void Lines::add_other(const std::string& event) { remember(others_, others_by_age_, event, most_); }

void Lines::join_thread(const std::string& root) { remember(threads_, threads_by_age_, root, most_ / 4); }

const Line* Lines::find(const std::string& event) const {
  const auto found = lines_.find(event);
  return found == lines_.end() ? nullptr : &found->second;
}

std::vector<std::string> Lines::events_of(const std::string& id) const {
  std::vector<std::string> events;
  const auto [from, to] = events_.equal_range(id);
  for (auto one = from; one != to; ++one) events.push_back(one->second);
  return events;
}

std::optional<Line> line_of(const Event& event, const std::string& self, const std::string& room) {
  if (event.sender != self || event.type != "m.room.message") return std::nullopt;
  const Json* mark = object_at(event.content, {line_mark});
  if (mark == nullptr) return std::nullopt;
  Line line{text_at(*mark, {"line"}), room, {}, {}};
  if (text_at(event.content, {"m.relates_to", "rel_type"}) == "m.thread")
    line.thread = text_at(event.content, {"m.relates_to", "event_id"});
  if (line.id.empty()) return std::nullopt;
  for (const Json& choice : array_at(*mark, {"choices"})) {
    if (choice.is_string()) line.choices.push_back(choice.get<std::string>());
  }
  return line;
}

}  // namespace nurturer::matrix
