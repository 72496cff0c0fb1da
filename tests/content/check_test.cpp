// What `check` tells beyond loading.
#include "content/check.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "small.hpp"

namespace nurturer::content {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

constexpr std::string_view senses = "responses/en/senses.toml";
constexpr std::string_view breathing = "responses/en/breathing.toml";
constexpr std::string_view everything = "responses/en/everything.toml";
constexpr std::string_view end = "go  = \"end\"\n";

/// The changed small content has nothing for load() to tell.
Diagnostics told_of(const std::vector<Change>& changes) {
  const Loaded loaded = load(changed(changes));
  INFO(printed(loaded.diagnostics));
  REQUIRE(loaded.diagnostics.empty());
  return check(*loaded.content);
}

/// What check() must tell, and nothing else; `at` stands in the line told.
void require_only(const std::vector<Change>& changes, std::string_view file, std::string_view at, std::string_view problem,
                  std::string_view remedy) {
  const auto files = changed(changes);
  const auto told = told_of(changes);
  INFO(printed(told));
  REQUIRE(told.size() == 1);
  CHECK(told[0].source.file == file);
  CHECK(told[0].source.line == line_of(text_of(files, file), at));
  CHECK_THAT(told[0].words, Catch::Contains(std::string(at)));
  CHECK_THAT(told[0].problem, Catch::Contains(std::string(problem)));
  CHECK_THAT(told[0].remedy, Catch::Contains(std::string(remedy)));
}

void require_nothing(const std::vector<Change>& changes) {
  const auto told = told_of(changes);
  CHECK_THAT(printed(told), Catch::Equals(""));
}

}  // namespace

TEST_CASE("samples are run") {
  require_only({{"intents/en/panic.toml", "[\"i am in panic\"]", "[\n  \"i am in panic\",\n  \"i feel the tension\",\n]"}},
               "intents/en/panic.toml", "i feel the tension", "does not find this sample", "");
  require_only({{"intents/en/panic.toml", "panic at the disco", "we are in panic mode"}}, "intents/en/panic.toml", "we are in panic mode",
               "finds this sample, which it should not", "");
}

TEST_CASE("other ways of asking for a script are tried out") {
  const std::string_view with = "names   = [\"breathing\", \"slow breath\"]";
  require_nothing({{breathing, with, "phrases = [\"^ i need air $\"]\nshould_find = [\"I need air\"]\nnames   = [\"breathing\"]"}});
  require_only({{breathing, with, "phrases = [\"^ i need air $\"]\nshould_find = [\"i want air\"]\nnames   = [\"breathing\"]"}}, breathing,
               "i want air", "none of the phrases is heard", "change the phrase");
  require_only({{breathing, with, "phrases = [\"need air\"]\nshould_find = [\"i need air\"]\nshould_not_find = [\"tyres need air\"]\nnames   = [\"breathing\"]"}},
               breathing, "tyres need air", "which it should not", "^ and $");
}

TEST_CASE("a step that only a turn or another script's entry leads to is reached") {
  require_nothing({{senses, end, "go  = \"end\"\nturns = [{ when = { told = [\"safe_place\"] }, step = \"other\" }]\n\n[[step]]\nid = \"other\"\nsay = [\"There again.\"]\ngo = \"end\"\n"}});
}

TEST_CASE("an intent without a script") {
  const auto told = told_of({{breathing, "[\"panic\", \"breathing\"]", "[\"breathing\"]"}});
  REQUIRE(told.size() == 1);
  CHECK_THAT(told[0].problem, Catch::Contains("no script answers the intent \"panic\""));
  CHECK_THAT(told[0].remedy, Catch::Contains("intents = [\"panic\"]"));
  // What no cue can hear needs no answer.
  require_nothing({{everything, "  \"loneliness\",\n", ""}});
}

TEST_CASE("a step that no way leads to") {
  require_only({{senses, end, "go  = \"end\"\n\n[[step]]\nid = \"lost\"\nsay = [\"Nobody comes by.\"]\ngo = \"end\"\n"}}, senses,
               "id = \"lost\"", "no way leads to the step \"lost\"", "lead to it");
  // Entries are ways in, and so are the steps that the program calls for a flag or a language.
  require_nothing({{senses, "[[step]]", "enter = [{ when = [\"heart\"], step = \"other\" }]\n\n[[step]]"},
                   {senses, end, "go  = \"end\"\n\n[[step]]\nid = \"other\"\nsay = [\"By the side door.\"]\ngo = \"end\"\n"}});
  require_nothing({{"responses/en/safety.crisis_suicide.toml", end,
                    "go  = \"end\"\n\n[[step]]\nid = \"drugs_emergency\"\nsay = [\"By the side door.\"]\ngo = \"end\"\n"}});
  require_nothing(
      {{"responses/en/other_languages.toml", "", "about = \"x\"\nnames = []\n[[step]]\nid = \"de\"\nsay = [\"Hallo.\"]\ngo = \"stay\"\n"}});
}

