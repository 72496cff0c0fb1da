// Rules of an open crisis that no single talk shows: what raises it, what never lowers it, what ends it.
#include <catch2/catch.hpp>

#include "engine/dialogue/safety.hpp"
#include "standing.hpp"

using namespace nurturer;
using dialogue::Place;
using test::Standing;
using understanding::Flag;
using understanding::Intent;
using understanding::Level;
using understanding::Subject;

namespace {

constexpr Intent intents[] = {Intent::medical_emergency, Intent::crisis_suicide, Intent::crisis_self_harm, Intent::crisis_harm_others,
                              Intent::crisis_abuse};

std::string script_of(Intent intent) { return "safety." + std::string(understanding::name(intent)); }

Standing in_crisis(Intent intent, Level level, const std::string& step, Subject subject = Subject::self) {
  Standing standing({script_of(intent), step});
  standing.talk.crisis = dialogue::Crisis{intent, level, subject, test::evening(), false};
  standing.talk.crisis_unresolved = true;
  return standing;
}

}  // namespace

TEST_CASE("a later, lesser sign never lowers the level") {
  for (const Intent intent : intents) {
    for (const char* text :
         {"i want to die", "i just want everything to stop", "im 15", "i took some pills", "my chest hurts", "ok", "help"}) {
      CAPTURE(understanding::name(intent), text);
      Standing standing = in_crisis(intent, Level::emergency, "stay");
      (void)standing.says(text);
      REQUIRE(standing.talk.crisis.has_value());
      CHECK(standing.talk.crisis->level == Level::emergency);
      CHECK_FALSE(standing.talk.crisis->concern_only);
      CHECK(standing.talk.crisis_unresolved);
    }
  }
}

TEST_CASE("a graver sign is heard in an open crisis: the emergency number, before all else") {
  for (const Intent intent : intents) {
    CAPTURE(understanding::name(intent));
    Standing standing = in_crisis(intent, Level::crisis, "stay");
    const std::string said = standing.says("ive taken all my pills, i want to die");
    REQUIRE(standing.talk.crisis.has_value());
    CHECK(standing.talk.crisis->level == Level::emergency);
    CHECK(said.find("999") < said.find("116 123"));
    CHECK(standing.talk.at.step != "stay");
  }
}

TEST_CASE("a child's first word of it brings the child's step") {
  for (const char* text : {"im 14 and i want to kill myself", "im 13 and i want to cut myself"}) {
    CAPTURE(text);
    Standing standing({});
    const std::string said = standing.says(text);
    CHECK(said.find("grown-up you trust") != std::string::npos);
    CHECK(said.find("0800 1111") != std::string::npos);
  }
}

TEST_CASE("the same sign said again shows the lines again") {
  for (const auto& script : test::content().library.scripts) {
    if (script.id != "safety.crisis_suicide") continue;
    for (const auto& step : script.steps) {
      if (!test::asks(step)) continue;
      CAPTURE(step.id);
      Standing standing = in_crisis(Intent::crisis_suicide, Level::crisis, step.id);
      CHECK(standing.says("i really want to die").find("116 123") != std::string::npos);
    }
  }
}

TEST_CASE("told during it, being under 18 brings the child's lines and a grown-up, once") {
  for (const Intent intent : intents) {
    CAPTURE(understanding::name(intent));
    Standing standing = in_crisis(intent, Level::crisis, "stay");
    const std::string said = standing.says("im 14");
    CHECK(said.find("grown-up you trust") != std::string::npos);
    CHECK(said.find("0800 1111") != std::string::npos);
    CHECK(said.find("findahelpline.com") != std::string::npos);
    CHECK(standing.talk.crisis->level == Level::crisis);
    CHECK(standing.says("i said im 14").find("grown-up you trust") == std::string::npos);
  }
}

