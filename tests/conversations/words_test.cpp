// The words that work in every state, in every state: an answer, never a dead end, never a step that somebody else's exercise is at.
#include <catch2/catch.hpp>

#include "engine/dialogue/safety.hpp"
#include "standing.hpp"

using namespace nurturer;
using dialogue::Place;
using test::asks;
using test::Standing;

namespace {

struct Said {
  const char* text;
  bool leaves;  // the script is over, or set aside
};

constexpr Said words[] = {
    {"stop", true},
    {"help", true},
    {"exit", true},
    {"why", false},
    {"back", false},
    {"again", false},
    {"slower", false},
    {"shorter", false},
    {"something else", true},
    {"not helping", true},
    {"remember me", false},
    {"don't remember me", false},
    {"what do you know", false},
    {"export my data", false},
    {"forget me", true},
    {"quiet", true},
    {"reminders", false},
    {"undo", false},
    {"what do you mean", false},
};

// Nobody may be left with a script that waits for an answer to nothing.
bool dead_end(const dialogue::Talk& talk) { return !talk.at.empty() && test::content().library.find(talk.asking) == nullptr; }

std::size_t lines(const Standing& standing) {
  std::size_t count = 0;
  for (const auto& effect : standing.effects()) {
    if (const auto* say = std::get_if<dialogue::Say>(&effect)) {
      ++count;
      CHECK(say->text.find('{') == std::string::npos);
      CHECK_FALSE(say->text.empty());
    }
  }
  return count;
}

}  // namespace

TEST_CASE("every word at every step of every script is answered") {
  for (const auto& script : test::content().library.scripts) {
    if (dialogue::is_safety(script.id) || script.id == "common") continue;
    for (const auto& step : script.steps) {
      if (!asks(step)) continue;
      for (const auto& word : words) {
        CAPTURE(script.id, step.id, word.text);
        Standing standing({script.id, step.id});
        (void)standing.says(word.text);
        const bool silent_by_right = std::string_view(word.text) == "exit";
        CHECK((lines(standing) > 0) == !silent_by_right);
        CHECK_FALSE(dead_end(standing.talk));
        const Place at = standing.talk.at;
        const bool own_answer =
            at.script != script.id || at.step != step.id;  // an author's own words for a choice go first ("again", "back")
        if (word.leaves)
          CHECK((at.script != script.id || script.id == "help" || own_answer));
        else
          CHECK((at == Place{script.id, step.id} || own_answer));
      }
    }
  }
}

TEST_CASE("every word at every question of a crisis leaves the crisis open") {
  for (const auto& script : test::content().library.scripts) {
    if (!dialogue::is_safety(script.id) || script.id == "safety.concern") continue;
    const auto intent = understanding::intent_named(script.id.substr(std::string_view("safety.").size()));
    REQUIRE(intent.has_value());
    for (const auto& step : script.steps) {
      if (!asks(step)) continue;
      for (const auto& word : words) {
        CAPTURE(script.id, step.id, word.text);
        Standing standing({script.id, step.id});
        standing.talk.crisis =
            dialogue::Crisis{*intent, understanding::Level::crisis, understanding::Subject::self, test::evening(), false};
        (void)standing.says(word.text);
        CHECK((lines(standing) > 0 || std::string_view(word.text) == "exit"));
        CHECK_FALSE(dead_end(standing.talk));
        CHECK(standing.talk.crisis.has_value());
        CHECK(dialogue::is_safety(standing.talk.at.script));
      }
    }
  }
}

TEST_CASE("every word works at the one plain question of a concern") {
  const auto* concern = test::content().library.find_script("safety.concern");
  REQUIRE(concern != nullptr);
  for (const auto& step : concern->steps) {
    if (!asks(step)) continue;
    for (const char* text : {"exit", "forget me", "what do you know", "why", "undo", "remember me", "export my data"}) {
      CAPTURE(step.id, text);
      Standing standing({"safety.concern", step.id});
      standing.talk.crisis = dialogue::Crisis{understanding::Intent::crisis_suicide, understanding::Level::concern,
                                              understanding::Subject::self, test::evening(), true};
      (void)standing.says(text);
      REQUIRE(standing.talk.crisis.has_value());
      CHECK(standing.talk.crisis->concern_only);
      CHECK(standing.talk.asking == Place{"safety.concern", step.id});
    }
  }
}

TEST_CASE("back leads through the questions that were asked, to the first one and no further") {
  Standing standing({"panic", "feet"});
  for (const char* text : {"done", "4", "look round", "done", "said it"}) (void)standing.says(text);
  REQUIRE(standing.talk.at == Place{"panic", "affirm"});
  for (const char* step : {"word", "look", "ways", "rate_before", "feet", "feet"}) {
    (void)standing.says("back");
    CHECK(standing.talk.at == Place{"panic", step});
  }
}

TEST_CASE("back passes over steps that only say something") {
  Standing standing({"boundary_doubt", "which"});
  (void)standing.says("i already said no");  // through "said", which asks nothing
  REQUIRE(standing.talk.at == Place{"boundary_doubt", "rate_before"});
  (void)standing.says("back");
  CHECK(standing.talk.at == Place{"boundary_doubt", "which"});
}
