#include "content/graph.hpp"

namespace nurturer::content {
namespace {

using dialogue::Ask;
using dialogue::Go;
using dialogue::Place;

// The engine calls its steps by the language that a person writes in.
constexpr std::string_view called_by_language = "other_languages";

std::string key(const Place& place) {
  return place.script + '\n' + place.step;
}

}  // namespace

Graph::Graph(const dialogue::Library& library) {
  for (const auto& script : library.scripts) {
    for (const auto& step : script.steps) {
      places_.emplace(key({script.id, step.id}), static_cast<std::uint32_t>(nodes_.size()));
      nodes_.push_back({&script, &step, {}});
    }
  }
  for (Node& node : nodes_) add_ways(node);
}

void Graph::add_ways(Node& node) {
  const dialogue::Step& step = *node.step;
  for (const auto& choice : step.ask.choices) add_way(node, choice.go, choice.sets, choice.clears);
  for (const auto& range : step.ask.ranges) add_way(node, range.go);
  for (const auto& answer : step.ask.answers) add_way(node, answer.go, answer.sets);
  if (step.ask.kind == Ask::Kind::free) add_way(node, step.ask.go);
  if (step.go) add_way(node, *step.go);
  if (!step.instead.empty()) add_way(node, {Go::To::step, {node.script->id, step.instead}});
}

void Graph::add_way(Node& node, const Go& go, understanding::Flags sets, understanding::Flags clears) {
  Way way{go.to, 0, sets, clears};
  if (go.to == Go::To::step) {
    way.target = find(go.place);
    if (way.target == nodes_.size()) return;  // load() has told
  }
  node.ways.push_back(way);
}

std::uint32_t Graph::find(const Place& place) const {
  const auto found = places_.find(key(place));
  return found == places_.end() ? static_cast<std::uint32_t>(nodes_.size()) : found->second;
}

std::vector<std::uint32_t> Graph::entries() const {
  std::vector<std::uint32_t> entries;
  const dialogue::Script* before = nullptr;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const dialogue::Script* const script = nodes_[i].script;
    if (script->id == called_by_language) entries.push_back(i);
    if (script == before) continue;
    before = script;
    for (const auto entry : entries_of(i)) entries.push_back(entry);
  }
  for (const Place& place : dialogue::steps_that_the_engine_needs()) {
    if (const auto node = find(place); node < nodes_.size()) entries.push_back(node);
  }
  return entries;
}

std::vector<std::uint32_t> Graph::entries_of(std::uint32_t first) const {
  std::vector<std::uint32_t> entries{first};
  for (const auto& entry : nodes_[first].script->enter) {
    if (const auto node = find({nodes_[first].script->id, entry.step}); node < nodes_.size()) entries.push_back(node);
  }
  return entries;
}

}  // namespace nurturer::content
