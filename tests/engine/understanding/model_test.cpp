// What is wrong with rules, expressions as cues, samples, explanations.
#include <algorithm>
#include <ctime>
#include <string>

#include "world.hpp"

using namespace nurturer;
using namespace nurturer::understanding;
using nurturer::understanding::test::World;

namespace {

bool told(const Diagnostics& all, std::uint32_t line, const std::string& problem) {
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& diagnostic) {
    return diagnostic.source.line == line && diagnostic.problem.find(problem) != std::string::npos && !diagnostic.remedy.empty();
  });
}

}  // namespace

TEST_CASE("mistakes in rules are all told") {
  World world;
  world.cue(Intent::panic, {"a (b"});
  world.cue(Intent::panic, {});
  world.cue(Intent::panic, {"a"}).regex = "a";
  world.cue(Intent::panic, {"a"}).level = Level::crisis;
  world.cue(Intent::crisis_suicide, {"a"}).level = Level::none;
  world.cue(std::nullopt, {"a"});
  world.cue(Intent::panic, {"a"}).points = 0;
  world.cue(Intent::panic, {"a"}).unless = {"negatd"};
  world.cue(Intent::panic, {"a"}).id = "cue0";
  world.cue(Intent::panic, {"a"}).with = {"{nobody}"};
  world.scope("negated", {"not"}, Reach::after, -1);
  world.scope("empty", {}, Reach::after);
  const Diagnostics all = world.compile();
  CHECK(told(all, 1, "not closed"));
  CHECK(told(all, 2, "neither a pattern nor a regex"));
  CHECK(told(all, 3, "patterns and a regex"));
  CHECK(told(all, 4, "Only the safety intents"));
  CHECK(told(all, 5, "A safety cue has a level"));
  CHECK(told(all, 6, "neither an intent nor a flag"));
  CHECK(told(all, 7, "weighs nothing"));
  CHECK(told(all, 8, "no scope called negatd"));
  CHECK(told(all, 9, "have this id"));
  CHECK(told(all, 10, "no word list called nobody"));
  CHECK(told(all, 1, "less than no words"));
  CHECK(told(all, 2, "no pattern"));
  CHECK(all.size() == 12);
  const auto scope = std::find_if(all.begin(), all.end(), [](const Diagnostic& diagnostic) { return diagnostic.words == "negatd"; });
  REQUIRE(scope != all.end());
  CHECK(scope->remedy == "Did you mean \"negated\"?");
}

TEST_CASE("the built-in scopes may be named without being written") {
  World world;
  world.cue(Intent::panic, {"a"}).unless = {"quoted", "question"};
  CHECK(world.compile().empty());
}

TEST_CASE("expressions see the folded text") {
  World world;
  CueSource& cue = world.cue(Intent::anger, {});
  cue.regex = "\\bf+u+c+k+ (him|her)\\b";
  cue.unless = {"negated"};
  world.cue(Intent::panic, {}).regex = "i can not (breathe|think)!";
  world.cue(Intent::sadness, {}).regex = ".*\\bb[a-z]d\\b";  // no literal that a filter could look for
  world.scope("negated", {"not"}, Reach::after);
  CHECK(world.intent("FUUUCK him") == "anger");
  CHECK(world.intent("fuckk her") == "anger");
  CHECK(world.intent("fuck them") == "none");
  CHECK(world.counts("i do not say fuck him") == "negated");
  CHECK(world.counts("i do not say fuck him. fuck her") == "yes");
  CHECK(world.intent("I CAN’T breathe!!") == "panic");
  CHECK(world.intent("so b*d, so bad") == "sadness");
  CHECK(world.intent("") == "none");
  const Reading reading = world.read("oh, FUUUCK him!");
  REQUIRE(reading.evidence.size() == 1);
  CHECK(reading.evidence[0].span == text::Span{4, 14});
}

TEST_CASE("many expressions find what each of them finds") {
  World world;
  const std::vector<std::string> expressions = {
      "sad", "so sad", "a+b", "tired of (it|this|them)", "\\bno\\b", "x.z", "(dark|black) (hole|night)", "[0-9]+ days", "é", "ba"};
  for (const std::string& expression : expressions) world.cue(Intent::sadness, {}).regex = expression;
  const Model& model = world.build();
  for (const char* message : {"so sad", "aaab", "tired of this", "no", "xyz", "black night", "12 days", "é", "ba", "nothing of it",
                              "so sadly tired of them. No black hole"}) {
    const std::string folded = text::fold(message);
    const Reading reading = model.understand(message);
    for (std::uint32_t i = 0; i < expressions.size(); ++i) {
      const bool found =
          std::any_of(reading.evidence.begin(), reading.evidence.end(), [i](const Evidence& evidence) { return evidence.cue == i; });
      World alone;
      alone.cue(Intent::sadness, {}).regex = expressions[i];
      INFO(message << " / " << expressions[i]);
      CHECK(found == !alone.read(message).evidence.empty());
    }
  }
}

