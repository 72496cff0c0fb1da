#include <string>

#include "world.hpp"

using namespace nurturer;
using namespace nurturer::understanding;
using nurturer::understanding::test::World;

namespace {

World negation() {
  World world;
  world.cue(Intent::rejection_fear, {"{partner} ... leave~ me"}).unless = {"negated"};
  world.cue(Intent::panic, {"can not breathe"}).unless = {"negated"};
  world.cue(Intent::crisis_suicide, {"want~ to die", "(kms|suicide)"}).unless = {"negated", "quoted"};
  ScopeSource& scope = world.scope("negated", {"{not}"}, Reach::after);
  scope.ends_at = {"i", "but"};
  scope.not_in = {"not only", "why not"};
  return world;
}

}  // namespace

TEST_CASE("a negation overrules what stands behind it") {
  World world = negation();
  CHECK(world.counts("my boyfriend is leaving me") == "yes");
  CHECK(world.counts("my boyfriend isn't leaving me") == "negated");
  CHECK(world.counts("my boyfriend isn’t leaving me") == "negated");
  CHECK(world.counts("he never left me") == "negated");
  CHECK(world.counts("no he left me") == "negated");
  CHECK(world.counts("no, he left me") == "yes");  // another clause
  CHECK(world.counts("no. he left me") == "yes");
  CHECK(world.counts("no\nhe left me") == "yes");
  CHECK(world.counts("he left me, not her") == "yes");  // behind it
  CHECK(world.counts("he left me not her") == "yes");
  CHECK(world.counts("i don't know but he left me") == "yes");
  CHECK(world.counts("i do not want to die", 2) == "negated");
  CHECK(world.counts("i'm not saying i want to die", 2) == "yes");  // the reach ends at "i"
}

TEST_CASE("a cue's own negation is no veto") {
  World world = negation();
  CHECK(world.counts("i can't breathe", 1) == "yes");
  CHECK(world.counts("i can not breathe", 1) == "yes");
  CHECK(world.counts("i never can not breathe", 1) == "negated");  // another one stands before it
}

TEST_CASE("words in which an opener does not count") {
  World world = negation();
  CHECK(world.counts("he not only left me", 0) == "yes");
  CHECK(world.counts("why not want to die", 2) == "yes");
  CHECK(world.counts("he not only never left me", 0) == "negated");
}

TEST_CASE("one find that counts is enough") {
  World world = negation();
  CHECK(world.counts("i don't want to die. i want to die", 2) == "yes");
  CHECK(world.counts("i want to die, i don't want to die", 2) == "yes");
  CHECK(world.counts("i don't want to die. i never want to die", 2) == "negated");
  const Reading reading = world.read("i don't want to die. i want to die");
  REQUIRE(reading.evidence.size() == 1);  // each cue once, with the find that counts
  CHECK(reading.evidence[0].span == text::Span{23, 34});
}

TEST_CASE("endless negated finds do not hide one that counts") {
  World world = negation();
  std::string message;
  for (int i = 0; i < 500; ++i) message += "i don't want to die. ";
  CHECK(world.counts(message, 2) == "negated");
  CHECK(world.counts(message + "i want to die", 2) == "yes");
}

TEST_CASE("how far scopes reach") {
  struct Case {
    Reach reach;
    int words;
    const char* message;  // the scope opens at "xx", the cue is "a b"
    const char* counts;
  };
  const std::vector<Case> cases = {
      {Reach::match, 0, "xx a b", "yes"},
      {Reach::after, 0, "xx a b", "x"},
      {Reach::after, 0, "xx c d e f g h a b", "x"},
      {Reach::after, 0, "xx, a b", "yes"},
      {Reach::after, 0, "a b xx", "yes"},
      {Reach::after, 0, "a xx b", ""},
      {Reach::after, 2, "xx a b", "x"},
      {Reach::after, 2, "xx c a b", "x"},  // its first word is reached
      {Reach::after, 2, "xx c d a b", "yes"},
      {Reach::after, 2, "xx, a b", "yes"},
      {Reach::before, 0, "a b xx", "x"},
      {Reach::before, 0, "a b c d e f g xx", "x"},
      {Reach::before, 0, "a b, xx", "yes"},
      {Reach::before, 0, "xx a b", "yes"},
      {Reach::before, 1, "a b xx", "x"},
      {Reach::before, 1, "a b c xx", "yes"},
      {Reach::clause, 0, "a b c xx", "x"},
      {Reach::clause, 0, "xx c a b", "x"},
      {Reach::clause, 0, "a b, xx", "yes"},
      {Reach::clause, 0, "xx, a b", "yes"},
      {Reach::sentence, 0, "a b, c\nxx", "x"},
      {Reach::sentence, 0, "xx, c, a b", "x"},
      {Reach::sentence, 0, "xx. a b", "yes"},
      {Reach::sentence, 0, "a b. xx", "yes"},
      {Reach::message, 0, "a b. c. xx", "x"},
      {Reach::message, 0, "xx. a b", "x"},
      {Reach::message, 0, "a b", "yes"},
  };
  for (const Case& one : cases) {
    World world;
    world.cue(Intent::panic, {"a b"}).unless = {"x"};
    world.scope("x", {"xx"}, one.reach, one.words);
    INFO(one.message << ", reach " << static_cast<int>(one.reach) << ", words " << one.words);
    CHECK(world.counts(one.message) == one.counts);
  }
}

