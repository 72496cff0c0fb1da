// What fits this person now: conditions of entries and turns, what helped before, short forms for the practised, the week after a crisis.
#include "engine/dialogue/fitting.hpp"

#include <catch2/catch.hpp>

#include "engine/dialogue/look_back.hpp"
#include "standing.hpp"

using namespace nurturer;
using dialogue::BodyState;
using dialogue::Consent;
using dialogue::DayPart;
using dialogue::Own;
using dialogue::Place;
using dialogue::Rating;
using dialogue::When;
using test::Standing;

namespace {

dialogue::Script script_named(const std::string& id) {
  dialogue::Script script;
  script.id = id;
  return script;
}

// A stage on its own: nothing said, nothing running.
struct Alone {
  dialogue::Surroundings around{"GB", false, true, true, false};
  dialogue::Event event;
  understanding::Reading reading;
  text::Text text;
  dialogue::Stage stage{test::content().language, test::content().library, around, event, reading, text, {}, {test::evening(), 1}, 1, {}, {}, {}, 0, false};

  [[nodiscard]] bool holds(const When& when) const { return dialogue::holds(stage, when, script_named("breathing")); }
};

Rating rating(const std::string& script, int before, int after, std::chrono::hours ago) { return {test::evening() - ago, script, before, after}; }

}  // namespace

TEST_CASE("a condition holds when all of it does") {
  Alone alone;
  CHECK(alone.holds({}));
  When when;
  when.state = {BodyState::shutdown, BodyState::alarm};
  CHECK_FALSE(alone.holds(when));
  alone.stage.talk.state = BodyState::alarm;
  CHECK(alone.holds(when));
  when.loud = true;
  CHECK_FALSE(alone.holds(when));
  alone.stage.talk.loud = true;
  CHECK(alone.holds(when));
  when.told = {Own::safe_place};
  CHECK_FALSE(alone.holds(when));
  alone.stage.person.world.safe_place = "the pier";
  CHECK(alone.holds(when));
  when.not_told = {Own::nurturer};
  CHECK(alone.holds(when));
  alone.stage.person.world.nurturers.push_back({"my gran", "", ""});
  CHECK_FALSE(alone.holds(when));
}

TEST_CASE("the time of day is the person's own") {
  Alone alone;  // 21:00 UTC
  When when;
  when.time = {DayPart::evening};
  CHECK_FALSE(alone.holds(when));
  alone.event.zone = "Europe/London";
  CHECK(alone.holds(when));
  alone.stage.person.zone = "Asia/Kolkata";  // 02:30
  CHECK_FALSE(alone.holds(when));
  CHECK(dialogue::day_part(alone.stage) == DayPart::night);
  alone.stage.person.zone = "America/Los_Angeles";  // 13:00
  CHECK(dialogue::day_part(alone.stage) == DayPart::day);
  alone.stage.person.zone = "Nowhere/Land";
  CHECK_FALSE(dialogue::day_part(alone.stage));
}

TEST_CASE("how often lately, how often ever, and what helped") {
  Alone alone;
  alone.stage.person.rated = {rating("breathing", 8, 7, std::chrono::hours{24 * 20}), rating("breathing", 6, 6, std::chrono::hours{24}),
                              rating("senses", 8, 3, std::chrono::hours{48})};
  When when;
  when.lately = 1;
  CHECK(alone.holds(when));
  when.lately = 2;
  CHECK_FALSE(alone.holds(when));
  When practised;
  practised.practised = 2;
  CHECK(alone.holds(practised));
  practised.practised = 3;
  CHECK_FALSE(alone.holds(practised));
  REQUIRE(dialogue::what_helped(alone.stage) != nullptr);
  CHECK(dialogue::what_helped(alone.stage)->id == "senses");
  alone.stage.talk.flags.add(understanding::Flag::driving);  // not for them now: the next best
  REQUIRE(dialogue::what_helped(alone.stage) != nullptr);
  CHECK(dialogue::what_helped(alone.stage)->id == "breathing");
  alone.stage.person.rated = {rating("breathing", 3, 6, std::chrono::hours{24})};
  CHECK(dialogue::what_helped(alone.stage) == nullptr);
}

TEST_CASE("a look back is a picture of before and after") {
  Standing standing({});
  standing.person.ratings = Consent::yes;
  standing.person.rated = {rating("senses", 8, 4, std::chrono::hours{48}), rating("senses", 6, 2, std::chrono::hours{24})};
  const std::string said = standing.says("what helped me");
  CHECK_THAT(said, Catch::Contains("2 times\nbefore #######... 7\nafter  ###....... 3"));
  CHECK(standing.talk.at == Place{"look_back", "what_it_says"});
  (void)standing.says("do what helped");
  CHECK(standing.talk.at.script == "senses");
}

TEST_CASE("what somebody has done often comes in few words") {
  Standing standing({});
  standing.person.ratings = Consent::yes;
  for (int i = 0; i < 6; ++i) standing.person.rated.push_back(rating("panic", 8, 4, std::chrono::hours{24 * (i + 1)}));
  const std::string said = standing.says("/panic");
  const auto* step = test::content().library.find({"panic", "arrive"});
  REQUIRE(step != nullptr);
  CHECK_THAT(said, Catch::Contains(step->brief));
}

TEST_CASE("a second topic is kept, and offered when the first is done") {
  Standing standing({});
  (void)standing.says("i feel so lonely and i am so angry at my sister");
  CHECK(standing.talk.at.script == "anger");
  CHECK(standing.talk.second_topic == "loneliness");
  standing.talk.at = standing.talk.asking = Place{"breathing", "after"};
  (void)standing.says("easier");
  CHECK(standing.talk.asking == Place{"common", "second_topic"});
  (void)standing.says("that now");
  CHECK(standing.talk.at.script == "loneliness");
}

TEST_CASE("for a week after a crisis what stirs up old pain is left out, and a song leaves no mark") {
  Standing standing({});
  (void)standing.says("i want to die");
  CHECK(standing.person.gentle_until > test::evening());
  (void)standing.says("undo");
  CHECK(standing.person.gentle_until > test::evening());
  standing.talk = {};
  Alone alone;
  alone.stage.person = standing.person;
  CHECK(alone.stage.flags().has(understanding::Flag::recent_crisis));
  Standing singing({});
  (void)singing.says("i want to die");
  (void)singing.says("it's just a song");
  CHECK(singing.person.gentle_until == dialogue::Time{});
  // What a violent home does to the set-up is another thing, and no mark of a date.
  Standing hurt({});
  (void)hurt.says("my husband hits me");
  CHECK(hurt.person.gentle_until == dialogue::Time{});
}

TEST_CASE("a rating of seven or more is told to the cards") {
  Standing standing({"panic", "rate_before"});
  (void)standing.says("8");
  Alone alone;
  alone.stage.talk = standing.talk;
  CHECK(alone.stage.flags().has(understanding::Flag::very_loud));
  CHECK(alone.stage.talk.loud);
}

TEST_CASE("a stranger's press gets one kind line") {
  Standing standing({});
  standing.talk = {};
  const std::string said = standing.presses("panic.start.1");
  CHECK(standing.effects().size() == 1);
  CHECK_THAT(said, !Catch::Contains("program"));
  CHECK_THAT(standing.says("hello"), Catch::Contains("program"));
}
