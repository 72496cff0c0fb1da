// What an author is told about mistakes in what the companion says. Each is the only one told.
#include <catch2/catch.hpp>

#include "small.hpp"

namespace nurturer::content {
namespace {

constexpr std::string_view breathing = "responses/en/breathing.toml";
constexpr std::string_view senses = "responses/en/senses.toml";
constexpr std::string_view words = "responses/en/words.toml";
constexpr std::string_view suicide = "responses/en/safety.crisis_suicide.toml";

std::string long_text(std::size_t length) {
  std::string text;
  while (text.size() < length) text += text.size() % 7 == 6 ? ' ' : 'a';
  return text;
}

}  // namespace

TEST_CASE("a step with a mistake is told with its line and a way out") {
  const std::vector<Mistake> mistakes{
      {"unknown setting",
       {senses, "say =", "sey =\"x\"\nsay ="},
       "sey =",
       "\"sey\" is not a setting of this step",
       "did you mean \"say\"?"},
      {"a setting of the question",
       {breathing, "paced =", "choices = []\npaced ="},
       "choices = []",
       "\"choices\" is not a setting of this step",
       "into ask = { ... }"},
      {"a text where a list belongs",
       {senses, "[\"Name three things that you see.\"]", "\"Name three things that you see.\""},
       "say = ",
       "should be a list of texts",
       "say = [\"Name three things that you see.\"]"},
      {"a list with a number in it",
       {senses, "[\"Name three things that you see.\"]", "[\"Name three.\", 3]"},
       "3]",
       "each entry of \"say\" should be a text, and here stands a number",
       "quotation marks"},
      {"nothing said", {senses, "say = [\"Name three things that you see.\"]\n", ""}, "[[step]]", "this step says nothing", "say = ["},
      {"neither ask nor go", {senses, "go  = \"end\"\n", ""}, "[[step]]", "neither asks nor leads on", "go = \"end\""},
      {"ask and go",
       {breathing, "ask = { kind = \"choice\", choices = [", "go = \"health\"\nask = { kind = \"choice\", choices = ["},
       "[[step]]",
       "both \"ask\" and \"go\"",
       "each choice has its own go"},
      {"checks without go",
       {breathing, "go     = \"round\"\n", ""},
       "[[step]]\nid     = \"health\"",
       "a step with \"checks\" needs",
       "go = \"round\""},
      {"checks that skip into another script",
       {breathing, "go     = \"round\"", "go     = \"@senses\""},
       "[[step]]\nid     = \"health\"",
       "leads out of this script",
       "a step of the same script"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("ids of steps") {
  require_told({"two steps with one id",
                {senses, "go  = \"end\"", "go  = \"end\"\n\n[[step]]\nid = \"start\"\nsay = [\"Twice.\"]\ngo = \"end\""},
                "id = \"start\"",
                "two steps of this script have the id \"start\"; the first stands in line 6",
                "an id of its own"});
  require_told({"a word of go",
                {senses, "go  = \"end\"", "go  = \"end\"\n\n[[step]]\nid = \"resume\"\nsay = [\"Twice.\"]\ngo = \"end\""},
                "id = \"resume\"",
                "\"resume\" has a meaning of its own",
                "such as \"close\""});
  require_told({"a blank",
                {senses, "go  = \"end\"", "go  = \"end\"\n\n[[step]]\nid = \"see more\"\nsay = [\"Twice.\"]\ngo = \"end\""},
                "id = \"see more\"",
                "cannot be the id of a step",
                "small letters, digits and _"});
}

TEST_CASE("a way that leads nowhere") {
  const std::vector<Mistake> mistakes{
      {"no such step",
       {breathing, "go = \"health\"", "go = \"helth\""},
       "\"helth\"",
       "there is no step \"helth\" in this script",
       "did you mean \"health\"?"},
      {"a script without its @",
       {breathing, "go = \"@senses\" }", "go = \"senses\" }"},
       "go = \"senses\"",
       "there is no step \"senses\" in this script",
       "write \"@senses\""},
      {"no such script",
       {breathing, "\"@senses\" }", "\"@sences\" }"},
       "@sences",
       "there is no script \"sences\", that is no file sences.toml",
       "did you mean \"senses\"?"},
      {"no such step of a script",
       {"responses/en/everything.toml", "@senses.start", "@senses.stat"},
       "@senses.stat",
       "there is no step \"stat\" in the script \"senses\"",
       "\"start\""},
      {"an answer of a free question",
       {breathing, "words = [\"{family}\"], go = \"close\"", "words = [\"{family}\"], go = \"closed\""},
       "closed",
       "there is no step \"closed\"",
       "did you mean \"close\"?"},
      {"an entry",
       {breathing, "step = \"seated\"", "step = \"sated\""},
       "sated",
       "there is no step \"sated\" to enter by",
       "did you mean \"seated\"?"},
      {"a turn",
       {senses, "go  = \"end\"", "go  = \"end\"\nturns = [{ when = [\"heart\"], step = \"nowhere\" }]"},
       "nowhere",
       "there is no step \"nowhere\" to turn to",
       "start"},
      {"an entry without a way",
       {breathing, "step = \"seated\"", "go = \"seated\""},
       "enter   = [{",
       "this entry does not say where it leads",
       "@senses"},
      {"a step of the program is missing",
       {"responses/en/common.toml", "id  = \"stopped\"", "id  = \"halted\""},
       "",
       "the step \"stopped\" is missing, and the program calls it by its name",
       "id = \"stopped\""},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("conditions, and what people tell of their own world") {
  const std::vector<Mistake> mistakes{
      {"unknown state",
       {breathing, "when = [\"dizzy\"]", "when = { state = [\"alram\"] }"},
       "alram",
       "\"alram\" is nothing that \"state\" can be",
       "did you mean \"alarm\"?"},
      {"unknown thing",
       {breathing, "when = [\"dizzy\"]", "when = { told = [\"safe_plaice\"] }"},
       "safe_plaice",
       "nobody tells a thing called \"safe_plaice\"",
       "did you mean \"safe_place\"?"},
      {"unknown condition",
       {breathing, "when = [\"dizzy\"]", "when = { lowd = true }"},
       "lowd",
       "\"lowd\" is not a setting of this condition",
       "did you mean \"loud\"?"},
      {"no condition", {breathing, "when = [\"dizzy\"], ", ""}, "enter   = [{", "\"when\" is missing in this entry", "when = [\"heart\"]"},
      {"a thing asked for", {breathing, "keep = \"loud\"", "keep = \"loud\", tells = \"nurtrer\""}, "nurtrer", "\"nurtrer\"", "did you mean \"nurturer\"?"},
      {"told without words",
       {breathing, "{ label = \"ready\", go", "{ label = \"ready\", tells = \"nurturer\", go"},
       "label = \"ready\"",
       "\"tells\" and \"as\" belong together",
       "as = \"my grandmother\""},
      {"a body's state", {breathing, "{ label = \"ready\", go", "{ label = \"ready\", state = \"numb\", go"}, "numb", "the body has no state \"numb\"", "shutdown"},
      {"an answer's meaning",
       {breathing, "words = [\"{family}\"], go", "intents = [\"sadnes\"], go"},
       "sadnes",
       "there is no intent \"sadnes\"",
       "did you mean \"sadness\"?"},
      {"phrases without a sample",
       {breathing, "names   =", "phrases = [\"^ i need air $\"]\nnames   ="},
       "phrases =",
       "these phrases have no sample",
       "should_find"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("questions") {
  const std::vector<Mistake> mistakes{
      {"unknown kind",
       {breathing, "\"rating\"", "\"raiting\""},
       "raiting",
       "there is no question of the kind \"raiting\"",
       "did you mean \"rating\"?"},
      {"ranges that do not rise",
       {breathing, "{ up_to = 10, go = \"tell\" }", "{ up_to = 2, go = \"tell\" }, { up_to = 10, go = \"tell\" }"},
       "up_to = 2",
       "the ranges do not rise: 2 comes after 3",
       "from the lowest to the highest"},
      {"ranges that leave out the end",
       {breathing, "up_to = 10", "up_to = 9"},
       "up_to = 9",
       "nothing is said for a rating of 10",
       "{ up_to = 10"},
      {"a range beyond the end",
       {breathing, "{ up_to = 10, go = \"tell\" }", "{ up_to = 10, go = \"tell\" }, { up_to = 11, go = \"tell\" }"},
       "up_to = 11",
       "\"up_to\" is 11",
       "a whole number from 0 to 10"},
      {"kept under another name", {breathing, "keep = \"after\"", "keep = \"later\""}, "later", "not as \"later\"", "keep = \"before\""},
      {"ranges in a choice",
       {breathing, "kind = \"choice\", choices = [", "kind = \"choice\", ranges = [], choices = ["},
       "ranges = []",
       "\"ranges\" is not a setting of this question",
       "of the kind \"rating\""},
      {"no choices",
       {senses, "go  = \"end\"", "ask = { kind = \"choice\" }"},
       "ask = ",
       "\"choices\" is missing in this question",
       "choices = [{ label"},
      {"a free question that leads nowhere",
       {senses, "go  = \"end\"", "ask = { kind = \"free\" }"},
       "ask = ",
       "\"go\" is missing in this question",
       "go = \"next\""},
      {"a slot of the program",
       {senses, "go  = \"end\"", "ask = { kind = \"free\", keep = \"lines\", go = \"end\" }"},
       "keep = \"lines\"",
       "the slot {lines} is filled by the program itself",
       "another name"},
      {"a choice without a label",
       {breathing, "label = \"ready\", ", ""},
       "{ go = \"health\"",
       "\"label\" is missing in this choice",
       "label = \"ready\""},
      {"a choice without a way",
       {breathing, ", go = \"health\"", ""},
       "label = \"ready\"",
       "\"go\" is missing in this choice",
       "go = \"round\""},
      {"a label with a slot",
       {breathing, "label = \"ready\"", "label = \"ready, {name|friend}\""},
       "label = \"ready, {name",
       "a label cannot hold a slot",
       "plain words"},
      {"the same id of a choice twice",
       {breathing, "label = \"skip\"", "id = \"breathing.start.1\", label = \"skip\""},
       "id = \"breathing.start.1\"",
       "there is a choice with the id \"breathing.start.1\" already",
       "an id of its own"},
      {"sets and clears",
       {breathing, "clears = [\"asthma\"]", "clears = [\"asthma\"], sets = [\"asthma\"]"},
       "clears = [\"asthma\"]",
       "both sets and clears",
       "from one of the two"},
      {"unknown flag",
       {breathing, "clears = [\"asthma\"]", "clears = [\"astma\"]"},
       "astma\"",
       "there is no flag \"astma\"",
       "did you mean \"asthma\"?"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
  require_told({"two choices that are typed the same",
                {breathing, "label = \"not for me\"", "label = \"ready?\""},
                "label = \"ready?\"",
                "two choices of this question are called \"ready?\"",
                "different labels"});
}

TEST_CASE("texts that are too long, or hold a slot that nobody fills") {
  const std::string long_say = "say = [\"" + long_text(301) + "\"]\nbrief = \"x\"";
  const std::string long_brief = "brief = \"" + long_text(61) + "\"";
  const std::string long_label = "label = \"" + long_text(41) + "\"";
  const std::string long_net = "say = [\"" + long_text(701) + "\"]\nfixed = true";
  const std::vector<Mistake> mistakes{
      {"301 characters",
       {senses, "say = [\"Name three things that you see.\"]", long_say},
       "say = [\"aaaaaa",
       "this text has 301 characters, and 300 are the most",
       "fewer words"},
      {"a brief form of 61",
       {breathing, "brief = \"Softer, not deeper.\"", long_brief},
       "brief = \"aaaaaa",
       "\"brief\" has 61 characters, and 60 are the most",
       "fewer words"},
      {"a label of 41",
       {breathing, "label = \"ready\"", long_label},
       "label = \"aaaaaa",
       "this label has 41 characters, and 40 are the most",
       "fewer words"},
      {"701 in the net",
       {suicide, "say = [\"Here stands start.\"]", long_net},
       "say = [\"aaaaaa",
       "this text has 701 characters, and 700 are the most",
       "two steps"},
      {"no brief form",
       {breathing, "brief = \"Softer, not deeper.\"\n", ""},
       "Softer, not deeper. I count",
       "no short form of it",
       "add brief ="},
      {"unknown slot",
       {breathing, "{name|friend}", "{nmae|friend}"},
       "{nmae|friend}",
       "nothing fills the slot {nmae|friend}",
       "did you mean {name}?"},
      {"a slot that may stay empty", {breathing, "{name|friend}", "{name}"}, "{name}", "for people who have not told {name} there is nothing to say", "{name|friend}"},
      {"an answer that may stay empty", {breathing, "{loud|It}", "{loud}"}, "{loud}", "the slot {loud} stays empty", "{loud|that}"},
      {"half a slot", {breathing, "{loud|It}", "{loud|It"}, "{loud|It", "one stands without the other", "take the bracket away"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("texts just within their limits, counted in code points") {
  std::string umlauts;
  for (int i = 0; i < 300; ++i) umlauts += "\u00FC";
  const std::string say = "say = [\"" + umlauts + "\"]\nbrief = \"x\"";
  CHECK(printed(load(changed({{senses, "say = [\"Name three things that you see.\"]", say}})).diagnostics).empty());
  const std::string net = "say = [\"" + long_text(700) + "\"]\nfixed = true";
  CHECK(printed(load(changed({{suicide, "say = [\"Here stands start.\"]", net}})).diagnostics).empty());
  CHECK(printed(load(changed({{senses, "say = [\"Name three things that you see.\"]", net}})).diagnostics).empty());
}

TEST_CASE("heads of scripts and cards") {
  const std::vector<Mistake> mistakes{
      {"no about",
       {senses, "about   = \"Looking and touching, about two minutes.\"\n", ""},
       "intents",
       "\"about\" is missing in this file",
       "about = "},
      {"unknown intent",
       {senses, "nature_grounding", "nature_groundin"},
       "nature_groundin",
       "there is no intent \"nature_groundin\"",
       "did you mean \"nature_grounding\"?"},
      {"an intent of two scripts",
       {senses, "\"nature_grounding\"", "\"panic\""},
       "\"panic\"",
       "the intent \"panic\" leads to two scripts; the other one is here: responses/en/breathing.toml:4",
       "from one of the two"},
      {"a name of two scripts",
       {senses, "card ", "names = [\"slow breath\"]\ncard "},
       "slow breath",
       "is the name of two scripts; the other one is here: responses/en/breathing.toml:5",
       "another name"},
      {"a name that is a pattern",
       {senses, "card ", "names = [\"(look|see) round\"]\ncard "},
       "(look|see) round",
       "a name is plain words",
       "as it is typed"},
      {"rows that are no numbers",
       {breathing, "rows    = [1]", "rows    = [\"1\"]"},
       "rows    = [\"1\"]",
       "\"rows\" should be a list of numbers",
       "rows = [1, 29]"},
      {"eyes", {senses, "eyes = \"open\"", "eyes = \"opened\""}, "opened", "eyes cannot be \"opened\"", "did you mean \"open\"?"},
      {"minutes", {senses, "minutes = 2", "minutes = 0"}, "minutes = 0", "\"minutes\" is 0", "from 1 to 60"},
      {"no script to lead instead",
       {breathing, "instead = \"senses\"", "instead = \"sense\""},
       "\"sense\"",
       "there is no script \"sense\" to lead instead",
       "did you mean \"senses\"?"},
      {"instead is itself not for them",
       {senses, "eyes = \"open\"", "eyes = \"open\", not_with = [\"asthma\"]"},
       "instead = \"senses\"",
       "\"senses\" is led instead of \"breathing\" for people with \"asthma\", and is itself not for them",
       "without \"asthma\"",
       breathing},
      {"a step of the whole file",
       {senses, "about ", "say = [\"x\"]\nabout "},
       "say = [\"x\"]",
       "\"say\" is not a setting of this file",
       "write [[step]] above it"},
      {"a paced run without its words",
       {breathing, ", held = \"In, 2, 3, 4 - out, 2, 3, 4, 5, 6: six times.\"", ""},
       "paced =",
       "\"held\" is missing in this paced run",
       "held = "},
      {"not_with without instead",
       {senses, "say =", "not_with = [\"heart\"]\nsay ="},
       "[[step]]",
       "does not say what comes instead",
       "instead = "},
      {"instead of a step that is none",
       {breathing, "brief =", "not_with = [\"pregnant\"]\ninstead = \"clse\"\nbrief ="},
       "\"clse\"",
       "there is no step \"clse\" to say instead",
       "did you mean \"close\"?"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

TEST_CASE("a file whose name nobody could lead to") {
  require_told({"capitals and blanks",
                {"responses/en/Warm Drink.toml", "", "about = \"x\"\n[[step]]\nid = \"a\"\nsay = [\"x\"]\ngo = \"end\"\n"},
                "",
                "\"Warm Drink\" cannot be the name of a script",
                "such as warm_drink.toml"});
}

TEST_CASE("words that work in every state") {
  require_told({"missing",
                {words, "[[word]]\nid       = \"exit\"\npatterns = [\"^ exit $\"]\n", ""},
                "",
                "the word \"exit\" is missing",
                "id = \"exit\""});
  require_told({"twice",
                {words, "[[word]]", "[[word]]\nid = \"stop\"\npatterns = [\"^ halt $\"]\n\n[[word]]"},
                "id       = \"stop\"",
                "stands here twice",
                "into one of the two"});
  require_told({"unknown",
                {words, "[[word]]", "[[word]]\nid = \"stopp\"\npatterns = [\"^ halt $\"]\n\n[[word]]"},
                "id = \"stopp\"",
                "the program knows no word \"stopp\"",
                "did you mean \"stop\"?"});
}

TEST_CASE("help lines and places") {
  constexpr std::string_view gb = "responses/help_lines/GB.toml";
  constexpr std::string_view places = "responses/places.toml";
  const std::vector<Mistake> mistakes{
      {"unknown kind",
       {gb, "kind = \"crisis\"", "kind = \"crises\""},
       "crises",
       "there is no kind of line \"crises\"",
       "did you mean \"crisis\"?"},
      {"a number without quotation marks",
       {gb, "number = \"999\"", "number = 999"},
       "number = 999",
       "\"number\" should be a text, and here stands a number",
       "number = \"116 123\""},
      {"no date",
       {gb, "hours = \"24 h\"\nchecked_on = 2026-11-24\n", ""},
       "[[line]]\nkind = \"crisis\"",
       "\"checked_on\" is missing in this line",
       "checked_on = 2026-11-24"},
      {"a date between quotation marks",
       {gb, "checked_on = 2026-11-24", "checked_on = \"2026-11-24\""},
       "checked_on = \"2026-11-24\"",
       "\"checked_on\" should be a date, and here stands a single text",
       "without quotation marks"},
      {"no country of that name",
       {"responses/help_lines/UK.toml", "",
        "country = \"x\"\n[[line]]\nkind = \"medical\"\nnumber = \"1\"\nchecked_on = 2026-11-24\nsource = \"x\"\n[[line]]\nkind = "
        "\"police\"\nnumber = \"1\"\nchecked_on = 2026-11-24\nsource = \"x\"\n[[line]]\nkind = \"crisis\"\nnumber = \"1\"\nchecked_on = "
        "2026-11-24\nsource = \"x\"\n"},
       "",
       "there is no country \"UK\"",
       "ISO 3166"},
      {"no medical number", {gb, "kind = \"medical\"", "kind = \"abuse\""}, "", "no line of the kind \"medical\"", "each country needs"},
      {"unknown region",
       {places, "region = \"US\"", "region = \"USA\""},
       "region = \"USA\"",
       "there is no country \"USA\"",
       "did you mean"},
      {"unknown zone",
       {places, "Europe/London", "Europe/Londen"},
       "Europe/Londen",
       "there is no time zone \"Europe/Londen\"",
       "did you mean \"Europe/London\"?"},
      {"likely without lines", {places, "[\"GB\"]", "[\"GB\", \"IE\"]"}, "\"IE\"", "there are no help lines of the country \"IE\"", ""},
      {"one name for two places",
       {places, "\"usa\"", "\"usa\", \"England\""},
       "\"England\"",
       "stands for two places; the first is in line 4",
       "keep the one"},
  };
  for (const auto& mistake : mistakes) require_told(mistake);
}

}  // namespace nurturer::content
