#include <algorithm>
#include <optional>

#include "content/check.hpp"
#include "content/names.hpp"

namespace nurturer::content {
namespace {

using dialogue::Go;
using Marks = std::vector<bool>;

constexpr int longest_answer = 3;  // messages

Marks reached_from(const Graph& graph, std::vector<std::uint32_t> open) {
  Marks reached(graph.nodes().size(), false);
  for (const auto node : open) reached[node] = true;
  while (!open.empty()) {
    const auto node = open.back();
    open.pop_back();
    for (const Way& way : graph.nodes()[node].ways) {
      if (way.to != Go::To::step || reached[way.target]) continue;
      reached[way.target] = true;
      open.push_back(way.target);
    }
  }
  return reached;
}

/// Steps from which some way leads to an end, or back to what ran before.
Marks ending(const Graph& graph) {
  const auto& nodes = graph.nodes();
  std::vector<std::vector<std::uint32_t>> before(nodes.size());
  Marks ends(nodes.size(), false);
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    for (const Way& way : nodes[i].ways) {
      if (way.to == Go::To::step) {
        before[way.target].push_back(i);
      } else if (!ends[i] && !(way.to == Go::To::stay && nodes[i].asks())) {
        ends[i] = true;  // a question that is only asked again is no end
        open.push_back(i);
      }
    }
  }
  while (!open.empty()) {
    const auto node = open.back();
    open.pop_back();
    for (const auto earlier : before[node]) {
      if (ends[earlier]) continue;
      ends[earlier] = true;
      open.push_back(earlier);
    }
  }
  return ends;
}

int messages(const Node& node) {
  const bool says = !node.step->say.empty() || !node.step->brief.empty();
  return (says ? 1 : 0) + (node.step->paced ? 1 : 0);
}

/// The step that follows at once, without anything being asked.
std::optional<std::uint32_t> next(const Node& node) {
  if (node.asks() || !node.step->go || node.step->go->to != Go::To::step) return std::nullopt;
  for (const Way& way : node.ways) {
    if (way.to == Go::To::step) return way.target;
  }
  return std::nullopt;
}

/// Steps to which a choice, an answer or an entry leads: an answer begins there.
Marks beginnings(const Graph& graph) {
  Marks begins(graph.nodes().size(), false);
  for (const auto node : graph.entries()) begins[node] = true;
  for (const Node& node : graph.nodes()) {
    if (!node.asks()) continue;
    for (const Way& way : node.ways) {
      if (way.to == Go::To::step) begins[way.target] = true;
    }
  }
  return begins;
}

std::string path(const Graph& graph, std::uint32_t from, std::size_t steps) {
  std::string text;
  for (std::optional<std::uint32_t> at = from; at && steps > 0; at = next(graph.nodes()[*at]), --steps) {
    const Node& node = graph.nodes()[*at];
    if (!text.empty()) text += ", ";
    text += node.script == graph.nodes()[from].script ? node.step->id : "@" + node.script->id + "." + node.step->id;
  }
  return text;
}

void check_chain(const Graph& graph, std::uint32_t from, const Content& content, Diagnostics& diagnostics) {
  const auto& nodes = graph.nodes();
  std::vector<std::uint32_t> walked;
  int said = 0;
  for (std::optional<std::uint32_t> at = from; at; at = next(nodes[*at])) {
    const auto again = std::ranges::find(walked, *at);
    if (again != walked.end()) {
      // Each round is told once, at its first step in the files.
      if (again != walked.begin() || *std::ranges::min_element(walked) != from) return;
      tell_at(content, nodes[from].step->source, nodes[from].step->id,
              "these steps lead on to each other and never ask: " + path(graph, from, walked.size()), "let one of them ask, or end",
              diagnostics);
      return;
    }
    walked.push_back(*at);
    said += messages(nodes[*at]);
  }
  if (said <= longest_answer) return;
  tell_at(content, nodes[from].step->source, nodes[from].step->id,
          std::to_string(said) + " messages come one after the other here, and " + std::to_string(longest_answer) +
              " are the most: " + path(graph, from, walked.size()),
          "let one of these steps ask, or join two of them", diagnostics);
}

/// The round in which a step leads on to itself may have no beginning; then its first step stands for it.
bool on_round(const Graph& graph, std::uint32_t from) {
  std::uint32_t at = from;
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const auto following = next(graph.nodes()[at]);
    if (!following) return false;
    at = *following;
    if (at == from) return true;
  }
  return false;
}

}  // namespace

void check_reach(const Content& content, const Graph& graph, Diagnostics& diagnostics) {
  const Marks reached = reached_from(graph, graph.entries());
  for (std::uint32_t i = 0; i < reached.size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (reached[i]) continue;
    tell_at(content, node.step->source, node.step->id, "no way leads to the step " + in_quotes(node.step->id),
            "lead to it with a go, or take it away", diagnostics);
  }
}

void check_ends(const Content& content, const Graph& graph, Diagnostics& diagnostics) {
  const Marks ends = ending(graph);
  const Marks begins = beginnings(graph);
  for (std::uint32_t i = 0; i < ends.size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (begins[i] || (next(node) && on_round(graph, i))) check_chain(graph, i, content, diagnostics);
    if (ends[i]) continue;
    tell_at(content, node.step->source, node.step->id, "from the step " + in_quotes(node.step->id) + " no way leads to an end",
            "give it, or a step after it, a way with go = \"end\"", diagnostics);
  }
}

}  // namespace nurturer::content
