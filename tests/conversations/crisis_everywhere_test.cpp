// A crisis typed at every single step of every script ends the script, shows the right region's lines, and nothing resumes the exercise.
#include <catch2/catch.hpp>

#include <string>

#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/safety.hpp"
#include "standing.hpp"

using namespace nurturer;
using test::asks;
using test::Standing;

TEST_CASE("a crisis at every step ends the script and shows the region's lines") {
  int steps = 0;
  for (const auto& script : test::content().library.scripts) {
    if (dialogue::is_safety(script.id) || script.id == "common") continue;
    for (const auto& step : script.steps) {
      if (!asks(step)) continue;
      ++steps;
      CAPTURE(script.id, step.id);
      Standing talk({script.id, step.id});
      const std::string said = talk.says("i want to kill myself tonight");
      CHECK(said.find("116 123") != std::string::npos);
      REQUIRE(talk.talk.crisis.has_value());
      CHECK(dialogue::is_safety(talk.talk.at.script));
      for (const char* text : {"ok", "next", "go on", "again", "back", "yes", "1", "ready", "done", "breathing"}) {
        CAPTURE(text);
        (void)talk.says(text);
        const bool stays = talk.talk.at.empty() || dialogue::is_safety(talk.talk.at.script);
        CHECK(stays);
      }
    }
  }
  CHECK(steps > 60);
}

TEST_CASE("a concern at every step pauses the script with one plain question") {
  for (const auto& script : test::content().library.scripts) {
    if (dialogue::is_safety(script.id) || script.id == "common") continue;
    for (const auto& step : script.steps) {
      if (!asks(step)) continue;
      CAPTURE(script.id, step.id);
      Standing talk({script.id, step.id});
      (void)talk.says("sometimes i wish i would just not wake up");
      REQUIRE(talk.talk.crisis.has_value());
      CHECK(talk.talk.at.script.starts_with("safety."));
      // Exercises are offered again afterwards; a greeting or the help is not worth it.
      const bool exercise = script.card || !script.rows.empty();
      CHECK(talk.talk.set_aside.script == (exercise ? script.id : ""));
    }
  }
}

TEST_CASE("every region's own lines are shown, and never another country's") {
  for (const auto& region : test::content().library.regions) {
    CAPTURE(region.code);
    Standing talk({});
    talk.around.region = region.code;
    const std::string said = talk.says("i am going to kill myself");
    bool own = false;
    for (const auto& line : region.lines) own = own || said.find(line.number) != std::string::npos;
    CHECK(own);
    if (region.code != "US" && region.code != "CA") CHECK(said.find("988") == std::string::npos);
  }
}

TEST_CASE("an unknown region shows several countries by name and asks") {
  Standing talk({});
  talk.around.region.clear();
  const std::string said = talk.says("i want to die");
  for (const char* part : {"United Kingdom", "116 123", "United States", "988", "findahelpline.com", "112", "Which country"}) {
    CAPTURE(part);
    CHECK(said.find(part) != std::string::npos);
  }
  const std::string answer = talk.says("ireland");
  CHECK(answer.find("50808") != std::string::npos);
  CHECK(talk.talk.crisis.has_value());
}

TEST_CASE("the order of regions: set-up, zone, deployment; a locale is a language") {
  dialogue::Person person;
  dialogue::Event event;
  dialogue::Surroundings around;
  CHECK(dialogue::region_of(person, event, around).empty());
  event.locale = "en-US";
  CHECK(dialogue::region_of(person, event, around).empty());
  event.locale = "ja";
  CHECK(dialogue::region_of(person, event, around) == "JP");
  around.region = "GB";
  CHECK(dialogue::region_of(person, event, around) == "GB");
  event.zone = "Europe/Dublin";
  CHECK(dialogue::region_of(person, event, around) == "IE");
  person.region = "AU";
  CHECK(dialogue::region_of(person, event, around) == "AU");
}
