#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "content/check.hpp"
#include "content/names.hpp"

namespace nurturer::content {
namespace {

using dialogue::Go;
using understanding::Flags;

/// A step, and what the person has told before it.
struct State {
  std::uint32_t node = 0;
  Flags told;
};

Flags both(Flags a, Flags b) noexcept { return {a.bits & b.bits}; }

std::string written(Flags flags) {
  std::string text;
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    if (!flags.has(*flag)) continue;
    if (!text.empty()) text += ", ";
    text += name(*flag);
  }
  return text;
}

/// Walks every path within every script, with what is told on it. Between scripts the engine minds the cards itself, so that a flag told long
/// before makes no mistake of every exercise that is offered later.
class Walk {
 public:
  Walk(const Content& content, const Graph& graph, Diagnostics& diagnostics) : content_(content), graph_(graph), diagnostics_(diagnostics) {
    for (const auto node : graph_.entries()) enter({node, {}});
    for (const Node& node : graph_.nodes()) {
      for (const auto& entry : node.script->enter) {
        if (const auto at = graph_.find(entry.place); at < graph_.nodes().size() && entry.place.script == node.script->id) enter({at, entry.when.flags});
      }
    }
    while (!open_.empty()) {
      const State state = open_.back();
      open_.pop_back();
      walk(state);
    }
  }

 private:
  void enter(State state) {
    const std::uint64_t key = (std::uint64_t{state.node} << 32U) | state.told.bits;
    if (seen_.insert(key).second) open_.push_back(state);
  }

  void walk(State state) {
    const Node& node = graph_.nodes()[state.node];
    if (state.told.any(node.step->not_with)) {
      // Nobody with this flag hears the step: the one it names comes instead.
      if (const auto other = graph_.find({node.script->id, node.step->instead}); other < graph_.nodes().size()) enter({other, state.told});
      return;
    }
    if (node.step->paced && node.script->card && state.told.any(node.script->card->not_with)) {
      tell(node, *node.script, both(state.told, node.script->card->not_with), "paced");
    }
    for (const Way& way : node.ways) {
      if (way.to == Go::To::step) follow(state, way);
    }
  }

  void follow(State state, const Way& way) {
    const Node& from = graph_.nodes()[state.node];
    const Node& to = graph_.nodes()[way.target];
    Flags told{state.told.bits & ~way.clears.bits};
    told.add(way.sets);
    if (to.script == from.script) return enter({way.target, told});
    if (to.script->card && told.any(to.script->card->not_with)) {
      return tell(from, *to.script, both(told, to.script->card->not_with), "@" + to.script->id);
    }
    enter({way.target, {}});
  }

  void tell(const Node& from, const dialogue::Script& exercise, Flags against, std::string_view fragment) {
    if (!told_.emplace(from.step, exercise.id, against.bits).second) return;
    tell_at(content_, from.step->source, fragment,
            "here " + in_quotes(exercise.id) + " is led for people who told on the way: " + written(against) +
                "; its card says that it is not for them",
            "lead these people to another exercise", diagnostics_);
  }

  const Content& content_;
  const Graph& graph_;
  Diagnostics& diagnostics_;
  std::vector<State> open_;
  std::unordered_set<std::uint64_t> seen_;
  std::set<std::tuple<const dialogue::Step*, std::string, std::uint32_t>> told_;
};

}  // namespace

void check_flags(const Content& content, const Graph& graph, Diagnostics& diagnostics) { Walk(content, graph, diagnostics); }

}  // namespace nurturer::content
