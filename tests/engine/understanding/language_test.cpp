#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/understanding/inflect.hpp"
#include "engine/understanding/language.hpp"
#include "engine/understanding/nearest.hpp"
#include "engine/understanding/phrasebook.hpp"
#include "tests/engine/text/reading.hpp"

using namespace nurturer;
using namespace nurturer::understanding;

namespace {

ListSource list(std::string name, std::vector<std::string> entries, std::uint32_t line = 1) {
  return {std::move(name), std::move(entries), {"lists.toml", line}};
}

/// The entries of a list, sorted, parted by "|".
std::string entries(const Language& language, const std::string& name) {
  std::vector<std::string> all;
  for (const WordSequence& words : language.lists().at(name)) {
    std::string entry;
    for (const text::WordId word : words) entry += (entry.empty() ? "" : " ") + std::string(language.lexicon().word(word));
    all.push_back(entry);
  }
  std::sort(all.begin(), all.end());
  std::string line;
  for (const std::string& entry : all) line += (line.empty() ? "" : "|") + entry;
  return line;
}

Language compiled(const LanguageSource& source) {
  Diagnostics diagnostics;
  Language language = Language::compile(source, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics) UNSCOPED_INFO(diagnostic.words << ": " << diagnostic.problem);
  CHECK(diagnostics.empty());
  return language;
}

Diagnostics faults(const LanguageSource& source) {
  Diagnostics diagnostics;
  Language::compile(source, diagnostics);
  return diagnostics;
}

bool finds(Language& language, const std::string& pattern, const std::string& message) {
  Matcher matcher;
  Diagnostics diagnostics;
  REQUIRE(language.add_pattern(matcher, pattern, {}, diagnostics));
  matcher.seal([&](text::WordId word) { return language.commonness(word); });
  Matcher::Scratch scratch;
  std::vector<Hit> hits;
  matcher.find(text::test::read(message, language.lexicon()), scratch, hits);
  return !hits.empty();
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

}  // namespace

TEST_CASE("regular forms") {
  const Forms forms;
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"leave", "leave leaves leaved leaving"},
      {"want", "want wants wanted wanting"},
      {"stop", "stop stops stoped stopped stoping stopping"},
      {"cry", "cry cries cried crying"},
      {"play", "play plays played playing"},
      {"kiss", "kiss kisses kissed kissing"},
      {"watch", "watch watches watched watching"},
      {"push", "push pushes pushed pushing"},
      {"mix", "mix mixes mixed mixing"},
      {"go", "go goes goed going"},
      {"die", "die dies died dying"},
      {"see", "see sees seed seeing"},
      {"agree", "agree agrees agreed agreeing"},
      {"quit", "quit quits quited quitted quiting quitting"},
      {"show", "show shows showed showing"},
      {"need", "need needs needed needing"},
      {"friend", "friend friends friended friending"},
      {"x", "x"},
  };
  for (const auto& [word, all] : cases) CHECK(joined(forms.of(word)) == all);
}

TEST_CASE("irregular forms, from any of them") {
  Forms forms;
  forms.add_irregular({"leave", "left"});
  forms.add_irregular({"lie", "lay", "lain"});
  forms.add_irregular({"lie", "lied"});
  CHECK(joined(forms.of("leave")) == "leave left leaves leaving");
  CHECK(joined(forms.of("left")) == "left leave leaves leaving");
  CHECK(joined(forms.of("lie")) == "lie lay lain lies lying lied");
}

TEST_CASE("lists hold words, phrases, forms and other lists") {
  LanguageSource source;
  source.irregular_forms = {{"break", "broke", "broken"}};
  source.lists = {list("all", {"{partner}", "nobody"}), list("partner", {"boyfriend", "significant other", "My Ex"}),
                  list("part", {"break~ up", "cry~"}), list("deep", {"{all}", "{part}"})};
  const Language language = compiled(source);
  CHECK(entries(language, "partner") == "boyfriend|my ex|significant other");
  CHECK(entries(language, "all") == "boyfriend|my ex|nobody|significant other");
  CHECK(entries(language, "part") == "break up|breaking up|breaks up|broke up|broken up|cried|cries|cry|crying");
  CHECK(language.lists().at("deep").size() == 13);
}

