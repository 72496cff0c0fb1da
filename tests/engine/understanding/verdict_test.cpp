#include <string>

#include "world.hpp"

using namespace nurturer;
using namespace nurturer::understanding;
using nurturer::understanding::test::World;

TEST_CASE("points add up and must reach what speaks") {
  World world;
  world.weak(Intent::sadness, {"low"});
  world.weak(Intent::sadness, {"tears"});
  world.weak(Intent::sadness, {"flat"}, hint_points);
  CHECK(world.intent("low") == "none");
  CHECK(world.intent("low flat") == "none");
  CHECK(world.intent("low tears") == "sadness");
  CHECK(world.intent("low low low") == "none");  // each cue counts once
  const Reading reading = world.read("low flat");
  CHECK(reading.rule == -1);
  REQUIRE(reading.alternatives.size() == 1);
  CHECK(reading.alternatives[0].intent == Intent::sadness);
  CHECK(reading.alternatives[0].points == 15);
}

TEST_CASE("nothing found is none") {
  World world;
  world.cue(Intent::sadness, {"sad"});
  for (const char* message : {"", "   ", "ok", "😭", "@companion"}) {
    const Reading reading = world.read(message);
    CHECK(reading.intent == Intent::none);
    CHECK(reading.level == Level::none);
    CHECK(reading.rule == -1);
    CHECK(reading.evidence.empty());
  }
}

TEST_CASE("safety outranks requests and feelings, whatever they weigh") {
  World world;
  world.cue(Intent::crisis_suicide, {"want to die"});
  world.cue(Intent::panic, {"panic"}).points = 100;
  world.cue(Intent::breathing, {"breathe"}).points = 100;
  world.cue(Intent::none, {"movie"}).points = 100;
  CHECK(world.intent("panic breathe movie. i want to die") == "crisis_suicide");
  CHECK(world.read("panic breathe movie. i want to die").level == Level::crisis);
}

TEST_CASE("the level of a safety intent") {
  World world;
  world.cue(Intent::crisis_suicide, {"want to die"});
  world.cue(Intent::crisis_suicide, {"better off without me"}).level = Level::concern;
  world.cue(Intent::crisis_suicide, {"took the pills"}).level = Level::emergency;
  world.weak(Intent::crisis_suicide, {"goodbye"}).level = Level::crisis;
  world.weak(Intent::crisis_suicide, {"no way out"}).level = Level::emergency;
  CHECK(world.read("i want to die").level == Level::crisis);  // said by no one else
  CHECK(world.read("better off without me").level == Level::concern);
  CHECK(world.read("better off without me. i want to die").level == Level::crisis);
  CHECK(world.read("i want to die. i took the pills").level == Level::emergency);
  CHECK(world.read("goodbye. no way out").level == Level::concern);  // none of them would speak alone
  CHECK(world.read("goodbye").level == Level::none);
  CHECK(world.read("better off without me. goodbye").level == Level::crisis);
  CHECK(world.read("i want to die. i took the pills").rule == 2);  // the one that set the level
}

TEST_CASE("of safety intents the highest level wins, then points, then their order") {
  World world;
  world.cue(Intent::crisis_suicide, {"aa"});
  world.cue(Intent::crisis_abuse, {"bb"}).level = Level::emergency;
  world.cue(Intent::crisis_abuse, {"cc"});
  world.cue(Intent::medical_emergency, {"dd"}).level = Level::emergency;
  world.weak(Intent::crisis_abuse, {"ee"});
  CHECK(world.intent("aa bb") == "crisis_abuse");
  CHECK(world.intent("aa cc") == "crisis_suicide");
  CHECK(world.intent("aa cc ee") == "crisis_abuse");
  CHECK(world.intent("bb dd") == "medical_emergency");
  CHECK(world.intent("bb cc dd") == "crisis_abuse");
}

TEST_CASE("what speaks against a safety intent takes points away") {
  World world;
  world.cue(Intent::crisis_suicide, {"dying"});
  world.cue(Intent::crisis_suicide, {"lol"}).points = -15;
  CHECK(world.intent("i'm dying") == "crisis_suicide");
  CHECK(world.intent("i'm dying lol") == "none");
  CHECK(world.read("i'm dying lol").level == Level::none);
}

