// What an author is told about mistakes in what people say. Each is the only one told: no mistake drags others after it.
#include <catch2/catch.hpp>

#include "small.hpp"

namespace nurturer::content {
namespace {

constexpr std::string_view panic = "intents/en/panic.toml";
constexpr std::string_view suicide = "intents/en/crisis_suicide.toml";
constexpr std::string_view heart = "intents/en/flags/heart.toml";
constexpr std::string_view lists = "intents/en/lists/words.toml";
constexpr std::string_view scopes = "intents/en/scopes.toml";

}  // namespace

TEST_CASE("a cue with a mistake is told with its line and a way out") {
  const std::vector<Mistake> mistakes{
      {"unknown setting",
       {panic, "weight   =", "wieght   ="},
       "wieght   =",
       "\"wieght\" is not a setting of this cue",
       "did you mean \"weight\"?"},
      {"a setting of the whole file",
       {panic, "without  =", "about = \"x\"\nwithout  ="},
       "about = \"x\"",
       "\"about\" is not a setting of this cue",
       "at the top of the file"},
      {"a text where a list belongs",
       {panic, "should_find = [\"my heart is racing\", \"my heart is pounding\"]", "should_find = \"my heart is racing\""},
       "should_find = \"my heart is racing\"",
       "should be a list of texts, and here stands a single text",
       "should_find = [\"my heart is racing\"]"},
      {"a number where a text belongs",
       {panic, "pattern = \"in (a|full)? panic\"", "pattern = 5"},
       "pattern = 5",
       "\"pattern\" should be a text, and here stands a number",
       "pattern = \"...\""},
      {"an empty pattern",
       {panic, "pattern = \"in (a|full)? panic\"", "pattern = \"  \""},
       "pattern = \"  \"",
       "\"pattern\" is empty",
       "write something between the quotation marks"},
      {"no id", {panic, "id      = \"in_panic\"\n", ""}, "[[cue]]", "\"id\" is missing in this cue", "id = \"no_reply\""},
      {"two cues with one id",
       {panic, "\"racing\"", "\"in_panic\""},
       "id       = \"in_panic\"",
       "two cues of this file have the id \"in_panic\"; the first stands in line 4",
       "a name of its own"},
      {"no pattern", {panic, "pattern = \"in (a|full)? panic\"\n", ""}, "[[cue]]", "has no pattern", "add a line such as: pattern = "},
      {"pattern and patterns",
       {panic, "weight   =", "pattern = \"panicking\"\nweight   ="},
       "[[cue]]\nid       = \"racing\"",
       "more than one of pattern, patterns and regex",
       "keep one of them"},
      {"no sample",
       {panic, "should_find     = [\"i am in panic\"]\n", ""},
       "[[cue]]",
       "\"should_find\" is missing in this cue",
       "a sentence in which the cue must be found"},
      {"an empty list of samples",
       {panic, "should_find     = [\"i am in panic\"]", "should_find     = []"},
       "should_find     = []",
       "\"should_find\" is an empty list",
       "should_find = "},
      {"unknown weight", {panic, "\"weak\"", "\"week\""}, "\"week\"", "there is no weight \"week\"", "did you mean \"weak\"?"},
      {"weight out of range", {panic, "\"weak\"", "500"}, "500", "this is no weight", "a whole number from -100 to 100"},
      {"unknown scope", {panic, "\"quoted\"]", "\"qouted\"]"}, "qouted", "there is no scope \"qouted\"", "did you mean \"quoted\"?"},
      {"unknown flag", {panic, "[\"heart\"]", "[\"hart\"]"}, "hart", "there is no flag \"hart\"", "did you mean \"heart\"?"},
      {"unknown level", {suicide, "\"crisis\"", "\"crises\""}, "crises", "there is no level \"crises\"", "did you mean \"crisis\"?"},
      {"a level outside the net",
       {panic, "weight   =", "level = \"crisis\"\nweight   ="},
       "level = \"crisis\"",
       "only the safety intents have a level",
       "take the line away"},
      {"unknown subject",
       {suicide, "level   = \"crisis\"", "subject = \"them\""},
       "subject = \"them\"",
       "there is no subject \"them\"",
       "\"self\" or \"other\""},
      {"a flag with a weight",
       {heart, "pattern =", "weight = \"weak\"\npattern ="},
       "weight = \"weak\"",
       "\"weight\" is not a setting of this cue",
       "a flag has no weight"},
      {"no line of what it is about",
       {panic, "about = \"In an alarm now.\"\n", ""},
       "\n",
       "\"about\" is missing in this file",
       "about = \"Fears to be left.\""},
      {"one bracket", {heart, "[[cue]]", "[cue]"}, "[cue]", "\"cue\" should be the head of an entry", "[[cue]]"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("a broken pattern is told with the author's own words and their column") {
  const std::vector<Mistake> mistakes{
      {"unknown list", {panic, "in (a|full)? panic", "in {panik} now"}, "{panik}", "{panik}", ""},
      {"near list", {panic, "in (a|full)? panic", "my {familly} left"}, "{familly}", "column", "family"},
      {"open choice", {panic, "in (a|full)? panic", "in (a|full panic"}, "in (a|full panic", "column", ""},
      {"second pattern of several, in a line of its own",
       {panic, "[\"heart ... (race|racing)\", \"heart is pounding\"]", "[\n  \"heart ... (race|racing)\",\n  \"heart (is pounding\",\n]"},
       "heart (is pounding",
       "column",
       ""},
      {"a broken regex", {panic, "pattern = \"in (a|full)? panic\"", "regex = 'in (a panic'"}, "in (a panic", "column", ""},
      {"in a list", {lists, "\"my father\"", "\"my father/dad\""}, "my father/dad", "column", ""},
      {"in a scope", {scopes, "ends_at  = [\"but\"]", "ends_at  = [\"(but\"]"}, "(but", "column", ""},
      {"in the words of a choice", {"responses/en/breathing.toml", "^ (yes|yep) $", "^ (yes|yep $"}, "^ (yes|yep $", "column", ""},
      {"in a word that works everywhere", {"responses/en/words.toml", "^ exit $", "^ (exit $"}, "^ (exit $", "column", ""},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("lists and scopes with a mistake") {
  const std::vector<Mistake> mistakes{
      {"the same list twice in the language",
       {"intents/en/lists/more.toml", "", "[list]\nfamily = [\"sister\"]\n"},
       "family",
       "there is a list \"family\" already, in intents/en/lists/more.toml:2",
       "another name",
       lists},
      {"a name that no pattern can hold",
       {lists, "spouse = [\"husband\"", "spouse = [\"wife\"]\n\"the kids\" = [\"husband\""},
       "the kids",
       "cannot be the name of a list",
       "small letters, digits and _"},
      {"a list that is no list",
       {lists, "spouse = [\"husband\", \"wife\"]", "spouse = \"husband\""},
       "spouse = \"husband\"",
       "\"spouse\" should be a list of words",
       "spouse = [\"...\", \"...\"]"},
      {"unknown section",
       {lists, "[words]", "[word]"},
       "[word]",
       "\"word\" is not a setting of this file of lists",
       "did you mean \"words\"?"},
      {"unknown reach", {scopes, "\"after\"", "\"aftre\""}, "aftre", "a scope cannot reach \"aftre\"", "did you mean \"after\"?"},
      {"words that do not count",
       {scopes, "\"after\"", "\"clause\""},
       "[[scope]]",
       "counts only for a scope that reaches",
       "change \"reach\""},
      {"unknown scope by default",
       {scopes, "[\"negated\"]", "[\"negate\"]"},
       "negate",
       "there is no scope \"negate\"",
       "did you mean \"negated\"?"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("a file whose name is no label") {
  const std::vector<Mistake> mistakes{
      {"no intent",
       {"intents/en/pannic.toml", "", "about = \"x\"\n[[cue]]\nid = \"a\"\npattern = \"alarm bells\"\nshould_find = [\"alarm bells\"]\n"},
       "",
       "there is no intent \"pannic\"",
       "did you mean \"panic\"?"},
      {"no flag",
       {"intents/en/flags/hart.toml", "",
        "about = \"x\"\n[[cue]]\nid = \"a\"\npattern = \"alarm bells\"\nshould_find = [\"alarm bells\"]\n"},
       "",
       "there is no flag \"hart\"",
       "did you mean \"heart\"?"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

}  // namespace nurturer::content