TEST_CASE("entries are read as in a message") {
  LanguageSource source;
  source.short_forms = {{"rn", "right now", {}}};
  source.lists = {list("a", {"can't", "self-harm", "rn", "😭"})};
  const Language language = compiled(source);
  CHECK(entries(language, "a") == "can not|right now|self harm|😭");
}

TEST_CASE("a new word of a rule is no slip for a known one") {
  LanguageSource source;
  source.common_words = {"late", "cafe", "robing", "planned"};
  source.lists = {list("a", {"latte", "café", "robin", "planed"})};
  const Language language = compiled(source);
  CHECK(entries(language, "a") == "café|latte|planed|robin");
}

TEST_CASE("mistakes in lists are all told") {
  LanguageSource source;
  source.lists = {list("partner", {"boyfriend", "{freind}"}, 1),
                  list("friend", {"mate", "{loop}"}, 2),
                  list("loop", {"{friend}"}, 3),
                  list("empty", {}, 4),
                  list("friend", {"pal"}, 5),
                  list("gap", {"a ... b"}, 6),
                  list("choice", {"(a|b)"}, 7),
                  list("faulty", {"a (b"}, 8),
                  list("self", {"{self}", "x"}, 9),
                  list("tildes", {"a~ b~ c~ d~"}, 10)};
  const Diagnostics all = faults(source);
  std::vector<std::pair<std::uint32_t, std::string>> wanted = {{1, "There is no word list called freind."},
                                                               {3, "includes itself"},
                                                               {4, "empty"},
                                                               {5, "two word lists"},
                                                               {6, "only words"},
                                                               {7, "only words"},
                                                               {8, "not closed"},
                                                               {9, "includes itself"},
                                                               {10, "Too many words with ~"}};
  for (const auto& [line, problem] : wanted) {
    const bool told = std::any_of(all.begin(), all.end(), [&, line = line, &problem = problem](const Diagnostic& diagnostic) {
      return diagnostic.source.line == line && diagnostic.problem.find(problem) != std::string::npos && !diagnostic.remedy.empty();
    });
    INFO("line " << line << ": " << problem);
    CHECK(told);
  }
  CHECK(all.size() == wanted.size());
  const auto unknown = std::find_if(all.begin(), all.end(), [](const Diagnostic& diagnostic) { return diagnostic.source.line == 1; });
  REQUIRE(unknown != all.end());
  CHECK(unknown->words == "{freind}");
  CHECK(unknown->remedy == "Did you mean {friend}?");
  CHECK(unknown->source.file == "lists.toml");
}

TEST_CASE("short forms stand for words, with and without their apostrophe") {
  LanguageSource source;
  source.short_forms = {{"idk", "i don't know", {}}, {"he's", "he is", {}},     {"we're", "we are", {}}, {"ion", "idk", {}},
                        {"it's", "it is", {}},       {"Gonna", "going to", {}}, {"i'm", "i am", {}},     {"shes", "she is", {}}};
  const Language language = compiled(source);
  const auto read = [&](const char* message) { return text::test::read(message, language.lexicon()).folded; };
  CHECK(read("idk") == "i do not know");
  CHECK(read("ion") == "i do not know");
  CHECK(read("im i'm I’M") == "i am i am i am");
  CHECK(read("hes he's HE’S") == "hes he is he is");  // names and nouns end in s, too: only where a list says so
  CHECK(read("shes she's") == "she is she is");
  CHECK(read("were we're") == "were we are");  // without its apostrophe it is another word
  CHECK(read("it's") == "it is");
  CHECK(read("GONNA") == "going to");
}

TEST_CASE("mistakes in short forms") {
  LanguageSource source;
  source.short_forms = {{"a b", "c", {"f", 1}}, {"x", "", {"f", 2}},    {"y", "z y2", {"f", 3}}, {"z", "y", {"f", 4}},
                        {"u", "you", {"f", 5}}, {"U", "you", {"f", 6}}, {"w/", "with", {"f", 7}}};
  std::vector<std::uint32_t> lines;
  for (const Diagnostic& diagnostic : faults(source)) lines.push_back(diagnostic.source.line);
  std::sort(lines.begin(), lines.end());
  CHECK(lines == std::vector<std::uint32_t>{1, 2, 3, 4, 6, 7});
}