TEST_CASE("a reach ends at words in both directions") {
  World world;
  world.cue(Intent::panic, {"a b"}).unless = {"x"};
  world.scope("x", {"xx"}, Reach::sentence).ends_at = {"but", "even so"};
  CHECK(world.counts("xx c a b") == "x");
  CHECK(world.counts("xx but a b") == "yes");
  CHECK(world.counts("a b but xx") == "yes");
  CHECK(world.counts("xx even so a b") == "yes");
  CHECK(world.counts("xx a b but c") == "x");
  CHECK(world.counts("but xx a b") == "x");
}

TEST_CASE("a word that ends a reach may stand in what opens it") {
  World world;
  world.cue(Intent::panic, {"a b"}).unless = {"x"};
  world.cue(Intent::panic, {"a"}).unless = {"y"};
  world.scope("x", {"nothing but"}, Reach::after).ends_at = {"but"};
  world.scope("y", {"yy"}, Reach::before).ends_at = {"a"};
  CHECK(world.counts("nothing but a b") == "x");
  CHECK(world.counts("nothing but c but a b") == "yes");
  CHECK(world.counts("a c yy", 1) == "yes");  // what ends a reach is outside of it
}

TEST_CASE("a figure of speech overrules by its own words") {
  World world;
  world.cue(Intent::crisis_suicide, {"kill~ me", "(die|dying)"}).unless = {"figure"};
  world.scope("figure", {"(homework|boss) ... kill~ me", "dying laughing"}, Reach::match);
  CHECK(world.counts("this homework is killing me") == "figure");  // "homework" is a word that the cue does not take
  CHECK(world.counts("i'm dying laughing") == "figure");
  CHECK(world.counts("please kill me") == "yes");
  CHECK(world.counts("i hate homework. kill me") == "yes");
  CHECK(world.counts("i'm dying laughing and i want to die") == "yes");
}

TEST_CASE("what is quoted or asked") {
  World world;
  world.cue(Intent::crisis_suicide, {"want~ to die"}).unless = {"quoted"};
  world.cue(Intent::bot_identity, {"bot"}).unless = {"question"};
  world.cue(Intent::anger, {"he hit me"}).unless = {"quoted"};
  CHECK(world.counts("i want to die") == "yes");
  CHECK(world.counts("she said \"i want to die\"") == "quoted");
  CHECK(world.counts("> i want to die\nwhat a song") == "quoted");
  CHECK(world.counts("she said \"no\" and i want to die") == "yes");
  CHECK(world.counts("\"i want to die\"... i want to die") == "yes");
  CHECK(world.counts("are you a bot?", 1) == "question");
  CHECK(world.counts("are you well? bot", 1) == "yes");
  CHECK(world.counts("\"he\" hit me", 2) == "yes");  // one word in quotation marks is no quotation of all
}

TEST_CASE("data may add words to the scope of quotations") {
  World world;
  world.cue(Intent::crisis_suicide, {"want~ to die"}).unless = {"quoted"};
  world.scope("quoted", {"the lyrics go"}, Reach::after);
  CHECK(world.counts("the lyrics go i want to die") == "quoted");
  CHECK(world.counts("i want to die") == "yes");
}

TEST_CASE("several scopes may share an id") {
  World world;
  world.cue(Intent::panic, {"a b"}).unless = {"x"};
  world.scope("x", {"xx"}, Reach::after);
  world.scope("x", {"yy"}, Reach::before);
  world.scope("z", {"zz"}, Reach::clause);
  CHECK(world.counts("xx a b") == "x");
  CHECK(world.counts("a b yy") == "x");
  CHECK(world.counts("yy a b xx") == "yes");
  CHECK(world.counts("zz a b") == "yes");  // not named by the cue
}

TEST_CASE("with and without ask for words anywhere in the message") {
  World world;
  CueSource& cue = world.cue(Intent::panic, {"a b"});
  cue.with = {"tonight", "right now"};
  cue.without = {"kidding"};
  CHECK(world.counts("a b") == "with");
  CHECK(world.counts("a b. right now") == "yes");
  CHECK(world.counts("tonight. x. a b") == "yes");
  CHECK(world.counts("tonight a b. kidding") == "without");
  CHECK(world.counts("tonight kidding").empty());
}

TEST_CASE("cues may ask for the same words") {
  World world;
  for (const char* pattern : {"a b", "c d", "e f"}) world.cue(Intent::panic, {pattern}).with = {"tonight", "right now"};
  world.rules.cues[1].without = {"tonight"};
  world.rules.cues[2].with = {"a b"};
  CHECK(world.counts("a b c d e f tonight", 0) == "yes");
  CHECK(world.counts("a b c d e f tonight", 1) == "without");
  CHECK(world.counts("a b c d e f tonight", 2) == "yes");
  CHECK(world.counts("a b c d", 0) == "with");  // what an earlier message said is forgotten
  CHECK(world.counts("c d e f right now tonight tonight", 2) == "with");
}

TEST_CASE("masked words stand in scopes as plain ones do") {
  World world = negation();
  CHECK(world.counts("su1cide", 2) == "yes");
  CHECK(world.counts("i'd never k m s", 2) == "negated");
}