TEST_CASE("steps from which no way leads to an end") {
  const auto told = told_of({{senses, end,
                              "ask = { kind = \"choice\", choices = [{ label = \"more\", go = \"again\" }, { label = \"less\", go = "
                              "\"stay\" }] }\n\n[[step]]\nid = \"again\"\nsay = [\"And three that you hear.\"]\nask = { kind = \"choice\", "
                              "choices = [{ label = \"more\", go = \"start\" }] }\n"}});
  INFO(printed(told));
  REQUIRE(told.size() == 2);
  CHECK_THAT(told[0].problem, Catch::Contains("from the step \"start\" no way leads to an end"));
  CHECK_THAT(told[1].problem, Catch::Contains("from the step \"again\" no way leads to an end"));
  CHECK_THAT(told[1].remedy, Catch::Contains("go = \"end\""));
  // Into another script and to its end is an end.
  require_nothing({{senses, end, "ask = { kind = \"choice\", choices = [{ label = \"more\", go = \"@everything\" }] }\n"}});
}

TEST_CASE("too many messages in one answer") {
  const std::string_view two_more =
      "go  = \"b\"\n\n[[step]]\nid = \"b\"\nsay = [\"And hear.\"]\ngo = \"c\"\n\n[[step]]\nid = \"c\"\nsay = [\"And smell.\"]\ngo = "
      "\"end\"\n";
  require_nothing({{senses, end, two_more}});
  const std::string_view three_more =
      "go  = \"b\"\n\n[[step]]\nid = \"b\"\nsay = [\"And hear.\"]\ngo = \"c\"\n\n[[step]]\nid = \"c\"\nsay = [\"And smell.\"]\ngo = "
      "\"d\"\n\n[[step]]\nid = \"d\"\nsay = [\"And rest.\"]\ngo = \"end\"\n";
  require_only({{senses, end, three_more}}, senses, "id  = \"start\"",
               "4 messages come one after the other here, and 3 are the most: start, b, c, d", "let one of these steps ask");
  // A paced run is a message of its own: seated, round and its run, with one more before them.
  require_only({{breathing, "say = [\"Sit down first.\"]\ngo  = \"health\"",
                 "say = [\"Sit down first.\"]\ngo  = \"feet\"\n\n[[step]]\nid = \"feet\"\nsay = [\"Feet on the floor.\"]\ngo = \"round\""}},
               breathing, "id  = \"seated\"", "4 messages come one after the other here", "");
}

TEST_CASE("steps that lead on to each other without asking") {
  const auto told = told_of({{senses, end, "go  = \"b\"\n\n[[step]]\nid = \"b\"\nsay = [\"And hear.\"]\ngo = \"start\"\n"}});
  INFO(printed(told));
  REQUIRE(told.size() == 3);  // the round, and two steps without an end
  CHECK(std::ranges::count_if(
            told, [](const Diagnostic& each) { return each.problem == "these steps lead on to each other and never ask: start, b"; }) == 1);
}

TEST_CASE("an exercise that is led against a flag told on the way") {
  // Told in the choice itself.
  require_only({{everything, "go = \"@breathing\" }", "go = \"@breathing\", sets = [\"heart\"] }"}}, everything, "sets = [\"heart\"]",
               "\"breathing\" is led for people who told on the way: heart", "another exercise");
  // Told two steps before.
  require_only({{senses, end,
                 "ask = { kind = \"choice\", choices = [{ label = \"asthma\", go = \"b\", sets = [\"asthma\"] }] }\n\n[[step]]\nid = "
                 "\"b\"\nsay = [\"And hear.\"]\ngo = \"@breathing\"\n"}},
               senses, "go = \"@breathing\"", "who told on the way: asthma", "another exercise");
  // Taken back in between.
  require_nothing(
      {{senses, end,
        "ask = { kind = \"choice\", choices = [{ label = \"asthma\", go = \"b\", sets = [\"asthma\"] }] }\n\n[[step]]\nid = \"b\"\nsay = "
        "[\"And hear.\"]\nask = { kind = \"choice\", choices = [{ label = \"not so\", go = \"@breathing\", clears = [\"asthma\"] }] }\n"}});
  // The exercise's own question, answered with yes, leads into its paced run.
  require_only({{breathing, "{ label = \"yes\", go = \"@senses\", sets = [\"asthma\"] }",
                 "{ label = \"yes\", go = \"round\", sets = [\"asthma\"] }"}},
               breathing, "paced = {", "who told on the way: asthma", "another exercise");
  // By the side door for people with the flag.
  require_only({{breathing, "when = [\"dizzy\"]", "when = [\"heart\"]"}}, breathing, "paced = {", "who told on the way: heart",
               "another exercise");
  // ... unless the step itself steps aside.
  require_nothing({{breathing, "when = [\"dizzy\"]", "when = [\"heart\"]"},
                   {breathing, "brief = ", "not_with = [\"heart\"]\ninstead = \"close\"\nbrief = "}});
}

