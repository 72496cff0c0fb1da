// "Not better" is no "better": the words of a choice do not count where they are denied.
#include <catch2/catch.hpp>

#include "standing.hpp"

using namespace nurturer;
using dialogue::Place;
using test::Standing;

namespace {

struct Said {
  Place at;
  const char* text;
  Place leads_to;
};

}  // namespace

TEST_CASE("what is denied is no answer, what needs the denying word is one") {
  const Said all[] = {
      {{"breathing", "after"}, "not better", {"breathing", "after"}},
      {{"breathing", "after"}, "it is not easier at all", {"breathing", "after"}},
      {{"senses", "after"}, "never closer", {"senses", "after"}},
      {{"attachment_alarm", "more_body"}, "not softer", {"attachment_alarm", "more_body"}},
      {{"boundary_doubt", "how_was"}, "not like me", {"boundary_doubt", "how_was"}},
      {{"boundary_doubt", "next_step"}, "not today", {}},
      {{"affirmation", "softer"}, "nothing fits", {}},
      {{"affirmation", "softer"}, "it does not fit", {}},
      {{"safety.crisis_self_harm", "ask_wound"}, "its not deep", {"safety.crisis_self_harm", "ask_safe"}},
  };
  for (const Said& said : all) {
    CAPTURE(said.at.script, said.at.step, said.text);
    Standing standing(said.at);
    if (said.at.script.starts_with("safety.")) {
      standing.talk.crisis = dialogue::Crisis{understanding::Intent::crisis_self_harm, understanding::Level::crisis, understanding::Subject::self,
                                              test::evening(), false};
    }
    (void)standing.says(said.text);
    CHECK(standing.talk.at == said.leads_to);
  }
}

TEST_CASE("a no in front of an answer denies nothing of it") {
  for (const char* text : {"no, its easier", "no its easier now", "easier, no tightness", "better"}) {
    CAPTURE(text);
    Standing standing({"breathing", "after"});
    (void)standing.says(text);
    CHECK(standing.talk.at.empty());  // "easier" leads to the end
  }
}