TEST_CASE("patterns are added with their lists and forms") {
  LanguageSource source;
  source.lists = {list("partner", {"boyfriend", "significant other"})};
  source.irregular_forms = {{"leave", "left"}};
  Language language = compiled(source);
  CHECK(finds(language, "{partner} ... leave~ me", "my significant other just left me"));
  CHECK(finds(language, "{partner} ... leave~ me", "my boyfriend is leaving me"));
  CHECK_FALSE(finds(language, "{partner} ... leave me", "my boyfriend left me"));
  CHECK(finds(language, "(let~ go~|x) of", "he lets going of"));
}

TEST_CASE("faulty patterns are told where they stand") {
  LanguageSource source;
  source.lists = {list("partner", {"boyfriend"}), list("friend", {"mate"})};
  Language language = compiled(source);
  Matcher matcher;
  Diagnostics diagnostics;
  CHECK_FALSE(language.add_pattern(matcher, "{partnr} and {zzz}", {"panic.toml", 7}, diagnostics));
  CHECK_FALSE(language.add_pattern(matcher, "a (b", {"panic.toml", 8}, diagnostics));
  CHECK(language.add_pattern(matcher, "{partner} and {friend}", {"panic.toml", 9}, diagnostics));
  REQUIRE(diagnostics.size() == 3);
  CHECK(diagnostics[0].words == "{partnr}");
  CHECK(diagnostics[0].remedy == "Did you mean {partner}?");
  CHECK(diagnostics[1].words == "{zzz}");
  CHECK_THAT(diagnostics[1].remedy, Catch::Contains("list of that name"));
  CHECK(diagnostics[2].words == "(b");
  CHECK(diagnostics[2].source.file == "panic.toml");
  CHECK(diagnostics[2].source.line == 8);
  CHECK(matcher.size() == 1);
}

TEST_CASE("maskable words and names") {
  LanguageSource source;
  source.maskable = {"kill~", "Suicide"};
  source.addressing = {"@Companion", "nurturer"};
  const Language language = compiled(source);
  const auto read = [&](const char* message) { return text::test::read(message, language.lexicon()).folded; };
  CHECK(read("k!lling su1cide") == "killing suicide");
  CHECK(read("@companion help") == "help");
  LanguageSource wrong;
  wrong.maskable = {"two words", ""};
  wrong.addressing = {"the bot"};
  CHECK(faults(wrong).size() == 3);
}

TEST_CASE("common words are common, in their order") {
  LanguageSource source;
  source.common_words = {"i", "the", "don't"};
  source.short_forms = {{"don't", "do not", {}}};
  const Language language = compiled(source);
  const auto share = [&](const char* word) { return language.commonness(language.lexicon().find(word).id); };
  CHECK(share("i") > share("the"));
  CHECK(share("the") > share("not"));
  CHECK(share("not") > 0);
  CHECK(share("do") == share("not"));
  CHECK(language.commonness(text::unknown_word) == 0);
  CHECK(share("panic") == 0);
}

TEST_CASE("the nearest name") {
  CHECK(edit_distance("breathing", "breathng") == 1);
  CHECK(edit_distance("partner", "partenr") == 1);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(nearest("breathng", {"panic", "breathing"}) == "breathing");
  CHECK(nearest("xyz", {"panic", "breathing"}).empty());
  CHECK(nearest("ab", {"cd"}).empty());
}

TEST_CASE("a phrasebook tells which phrases stand in a message") {
  LanguageSource source;
  source.lists = {list("not", {"not", "never"})};
  Language language = compiled(source);
  Phrasebook book;
  Diagnostics diagnostics;
  const PhraseId back = book.add({"^ back $", "go back"}, {}, language, diagnostics);
  const PhraseId forget = book.add({"forget me"}, {}, language, diagnostics);
  const PhraseId faulty = book.add({"(a", "do {not} remember me"}, {"f", 3}, language, diagnostics);
  book.seal(language);
  CHECK(diagnostics.size() == 1);
  const auto find = [&](const char* message) { return book.find(text::test::read(message, language.lexicon())); };
  CHECK(find("Back!") == std::vector{back});
  CHECK(find("please go back and forget me, forget me") == std::vector{back, forget});
  CHECK(find("don't remember me") == std::vector{faulty});
  CHECK(find("back to work").empty());
  CHECK(find("").empty());
}
