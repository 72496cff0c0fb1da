#pragma once
// All steps of all scripts as one graph, for the checks that follow paths.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/dialogue/script.hpp"

namespace nurturer::content {

/// One way on from a step, and what a person tells of themselves by taking it.
struct Way {
  dialogue::Go::To to = dialogue::Go::To::end;
  std::uint32_t target = 0;  // a node, with To::step
  understanding::Flags sets;
  understanding::Flags clears;
};

struct Node {
  const dialogue::Script* script = nullptr;
  const dialogue::Step* step = nullptr;
  std::vector<Way> ways;
  [[nodiscard]] bool asks() const noexcept { return step->ask.kind != dialogue::Ask::Kind::none; }
};

class Graph {
 public:
  explicit Graph(const dialogue::Library& library);

  [[nodiscard]] const std::vector<Node>& nodes() const noexcept { return nodes_; }
  /// The node of a place; nodes().size() if there is none.
  [[nodiscard]] std::uint32_t find(const dialogue::Place& place) const;
  /// Where a talk can enter without coming from another step: the first step of each script, its other entries, what the program calls.
  [[nodiscard]] std::vector<std::uint32_t> entries() const;
  /// Entries of one script by its node of the first step: that step, and those for people with a flag.
  [[nodiscard]] std::vector<std::uint32_t> entries_of(std::uint32_t first) const;

 private:
  void add_ways(Node& node);
  void add_way(Node& node, const dialogue::Go& go, understanding::Flags sets = {}, understanding::Flags clears = {});

  std::vector<Node> nodes_;
  std::unordered_map<std::string, std::uint32_t> places_;
};

}  // namespace nurturer::content
