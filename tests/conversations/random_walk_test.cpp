// Random choices, random messages of the corpora, random interruptions: no crash, no dead end, no unfilled slot, no forbidden card, no line
// above the limits, no long line twice in a talk, a crisis always answered.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <random>

#include "app/folders.hpp"
#include "app/labelled.hpp"
#include "talker.hpp"

using namespace nurturer;

namespace {

const std::vector<std::string>& corpus() {
  static const std::vector<std::string> texts = [] {
    std::vector<std::string> all;
    for (const char* file : {"dev.jsonl", "open_a.jsonl", "open_b.jsonl"}) {
      std::ifstream in(*app::find_content("") / "tests" / "corpus" / file);
      for (std::string line; std::getline(in, line);) {
        if (auto row = app::read_labelled(line)) all.push_back(std::move(row->text));
      }
    }
    return all;
  }();
  return texts;
}

const std::vector<std::string> words{"stop", "help", "why", "back", "again", "go on", "slower", "shorter", "something else",
                                     "not helping", "remember me", "don't remember me", "what do you know", "forget me", "quiet",
                                     "reminders", "undo", "ok", "yes", "no", "7", "10", "0", "/panic", "!breathing", "i live in leeds",
                                     "i have asthma", "it's my heart", "i'm safe now", "it's a song", "", "   ", "😭😭", "{lines}"};

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : engine_(seed), talker_("GB", seed) {}

  void step() {
    const auto answer = act();
    INFO("said: " << said_ << "\nanswer: " << test::text_of(answer));
    CHECK(test::broken_rule(answer).empty());
    check_repeats(answer);
  }

 private:
  test::Answer act() {
    const auto choices = test::choices_of(talker_.last());
    const unsigned roll = static_cast<unsigned>(engine_() % 100);
    if (roll < 3) talker_.passes(std::chrono::hours{4});
    if (!choices.empty() && roll < 60) {
      const auto& choice = choices[engine_() % choices.size()];
      said_ = "[" + choice.label + "]";
      // A press and the words on it are the same answer.
      return roll < 30 ? talker_.presses_id(choice.id) : talker_.says(choice.label);
    }
    said_ = roll < 80 ? corpus()[engine_() % corpus().size()] : words[engine_() % words.size()];
    return talker_.says(said_);
  }

  void check_repeats(const test::Answer& answer) {
    if (said_ == "forget me") heard_.clear();  // that ends the talk
    if (said_ == "again") return;
    for (const auto& out : answer) {
      if (out.text.size() <= 70 || test::fixed_or_safety(out)) continue;
      const auto [entry, fresh] = heard_.emplace(out.text, talker_.now());
      INFO("twice: " << out.text);
      if (!fresh) CHECK(talker_.now() - entry->second > std::chrono::hours{3});
      entry->second = talker_.now();
    }
  }

  std::mt19937_64 engine_;
  test::Talker talker_;
  std::string said_;
  std::map<std::string, channel::Time> heard_;
};

}  // namespace

TEST_CASE("random walks through everything") {
  const bool all = std::getenv("NURTURER_LONG") != nullptr;
  const int walks = all ? 200 : 20;
  for (int walk = 1; walk <= walks; ++walk) {
    CAPTURE(walk);
    Walk walker(static_cast<std::uint64_t>(walk));
    for (int turn = 0; turn < 100; ++turn) walker.step();
  }
}
