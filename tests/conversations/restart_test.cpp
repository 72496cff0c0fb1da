// A process that ends in the middle of a script: with consent the next one goes on where it was, without it starts clean. What abuse told is
// kept nowhere.
#include <catch2/catch.hpp>

#include "app/state_json.hpp"
#include "engine/dialogue/safety.hpp"
#include "standing.hpp"

using namespace nurturer;
using dialogue::Place;

TEST_CASE("at every step the state survives being written and read") {
  dialogue::Person person;
  person.setup = dialogue::Consent::yes;
  for (const auto& script : test::content().library.scripts) {
    if (script.id == "common") continue;
    for (const auto& step : script.steps) {
      if (!test::asks(step)) continue;
      CAPTURE(script.id, step.id);
      test::Standing standing({script.id, step.id});
      standing.talk.set_aside = {"senses", "see"};
      standing.talk.flags.add(understanding::Flag::asthma);
      standing.talk.before = 7;
      const auto written = app::write_talk(standing.talk, person);
      REQUIRE(written.has_value());
      const dialogue::Talk read = app::read_talk(*written);
      CHECK(read.at == standing.talk.at);
      CHECK(read.asking == standing.talk.asking);
      CHECK(read.set_aside == standing.talk.set_aside);
      CHECK(read.flags == standing.talk.flags);
      CHECK(read.before == 7);
    }
  }
}

TEST_CASE("with consent a new process goes on at the very step, without it it starts clean") {
  for (const bool agrees : {true, false}) {
    CAPTURE(agrees);
    test::Talker talker;
    if (agrees) (void)talker.says("remember me");
    (void)talker.says("/panic");
    for (const char* text : {"done", "4", "look round", "done"}) {
      const auto answer = talker.says(text);
      const std::string place = test::place_of(answer);
      talker.restarts();
      const auto again = talker.says("again");
      CHECK(test::place_of(again) == (agrees ? place : ""));
      if (!agrees) break;
    }
  }
}

TEST_CASE("a crisis survives a new start, what abuse told does not") {
  test::Talker talker;
  (void)talker.says("remember me");
  (void)talker.says("i want to die");
  talker.restarts();
  CHECK(test::place_of(talker.says("next")).starts_with("safety."));

  test::Talker abused;
  (void)abused.says("remember me");
  (void)abused.says("/panic");
  (void)abused.says("my husband hits me");
  CHECK_FALSE(abused.store().find({"console:me"}, "talk:direct").has_value());
  const auto person = abused.store().find({"console:me"}, "person");
  REQUIRE(person.has_value());
  for (const char* word : {"abuse", "punished_no", "danger", "hits"}) CHECK(person->find(word) == std::string::npos);
  CHECK(person->find("boundary_doubt") != std::string::npos);
}

TEST_CASE("forgetting ends the talk, in memory too") {
  test::Talker talker;
  (void)talker.says("remember me");
  (void)talker.says("i have asthma");
  (void)talker.says("/panic");
  (void)talker.says("forget me");
  CHECK_FALSE(talker.kept());
  CHECK(test::place_of(talker.says("again")).empty());
  CHECK(test::text_of(talker.says("what do you know")).find("asthma") == std::string::npos);
  (void)talker.says("breathing");
  CHECK(test::place_of(talker.last()) == "breathing.check");  // the asthma is forgotten too: asked again
}
