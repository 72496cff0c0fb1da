// Every path of every script, for every set of flags that some card or step names: nothing is ever said that the person must not be led to.
#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <deque>
#include <set>

#include "standing.hpp"

using namespace nurturer;
using dialogue::Flags;
using dialogue::Place;
using test::Standing;

namespace {

std::vector<understanding::Flag> flags_that_forbid() {
  Flags all;
  for (const auto& script : test::content().library.scripts) {
    if (script.card) all.add(script.card->not_with);
    for (const auto& step : script.steps) all.add(step.not_with);
  }
  std::vector<understanding::Flag> flags;
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    if (all.has(*flag)) flags.push_back(*flag);
  }
  return flags;
}

// All sets of these flags; in the short run those of at most one, and all together.
std::vector<Flags> flag_sets() {
  const auto flags = flags_that_forbid();
  const bool all = std::getenv("NURTURER_LONG") != nullptr;
  std::vector<Flags> sets;
  for (std::uint32_t bits = 0; bits < (1U << flags.size()); ++bits) {
    if (!all && std::popcount(bits) > 1 && bits + 1 != (1U << flags.size())) continue;
    Flags set;
    for (std::size_t i = 0; i < flags.size(); ++i) {
      if ((bits >> i & 1U) != 0) set.add(flags[i]);
    }
    sets.push_back(set);
  }
  return sets;
}

// Empty, or the step of these that a person with these flags must not be led to.
std::string forbidden_among(const std::vector<std::pair<std::string, std::uint32_t>>& said, Flags flags) {
  for (const auto& [key, variants] : said) {
    const std::size_t dot = key.rfind('.');
    const auto* script = test::content().library.find_script(key.substr(0, dot));
    const auto* step = script == nullptr ? nullptr : script->find(key.substr(dot + 1));
    if (step == nullptr) continue;
    if ((script->card && flags.any(script->card->not_with)) || flags.any(step->not_with)) return key;
  }
  return {};
}

class Walk {
 public:
  explicit Walk(Flags flags) : standing_({}) { start_.flags = flags; }

  void everywhere() {
    const dialogue::Talk nowhere = standing_.talk;
    for (const auto& script : test::content().library.scripts) {
      if (!script.names || script.id.starts_with("safety.")) continue;
      standing_.talk = nowhere;
      standing_.talk.flags = start_.flags;
      said("/" + name_of(script));
      push();
    }
    while (!open_.empty()) {
      const dialogue::Talk talk = std::move(open_.front());
      open_.pop_front();
      step_from(talk);
    }
  }

  [[nodiscard]] std::size_t seen() const { return seen_.size(); }

 private:
  static std::string name_of(const dialogue::Script& script) {
    std::string name = script.id;
    std::ranges::replace(name, '_', ' ');
    return name;
  }

  void step_from(const dialogue::Talk& talk) {
    const dialogue::Step* step = test::content().library.find(talk.asking);
    if (step == nullptr) return;
    for (const auto& choice : step->ask.choices) try_from(talk, [&] { pressed(choice.id); });
    if (step->ask.kind == dialogue::Ask::Kind::rating) {
      for (const char* number : {"0", "5", "10"}) try_from(talk, [&] { said(number); });
    }
    if (step->ask.kind == dialogue::Ask::Kind::free) try_from(talk, [&] { said("a blue cup"); });
    try_from(talk, [&] { said("go on"); });
  }

  template <class Act>
  void try_from(const dialogue::Talk& talk, Act act) {
    standing_.talk = talk;
    standing_.talk.used.clear();  // then what is used afterwards is what was said
    act();
    push();
  }

  void said(const std::string& text) {
    INFO("said: " << text << " at " << standing_.talk.asking.script << "." << standing_.talk.asking.step);
    (void)standing_.says(text);
    check();
  }
  void pressed(const std::string& choice) {
    INFO("pressed: " << choice);
    (void)standing_.presses(choice);
    check();
  }
  void check() {
    const std::string forbidden = forbidden_among(standing_.talk.used, standing_.talk.flags);
    if (!forbidden.empty()) FAIL_CHECK("led to " << forbidden << " against a flag");
  }

  void push() {
    const auto& talk = standing_.talk;
    if (talk.asking.empty()) return;
    const std::string key =
        talk.asking.script + "." + talk.asking.step + " " + std::to_string(talk.flags.bits) + " " + talk.set_aside.script;
    if (seen_.insert(key).second) open_.push_back(talk);
  }

  Standing standing_;
  dialogue::Talk start_;
  std::deque<dialogue::Talk> open_;
  std::set<std::string> seen_;
};

}  // namespace

TEST_CASE("no path of any script leads to a card or a step against a flag") {
  std::size_t seen = 0;
  for (const Flags flags : flag_sets()) {
    CAPTURE(flags.bits);
    Walk walk(flags);
    walk.everywhere();
    seen += walk.seen();
  }
  CHECK(seen > 1000);
}

TEST_CASE("after abuse what needs two who are safe with each other is off, until the person has it back") {
  const std::set<int> rows_off{5, 13, 18, 24, 26, 27, 28};
  int off = 0;
  for (const auto& script : test::content().library.scripts) {
    const bool needs_two = std::ranges::any_of(script.rows, [&](int row) { return rows_off.contains(row); });
    if (!needs_two || !script.names) continue;
    ++off;
    CAPTURE(script.id);
    Standing standing({"panic", "feet"});
    (void)standing.says("my husband hits me");
    (void)standing.says("i am safe now");
    std::string name = "/" + script.id;
    std::ranges::replace(name, '_', ' ');
    (void)standing.says(name);
    CHECK(standing.talk.at.script != script.id);
    REQUIRE(standing.talk.asking == Place{"common", "switched_off"});
    (void)standing.presses("switch_on.no");
    CHECK(standing.talk.at.script != script.id);
    (void)standing.says(name);
    (void)standing.presses("switch_on.yes");
    CHECK(standing.talk.at.script == script.id);
  }
  CHECK(off > 0);
}

TEST_CASE("undo of something else does not bring back what abuse has switched off") {
  Standing standing({});
  (void)standing.says("i live in leeds");
  (void)standing.says("my husband hits me");
  REQUIRE_FALSE(standing.person.switched_off.empty());
  (void)standing.says("undo");
  CHECK_FALSE(standing.person.switched_off.empty());
}
