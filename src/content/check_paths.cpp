#include <algorithm>

#include "content/check.hpp"
#include "content/names.hpp"

namespace nurturer::content {
namespace {

using dialogue::Go;
using Marks = std::vector<bool>;

constexpr int longest_answer = 3;         // messages
constexpr std::size_t longest_walk = 64;  // steps; a chain of more is much too long in any case

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

/// Steps that follow each other at once, without anything being asked.
struct Chain {
  std::vector<std::uint32_t> steps;
  bool round = false;    // the last leads back to the first
  bool endless = false;  // the last leads back to one of them
};

const Way* next(const Node& node) {
  if (node.asks() || !node.step->go) return nullptr;
  const auto found = std::ranges::find(node.ways, Go::To::step, &Way::to);
  return found == node.ways.end() || node.step->go->to != Go::To::step ? nullptr : &*found;
}

Chain chain(const Graph& graph, std::uint32_t from) {
  Chain chain{{from}};
  const Way* way = next(graph.nodes()[from]);
  while (way != nullptr && !chain.endless && chain.steps.size() < longest_walk) {
    chain.round = way->target == from;
    chain.endless = std::ranges::find(chain.steps, way->target) != chain.steps.end();
    if (!chain.endless) chain.steps.push_back(way->target);
    way = next(graph.nodes()[way->target]);
  }
  return chain;
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

std::string written(const Graph& graph, const Chain& chain) {
  const dialogue::Script* const script = graph.nodes()[chain.steps.front()].script;
  std::string text;
  for (const auto at : chain.steps) {
    const Node& node = graph.nodes()[at];
    if (!text.empty()) text += ", ";
    if (node.script != script) text.append("@").append(node.script->id).append(".");
    text += node.step->id;
  }
  return text;
}

void check_chain(const Graph& graph, const Chain& chain, bool begins, const Content& content, Diagnostics& diagnostics) {
  const dialogue::Step& first = *graph.nodes()[chain.steps.front()].step;
  // Each round is told once, at its first step in the files.
  if (chain.round && *std::ranges::min_element(chain.steps) == chain.steps.front()) {
    tell_at(content, first.source, first.id, "these steps lead on to each other and never ask: " + written(graph, chain),
            "let one of them ask, or end", diagnostics);
  }
  int said = 0;
  for (const auto at : chain.steps) said += messages(graph.nodes()[at]);
  if (chain.endless || !begins || said <= longest_answer) return;
  tell_at(content, first.source, first.id,
          std::to_string(said) + " messages come one after the other here, and " + std::to_string(longest_answer) +
              " are the most: " + written(graph, chain),
          "let one of these steps ask, or join two of them", diagnostics);
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
    check_chain(graph, chain(graph, i), begins[i], content, diagnostics);
    if (ends[i]) continue;
    tell_at(content, node.step->source, node.step->id, "from the step " + in_quotes(node.step->id) + " no way leads to an end",
            "give it, or a step after it, a way with go = \"end\"", diagnostics);
  }
}

}  // namespace nurturer::content
