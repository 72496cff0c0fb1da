// Nothing about a person is kept before they agree, after a no, or in alarm.
#include <catch2/catch.hpp>

#include "talker.hpp"

using namespace nurturer;
using test::Talker;

namespace {

bool asks_for_consent(const test::Answer& answer) {
  for (const auto& choice : test::choices_of(answer)) {
    if (choice.id.starts_with("consent.")) return true;
  }
  return false;
}

// An exercise to its end, quietly: a good moment to ask.
test::Answer short_senses(Talker& talker) {
  (void)talker.says("senses");
  (void)talker.says("short round");
  (void)talker.says("lamp, rug, clock");
  return talker.says("more here");
}

}  // namespace

TEST_CASE("without a yes there is no row, whatever is told") {
  Talker talker;
  for (const char* text :
       {"hi", "i live in leeds", "i have asthma", "im 15", "my chest hurts", "i want to die", "i am safe now", "my husband hits me",
        "i am safe now", "/panic", "7", "what do you know", "undo", "quiet", "export my data", "no", "don't remember me"}) {
    CAPTURE(text);
    (void)talker.says(text);
    CHECK_FALSE(talker.kept());
  }
  CHECK_FALSE(asks_for_consent(short_senses(talker)));  // "don't remember me" was the answer already
  CHECK_FALSE(talker.kept());
}

TEST_CASE("consent is asked once a talk, and a no holds for it") {
  Talker talker;
  REQUIRE(asks_for_consent(short_senses(talker)));
  (void)talker.presses_id("consent.setup.no");
  CHECK_FALSE(talker.kept());
  CHECK_FALSE(asks_for_consent(short_senses(talker)));
  talker.passes(std::chrono::hours{4});
  (void)talker.says("just talk");
  CHECK(asks_for_consent(short_senses(talker)));
}

TEST_CASE("nothing but a yes is a yes") {
  for (const char* text : {"go on", "next", "done", "ready", "1/10", "thanks", "stop", "why", "again", "hello", "senses",
                           "what do you mean", "maybe", "not sure", "no way", "i don't know", "yesterday he left", "continue please"}) {
    CAPTURE(text);
    Talker talker;
    REQUIRE(asks_for_consent(short_senses(talker)));
    (void)talker.says(text);
    CHECK_FALSE(talker.kept());
  }
  for (const char* text : {"yes", "Yes please", "1", "you may", "sure"}) {
    CAPTURE(text);
    Talker talker;
    REQUIRE(asks_for_consent(short_senses(talker)));
    (void)talker.says(text);
    CHECK(talker.kept());
  }
}

TEST_CASE("nothing is asked for in alarm, in a crisis, after danger, or in a group") {
  Talker alarm;
  (void)alarm.says("/panic");
  (void)alarm.says("done");
  (void)alarm.says("8");
  (void)alarm.says("look round");
  (void)alarm.says("not now");
  CHECK_FALSE(asks_for_consent(alarm.says("9")));  // still loud
  (void)alarm.says("call someone");
  CHECK_FALSE(asks_for_consent(alarm.says("I'll do that")));

  Talker crisis;
  for (const char* text : {"i want to die", "no", "ground me", "a lamp", "warm", "rain", "long out-breath", "none of these", "thanks"}) {
    CAPTURE(text);
    CHECK_FALSE(asks_for_consent(crisis.says(text)));
  }
  Talker danger;
  (void)danger.says("/boundary");
  (void)danger.says("i want to say no");
  (void)danger.says("skip");
  (void)danger.says("they punish it");
  (void)danger.says("safe to write");
  (void)danger.says("steady me");
  (void)danger.says("short round");
  (void)danger.says("lamp");
  CHECK_FALSE(asks_for_consent(danger.says("more here")));

  Talker group;
  group.room = "group:team";
  CHECK_FALSE(asks_for_consent(short_senses(group)));
}

TEST_CASE("after a crisis it may be asked only once the person has said that they are safe") {
  Talker talker;
  (void)talker.says("i want to die");
  CHECK_FALSE(asks_for_consent(talker.says("i am safe now")));
  CHECK(asks_for_consent(short_senses(talker)));
}

TEST_CASE("where nothing can be kept nobody is asked") {
  Talker talker;
  const auto answer = talker.says("remember me");
  REQUIRE(talker.kept());
  (void)talker.says("forget me");
  CHECK_FALSE(talker.kept());
  CHECK_FALSE(asks_for_consent(short_senses(talker)));  // they have just said what they want
}
