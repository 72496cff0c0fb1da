#pragma once
// What the companion said, by the server's event ids: what a reaction presses, a reply answers, and a removal redacts. In memory, bounded;
// what an earlier process said is asked of the server (ask::event) and read out of the line itself.

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/matrix/payload.hpp"

namespace nurturer::matrix {

struct Line {
  std::string id;  // of the Outgoing
  std::string room;
  std::vector<std::string> choices;
  std::string thread{};  // its first event; empty: none
};

class Lines {
 public:
  explicit Lines(std::size_t most = 20'000) : most_(most) {}

  void add(const std::string& event, Line line);
  /// Somebody else's event: not worth a question to the server.
  void add_other(const std::string& event);
  [[nodiscard]] const Line* find(const std::string& event) const;
  /// Ours or not, that is known.
  [[nodiscard]] bool knows(const std::string& event) const { return lines_.contains(event) || others_.contains(event); }
  /// The events of an Outgoing, in order: several if it was too long for one.
  [[nodiscard]] std::vector<std::string> events_of(const std::string& id) const;

  /// A thread in which we were spoken to or spoke: there no name is needed.
  void join_thread(const std::string& root);
  [[nodiscard]] bool in_thread(const std::string& root) const { return threads_.contains(root) || lines_.contains(root); }

 private:
  std::size_t most_;
  std::map<std::string, Line> lines_;
  std::multimap<std::string, std::string> events_;
  std::set<std::string> others_, threads_;
  std::deque<std::string> lines_by_age_, others_by_age_, threads_by_age_;
};

/// The line that stands in an event of ours; nothing if it is none.
[[nodiscard]] std::optional<Line> line_of(const Event& event, const std::string& self, const std::string& room);

}  // namespace nurturer::matrix