TEST_CASE("requests win over feelings, feelings over courtesies") {
  World world;
  world.cue(Intent::breathing, {"breathe with me"});
  world.cue(Intent::panic, {"panic"}).points = 60;
  world.cue(Intent::greeting, {"hello"}).points = 90;
  world.cue(Intent::thanks, {"thanks"});
  CHECK(world.intent("hello, panic, breathe with me") == "breathing");
  CHECK(world.intent("hello, panic") == "panic");
  CHECK(world.intent("hello") == "greeting");
  CHECK(world.intent("thanks") == "thanks");
  CHECK(world.intent("hello thanks") == "greeting");
}

TEST_CASE("among equals the points decide, then the order of labels") {
  World world;
  world.cue(Intent::sadness, {"sad"});
  world.cue(Intent::loneliness, {"alone"});
  world.weak(Intent::sadness, {"tears"});
  CHECK(world.intent("sad alone") == "loneliness");
  CHECK(world.intent("sad alone tears") == "sadness");
  const Reading reading = world.read("sad alone tears");
  REQUIRE(reading.alternatives.size() == 1);
  CHECK(reading.alternatives[0].intent == Intent::loneliness);
  CHECK(reading.rule == 0);
}

TEST_CASE("what is for nobody wins only if it outweighs") {
  World world;
  world.cue(Intent::panic, {"panic"});
  world.cue(Intent::none, {"kernel"});
  world.weak(Intent::none, {"boot"});
  CHECK(world.intent("panic") == "panic");
  CHECK(world.intent("kernel panic") == "panic");
  CHECK(world.intent("kernel panic at boot") == "none");
  CHECK(world.read("kernel panic at boot").rule == 1);
  CHECK(world.read("kernel panic at boot").alternatives.front().intent == Intent::panic);
}

TEST_CASE("negative points alone are no evidence") {
  World world;
  world.cue(Intent::panic, {"panic"});
  world.cue(Intent::panic, {"disco"}).points = -20;
  CHECK(world.intent("panic at the disco") == "none");
  CHECK(world.intent("disco") == "none");
  CHECK(world.read("disco").alternatives.empty());
  CHECK(world.read("disco").confidence <= 0.5F);
}

TEST_CASE("in a group small talk needs twice as much") {
  World world;
  world.weak(Intent::panic, {"anxiety"});
  world.weak(Intent::panic, {"mondays"});
  world.weak(Intent::panic, {"shaking"});
  world.weak(Intent::panic, {"sweating"});
  world.cue(Intent::panic, {"panic attack"});
  world.weak(Intent::crisis_suicide, {"goodbye all"});
  world.weak(Intent::crisis_suicide, {"no way out"});
  CHECK(world.intent("mondays anxiety", Setting::dm) == "panic");
  CHECK(world.intent("mondays anxiety", Setting::group) == "none");
  CHECK(world.intent("mondays anxiety shaking sweating", Setting::group) == "panic");
  CHECK(world.intent("panic attack", Setting::group) == "panic");
  CHECK(world.intent("goodbye all. no way out", Setting::group) == "crisis_suicide");  // never the safety net
}

TEST_CASE("whom a message speaks of") {
  World world;
  world.cue(Intent::crisis_suicide, {"want~ to die"});
  world.cue(Intent::crisis_suicide, {"my brother jumped"}).subject = Subject::other;
  world.cue(Intent::support_other, {"how do i help"}).subject = Subject::other;
  world.scope("other", {"my (friend|sister|brother)"}, Reach::after).ends_at = {"i"};
  CHECK(world.read("i want to die").subject == Subject::self);
  CHECK(world.read("my friend wants to die").subject == Subject::other);
  CHECK(world.read("my friend left and i want to die").subject == Subject::self);
  CHECK(world.read("my friend wants to die and i want to die").subject == Subject::self);  // one find of the sender is enough
  world.rules.cues[0].unless = {"negated"};
  world.scope("negated", {"not"}, Reach::after);
  world.build();
  const Reading of_friend = world.read("i do not want to die. my friend wants to die");
  CHECK(of_friend.subject == Subject::other);
  CHECK(of_friend.evidence.front().span == text::Span{32, 44});
  CHECK(world.read("my brother jumped").subject == Subject::other);
  CHECK(world.read("how do i help").subject == Subject::other);
  CHECK(world.read("hello").subject == Subject::self);
}