TEST_CASE("faulty expressions are told in the author's words") {
  World world;
  world.cue(Intent::panic, {}).regex = "a(b";
  world.cue(Intent::panic, {}).regex = "a[z-a]";
  world.cue(Intent::panic, {}).regex = "(a|b)*";
  world.cue(Intent::panic, {}).regex = "Panic";
  world.cue(Intent::panic, {}).regex = "(?=a)";
  const Diagnostics all = world.compile();
  CHECK(told(all, 1, "missing )"));
  CHECK(told(all, 2, "invalid character class range"));
  CHECK(told(all, 3, "finds nothing at all"));
  CHECK(told(all, 4, "capital letters"));
  CHECK(told(all, 5, "invalid perl operator"));
  REQUIRE(all.size() == 5);
  CHECK(all[1].words == "z-a");
}

TEST_CASE("where a cue stands") {
  World world;
  world.cue(Intent::panic, {"a"});
  world.cue(Intent::panic, {"b"});
  CHECK(world.build().where(1) == "cues.toml:2");
  CHECK(world.build().where(-1).empty());
  CHECK(world.build().cues().size() == 2);
}

TEST_CASE("samples are tests") {
  World world;
  CueSource& cue = world.cue(Intent::panic, {"can not breathe"});
  cue.unless = {"negated"};
  cue.with = {"now"};
  cue.should_find = {"i can't breathe now", "i can't think now", "i can't breathe", "never can not breathe now"};
  cue.should_not_find = {"i can breathe now", "now i can't breathe"};
  ScopeSource& scope = world.scope("negated", {"never"}, Reach::after);
  scope.should_find = {"never ever", "not ever"};
  scope.should_not_find = {"always", "never"};
  const Diagnostics all = world.build().check_samples();
  REQUIRE(all.size() == 6);
  CHECK(all[0].words == "i can't think now");
  CHECK_THAT(all[0].problem, Catch::Contains("not found there"));
  CHECK_THAT(all[1].problem, Catch::Contains("\"with\""));
  CHECK_THAT(all[2].problem, Catch::Contains("negated"));
  CHECK(all[3].words == "now i can't breathe");
  CHECK(all[3].source.line == 1);
  CHECK(all[4].words == "not ever");
  CHECK(all[5].words == "never");
  for (const Diagnostic& diagnostic : all) CHECK_FALSE(diagnostic.remedy.empty());
}

TEST_CASE("an explanation tells words, scopes, cues, sums and the decision") {
  World world;
  world.cue(Intent::rejection_fear, {"{partner} ... leave~ me"}).unless = {"negated"};
  world.cue(Intent::sadness, {"sad"});
  world.scope("negated", {"not"}, Reach::after);
  const std::string table = world.build().explain("My boyfriend isn’t leaving me, just zzx sad?", Setting::dm);
  INFO(table);
  CHECK_THAT(table, Catch::Contains("boyfriend? is? not? leaving? me? , [just]? [zzx]? sad?"));
  CHECK_THAT(table, Catch::Contains("scope    negated") && Catch::Contains("scopes.toml:1  \"not\" reaches leaving .. me"));
  CHECK_THAT(table, Catch::Contains("cues.toml:1 cue0  \"boyfriend ... leaving me\"  overruled by negated"));
  CHECK_THAT(table, Catch::Contains("cues.toml:2 cue1  \"sad\""));
  CHECK_THAT(table, Catch::Contains("sum      sadness             20   of 20 needed"));
  CHECK_THAT(table, Catch::Contains("reading  sadness  level none  subject self  flags none") && Catch::Contains("decided by cues.toml:2"));
  CHECK_THAT(world.model->explain("", Setting::group), Catch::Contains("reading  none") && Catch::Contains("decided by nothing"));
}

TEST_CASE("a model may be moved") {
  World world;
  world.cue(Intent::sadness, {"sad"}).unless = {"negated"};
  world.scope("negated", {"not"}, Reach::after);
  world.build();
  Model moved = std::move(*world.model);
  const Reading reading = moved.understand("not sad");
  REQUIRE(reading.evidence.size() == 1);
  CHECK(reading.evidence[0].vetoed_by == "negated");
}

TEST_CASE("hostile messages are understood in time") {
  World world;
  for (int i = 0; i < 50; ++i) {
    CueSource& cue = world.cue(static_cast<Intent>(i % intent_count), {"i ... not ... want~", "want~ to die", "i want~"});
    cue.unless = {"negated", "other", "quoted"};
  }
  world.scope("negated", {"{not}"}, Reach::after).ends_at = {"i", "but"};
  world.scope("other", {"my friend"}, Reach::message).not_in = {"my friend and"};
  for (const std::string piece : {"i can't ", "i don't want to die ", "my friend and i want ", "not not i ", "\"i want\" ", "my friend "}) {
    std::string message;
    while (message.size() < 64'000) message += piece;
    const std::clock_t start = std::clock();
    const Reading reading = world.read(message);
    CHECK(std::clock() - start < 10 * CLOCKS_PER_SEC);  // some milliseconds, but sanitizers are slow
    CHECK(reading.evidence.size() <= world.rules.cues.size());
  }
}
