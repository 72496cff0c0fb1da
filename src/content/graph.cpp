#include "content/graph.hpp"

namespace nurturer::content {
namespace {

using dialogue::Ask;
using dialogue::Go;
using dialogue::Place;

/// Steps that the engine calls if there are such: one for each language, and those of the net for what a person told ("minor",
/// "drugs_emergency") or for somebody else ("crisis_suicide_other").
bool called_if_there(const Node& node) {
  if (node.script->id == "other_languages") return true;
  if (!node.script->id.starts_with("safety.")) return false;
  std::string_view name = node.step->id;
  for (const std::string_view ending : {"_emergency", "_other"}) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  return name == "other" || understanding::flag_named(name) || understanding::intent_named(name);
}

std::string key(const Place& place) { return place.script + '\n' + place.step; }

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
  for (const auto& turn : step.turns) add_way(node, {Go::To::step, {node.script->id, turn.step}});
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
    if (called_if_there(nodes_[i])) entries.push_back(i);
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
    if (const auto node = find(entry.place); node < nodes_.size()) entries.push_back(node);
  }
  return entries;
}

}  // namespace nurturer::content