TEST_CASE("flags come from every cue that counts") {
  World world;
  Flags heart;
  heart.add(Flag::heart);
  Flags drugs;
  drugs.add(Flag::drugs);
  world.cue(Intent::panic, {"chest hurts"}).flags = heart;
  world.cue(std::nullopt, {"cocaine"}).flags = drugs;
  world.rules.cues.back().unless = {"negated"};
  world.weak(Intent::sadness, {"tears"}, hint_points).flags = drugs;
  world.scope("negated", {"no"}, Reach::after);
  CHECK(world.read("my chest hurts").flags == heart);
  CHECK(world.read("cocaine").flags == drugs);
  CHECK(world.read("cocaine").intent == Intent::none);
  CHECK(world.read("tears").flags == drugs);  // too weak to speak, but told
  Flags both = heart;
  both.add(drugs);
  CHECK(world.read("cocaine. my chest hurts").flags == both);
  CHECK(world.read("no cocaine").flags.empty());
  CHECK(world.read("hello").flags.empty());
}

TEST_CASE("confidence grows with points and with their distance to the next best") {
  World world;
  world.cue(Intent::sadness, {"sad"});
  world.cue(Intent::sadness, {"tears"});
  world.cue(Intent::loneliness, {"alone"}).points = 15;
  const float one = world.read("sad").confidence;
  const float two = world.read("sad tears").confidence;
  const float contested = world.read("sad alone").confidence;
  CHECK(one > 0.5F);
  CHECK(two > one);
  CHECK(two < 1.0F);
  CHECK(contested < one);
  CHECK(contested > 0.0F);
  const Reading reading = world.read("sad alone");
  REQUIRE(reading.alternatives.size() == 1);
  CHECK(reading.alternatives[0].confidence < reading.confidence);
  CHECK(world.read("alone").confidence < world.read("hello").confidence);  // less sure that it is nothing
}

TEST_CASE("evidence lists every cue once, in order, overruled ones too") {
  World world;
  world.cue(Intent::sadness, {"sad"});
  world.cue(Intent::panic, {"panic"}).unless = {"negated"};
  world.cue(Intent::anger, {"angry"});
  world.scope("negated", {"not"}, Reach::after);
  const Reading reading = world.read("Öl, ok angry, not a panic, sad sad");
  REQUIRE(reading.evidence.size() == 3);
  CHECK(reading.evidence[0].cue == 0);
  CHECK(reading.evidence[0].span == text::Span{28, 31});
  CHECK(reading.evidence[1].cue == 1);
  CHECK(reading.evidence[1].vetoed_by == "negated");
  CHECK(reading.evidence[2].cue == 2);
  CHECK(reading.evidence[2].span == text::Span{8, 13});
}

TEST_CASE("the companion's name does not matter") {
  World world;
  world.cue(Intent::greeting, {"^ hi $"});
  world.cue(Intent::stop, {"^ stop $"});
  CHECK(world.intent("hi nurturer") == "greeting");
  CHECK(world.intent("@companion stop") == "stop");
  CHECK(world.intent("stop, nurturer!") == "stop");
  CHECK(world.intent("hi 👋 nurturer") == "none");
}

TEST_CASE("one memory serves many readings") {
  World world;
  world.cue(Intent::sadness, {"sad"}).unless = {"negated"};
  world.scope("negated", {"not"}, Reach::after);
  const Model& model = world.build();
  Model::Scratch scratch;
  Reading reading;
  text::Text text;
  for (int i = 0; i < 3; ++i) {
    for (const auto& [message, intent] :
         {std::pair("sad", Intent::sadness), std::pair("not sad", Intent::none), std::pair("", Intent::none)}) {
      text::read(message, world.language->lexicon(), text);
      model.understand(text, Setting::dm, scratch, reading);
      CHECK(reading.intent == intent);
      CHECK(reading.alternatives.empty());
    }
  }
}