TEST_CASE("variants that are nearly the same") {
  require_only({{senses, "say = [\"Name three things that you see.\"]",
                 "say = [\"Name three things that you see.\", \"Sit a while.\", \"Please name three things that you see!\"]"},
                {"responses/en/forbidden.toml", "[\"everything\"]", "[\"everything\", \"senses\"]"}},
               senses, "Please name three", "nearly the same as \"Name three things that you see.\"", "other words");
  require_only({{senses, "say = [\"Name three things that you see.\"]", "say = [\n  \"In and out.\",\n  \"in and OUT\",\n]"}}, senses,
               "in and OUT", "nearly the same as \"In and out.\"", "other words");
  require_nothing({{senses, "say = [\"Name three things that you see.\"]", "say = [\"In and out.\", \"Out and up.\"]"}});
}

TEST_CASE("a long text in two steps") {
  const std::string_view again =
      "say = [\"Softer, not deeper. I count, you follow, and you may stop at any time you like.\"]\nbrief = \"x\"";
  require_only({{senses, "say = [\"Name three things that you see.\"]", again}}, senses, "Softer, not deeper.",
               "stands in another step too: \"round\", responses/en/breathing.toml:", "twice in one talk");
  require_nothing({{senses, "say = [\"Name three things that you see.\"]",
                    "say = [\"Softer, not deeper. I count, you follow, and you may stop at any time you like.\"]\nfixed = true"}});
}

TEST_CASE("forbidden words, wherever people see them") {
  require_only({{senses, "Name three things that you see.", "Calm down and look."}}, senses, "Calm down and look.",
               "\"calm down\" is not said here: it tells people that what they feel is wrong", "write instead: slow it down with me");
  require_only({{senses, "about   = \"Looking", "about   = \"Therapy by looking"}}, senses, "Therapy by looking",
               "\"therap*\" is not said here", "");
  require_only({{breathing, "Out, 2, 3, 4, 5, 6\", after", "Out! 2, 3, 4, 5, 6\", after"}}, breathing, "Out! 2", "\"!\" is not said here",
               "a full stop");
  require_only({{breathing, "label = \"ready\"", "label = \"calm down\""}}, breathing, "calm down", "\"calm down\" is not said here", "");
  require_nothing({{senses, "Name three things that you see.", "I am no therapist. Recalm downtown."}});
  require_nothing({{everything, "That is heard.", "That is heard!"}});
  // Beyond a line break, which the file writes otherwise, the text is still found.
  require_only({{senses, "say = [\"Name three things that you see.\"]", "say = [\"Look.\\nCalm down.\"]"}}, senses, "Look.",
               "\"calm down\" is not said here", "");
}

TEST_CASE("scripts that may use forbidden words, by their name or by what they answer") {
  constexpr std::string_view forbidden = "responses/en/forbidden.toml";
  const Change shout{everything, "That is heard.", "That is heard!"};
  require_nothing({shout, {forbidden, "[\"everything\"]", "[\"loneliness\"]"}});
  require_only({{forbidden, "[\"everything\"]", "[\"evrything\"]"}}, forbidden, "evrything",
               "there is no script and no intent \"evrything\"", "did you mean \"everything\"?");
}

TEST_CASE("no list of forbidden words is told") {
  auto files = small_files();
  std::erase_if(files, [](const File& file) { return file.path == "responses/en/forbidden.toml"; });
  const Loaded loaded = load(files);
  REQUIRE(loaded.diagnostics.empty());
  const auto told = check(*loaded.content);
  REQUIRE(told.size() == 1);
  CHECK_THAT(told[0].problem, Catch::Contains("there is no forbidden.toml"));
}