TEST_CASE("a breath is never led with a heart, asthma or dizziness") {
  for (const Intent intent : intents) {
    for (const Flag flag : {Flag::heart, Flag::asthma, Flag::dizzy}) {
      CAPTURE(understanding::name(intent), understanding::name(flag));
      Standing standing = in_crisis(intent, Level::crisis, "stay");
      standing.talk.flags.add(flag);
      for (const char* text : {"breathing", "long out-breath"}) {
        const std::string said = standing.says(text);
        CHECK(said.find("Out, 2, 3") == std::string::npos);
        CHECK(standing.talk.at.step != "breath");
        CHECK(standing.talk.at.step != "breath_out");
      }
    }
  }
}

TEST_CASE("what the resting place offers works at every question, and a number only counts what is shown") {
  for (const Intent intent : intents) {
    const auto* script = test::content().library.find_script(script_of(intent));
    REQUIRE(script != nullptr);
    for (const auto& step : script->steps) {
      if (!test::asks(step)) continue;
      CAPTURE(script->id, step.id);
      Standing standing = in_crisis(intent, Level::crisis, step.id);
      CHECK(standing.says("what is the number").find("999") != std::string::npos);
      Standing counted = in_crisis(intent, Level::crisis, step.id);
      (void)counted.says(std::to_string(step.ask.choices.size() + 1));
      CHECK(counted.talk.crisis.has_value());  // the fourth of three choices is not "I'm safe now"
    }
  }
}

TEST_CASE("a country told in it shows its lines, and only its lines, from then on") {
  Standing standing({});
  standing.around.region = "US";
  CHECK(standing.says("i want to die").find("988") != std::string::npos);
  const std::string said = standing.says("im in ireland");
  CHECK(said.find("50808") != std::string::npos);
  CHECK(said.find("988") == std::string::npos);
  CHECK(standing.says("the number").find("988") == std::string::npos);
}

TEST_CASE("twelve hours without a sign end it silently, eleven do not") {
  for (const int age : {11, 12}) {
    CAPTURE(age);
    Standing standing = in_crisis(Intent::crisis_suicide, Level::crisis, "stay");
    standing.talk.crisis->last_sign = test::evening() - std::chrono::hours{age};
    standing.talk.last_heard = test::evening() - std::chrono::hours{age};
    (void)standing.says("hello");
    CHECK(standing.talk.crisis.has_value() == (age == 11));
    CHECK(dialogue::is_safety(standing.talk.at.script) == (age == 11));
  }
}

TEST_CASE("its end asks for nothing, leaves the lines standing and offers what ran") {
  for (const Intent intent : intents) {
    for (const char* text : {"im safe now", "it was just a song"}) {
      CAPTURE(understanding::name(intent), text);
      Standing standing = in_crisis(intent, Level::crisis, "stay");
      standing.talk.set_aside = {"panic", "look"};
      const std::string said = standing.says(text);
      CHECK_FALSE(standing.talk.crisis.has_value());
      CHECK_FALSE(standing.talk.crisis_unresolved);
      CHECK(said.find(intent == Intent::medical_emergency ? "999" : "116 123") != std::string::npos);
      CHECK(standing.talk.at.empty());
      CHECK(standing.talk.asking == Place{"common", "offer_running"});
    }
  }
}

TEST_CASE("pain in the chest at any step of any exercise: the check with its number, once a talk") {
  for (const auto& script : test::content().library.scripts) {
    if (!script.card) continue;
    for (const auto& step : script.steps) {
      if (!test::asks(step) || (script.id == "panic" && step.id == "heart_check")) continue;
      CAPTURE(script.id, step.id);
      Standing standing({script.id, step.id});
      const std::string said = standing.says("my chest hurts");
      CHECK(said.find("It is never too early") != std::string::npos);
      CHECK(said.find("999") != std::string::npos);
      CHECK(standing.talk.heart_checked);
      (void)standing.says("a doctor knows it");
      CHECK(standing.says("my chest hurts again").find("It is never too early") == std::string::npos);
    }
  }
}