TEST_CASE("a forbidden word within an exception, and beside it") {
  const Forbidden forbidden{{"therap*", "!"}, {"no therapist"}};
  CHECK(find_forbidden(forbidden, "i am no therapist.").empty());
  CHECK(find_forbidden(forbidden, "no therapist, but therapy") == "therap*");
  CHECK(find_forbidden(forbidden, "therapy, no therapist") == "therap*");
  CHECK(find_forbidden(forbidden, "no no therapist").empty());
  CHECK(find_forbidden(forbidden, "hypnotherapy").empty());
  CHECK(find_forbidden(forbidden, "wow!") == "!");
  CHECK(find_forbidden({{"*"}, {}}, "anything").empty());
}

TEST_CASE("the school year in which a text is read") {
  CHECK(reading_grade("Sit. Put your feet on the floor. Look at one thing. Take your time.") < 2);
  CHECK(reading_grade("Notwithstanding considerable physiological differentiation, individuals characteristically demonstrate comparable "
                      "manifestations.") > 20);
  CHECK(reading_grade("") == 0);
  const double plain = reading_grade("You breathe out, and the shoulders drop. The body may rest.");
  CHECK(plain < 4);
  CHECK(reading_grade("You breathe out, {name|friend}, and the shoulders drop. The body may rest.") == Approx(plain).margin(1));
}

TEST_CASE("a script that is hard to read is told with its heaviest text") {
  const std::string_view heavy =
      "say = [\n  \"Sit down.\",\n  \"Notwithstanding considerable physiological differentiation, individuals characteristically "
      "demonstrate comparable autonomic manifestations, "
      "which contemplative concentration on environmental particulars progressively ameliorates throughout successive deliberate "
      "repetitions.\",\n  "
      "\"Look at the window, the door and the floor. Then look at your own two hands and rest.\",\n]\nbrief = \"x\"";
  require_only({{senses, "say = [\"Name three things that you see.\"]", heavy}}, senses, "Notwithstanding",
               "read like those of school year", "shorter");
  require_nothing({{"responses/en/other_languages.toml", "",
                    "about = \"x\"\nnames = []\n[[step]]\nid = \"de\"\nfixed = true\nsay = [\"Notwithstanding considerable physiological "
                    "differentiation, individuals characteristically demonstrate comparable autonomic manifestations, "
                    "which contemplative concentration on environmental particulars progressively ameliorates throughout successive "
                    "deliberate repetitions.\"]\ngo = \"stay\"\n"}});
}

TEST_CASE("numbers that nobody compared for a year") {
  const auto on = [](sys_days today, std::string_view date) {
    const Loaded loaded = load(changed({{"responses/help_lines/GB.toml", "hours = \"24 h\"\nchecked_on = 2026-11-24", date}}));
    INFO(printed(loaded.diagnostics));
    REQUIRE(loaded.diagnostics.empty());
    Diagnostics told;
    check_dates(*loaded.content, today, told);
    std::erase_if(told, [](const Diagnostic& each) { return each.source.line < 15; });
    return told;
  };
  CHECK(on(year{2026} / 11 / 24, "checked_on = 2025-11-24").empty());
  const auto old = on(year{2026} / 11 / 25, "checked_on = 2025-11-24");
  REQUIRE(old.size() == 1);
  CHECK(old[0].source.line == 20);
  CHECK_THAT(old[0].words, Catch::Contains("2025-11-24"));
  CHECK_THAT(old[0].problem, Catch::Contains("116 123 was last compared on 2025-11-24, more than 12 months ago"));
  CHECK_THAT(old[0].remedy, Catch::Contains("a wrong number is worse than none"));
  CHECK(on(year{2025} / 2 / 28, "checked_on = 2024-02-29").empty());
  CHECK(on(year{2025} / 3 / 1, "checked_on = 2024-02-29").size() == 1);
  const auto early = on(year{2026} / 11 / 23, "checked_on = 2026-11-24");
  REQUIRE(early.size() == 1);
  CHECK_THAT(early[0].problem, Catch::Contains("still to come"));
}

TEST_CASE("content with mistakes is checked too") {
  const Loaded loaded =
      load(changed({{breathing, "go = \"health\"", "go = \"helth\""}, {senses, "Name three things that you see.", "Calm down."}}));
  REQUIRE(loaded.diagnostics.size() == 1);
  const auto told = check(*loaded.content);
  CHECK(std::ranges::any_of(told, [](const Diagnostic& each) { return each.problem.find("calm down") != std::string::npos; }));
  const Loaded nothing = load(std::vector<File>{{"responses/en/a.toml", ""}});
  REQUIRE(nothing.content);
  CHECK_FALSE(check(*nothing.content, year{2026} / 11 / 24).empty());
}

}  // namespace nurturer::content
