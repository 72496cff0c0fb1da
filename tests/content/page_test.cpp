#include "content/page.hpp"

#include <catch2/catch.hpp>

#include "content/names.hpp"
#include "content/utf8.hpp"

namespace nurturer::content {

TEST_CASE("a page counts its lines as an editor does") {
  const Page page({"intents/en/panic.toml", "one\r\ntwo\n\nfour"});
  CHECK(page.name() == "panic");
  CHECK(page.lines() == 4);
  CHECK(page.line(1) == "one");
  CHECK(page.line(2) == "two");
  CHECK(page.line(3).empty());
  CHECK(page.line(4) == "four");
  CHECK(page.line(0).empty());
  CHECK(page.line(5).empty());
  CHECK(Page({"a.toml", ""}).lines() == 1);
}

TEST_CASE("a long line is quoted around what it is about, and never within a letter") {
  std::string line = "  say = [\"";
  for (int i = 0; i < 100; ++i) line += "\u00FC ";
  line += "HERE";
  for (int i = 0; i < 100; ++i) line += " \u00FC";
  const Page page({"a.toml", line});
  const std::string quote = page.quote(1, "HERE");
  CHECK_THAT(quote, Catch::Contains("HERE"));
  CHECK_THAT(quote, Catch::StartsWith("... "));
  CHECK_THAT(quote, Catch::EndsWith(" ..."));
  CHECK(quote.size() < 170);
  CHECK(first_not_utf8(quote) == std::string_view::npos);
  CHECK_THAT(page.quote(1), Catch::StartsWith("say = ["));
  CHECK(Page({"a.toml", "\t  short  \n"}).quote(1) == "short");
}

TEST_CASE("words are looked for within their own entry") {
  const Page page({"a.toml", "[[cue]]\nid = \"a\"\n[[cue]]\nid = \"b\"\nx = [\n  \"deep\",\n]\n"});
  CHECK(page.find("\"a\"", 1) == 2);
  CHECK(page.find("\"b\"", 1) == 1);  // the second entry's
  CHECK(page.find("deep", 3) == 6);
  CHECK(page.find("", 3) == 3);
}

TEST_CASE("what the engine tells is moved to the author's line and quotes it") {
  const Page page({"a.toml", "[[cue]]\nid = \"a\"\npatterns = [\n  \"b\",\n  \"\u00FC (c\",\n]\n"});
  Diagnostic told{{"a.toml", 1}, "(c", "A choice is not closed.", "Close it."};
  settle(page, told);
  CHECK(told.source.line == 5);
  CHECK(told.words == "\"\u00FC (c\",");
  CHECK(told.problem == "\"(c\" (column 6): a choice is not closed");

  Diagnostic whole{{"a.toml", 2}, "", "Something.", ""};
  settle(page, whole);
  CHECK(whole.words == "id = \"a\"");
  CHECK(whole.problem == "something");

  Diagnostic named{{"a.toml", 1}, "(c", "There is no (c here.", ""};
  settle(page, named);
  CHECK(named.problem == "column 6: there is no (c here");
}

TEST_CASE("the nearest name") {
  const Names names{"say", "ask", "go", "brief", "fixed", "choices"};
  CHECK(nearest("sya", names) == "say");  // two letters swapped
  CHECK(nearest("breif", names) == "brief");
  CHECK(nearest("choice", names) == "choices");  // one left out
  CHECK(nearest("Fixed", names) == "fixed");
  CHECK_FALSE(nearest("number", names));
  CHECK_FALSE(nearest("", names));
  CHECK_FALSE(nearest(std::string(100'000, 'a'), names));
  CHECK(did_you_mean("sya", names, "x") == "did you mean \"say\"?");
  CHECK(did_you_mean("quite another", {"a", "b"}, "x") == "known here: \"a\" or \"b\"");
  CHECK(did_you_mean("quite another", Names(13, "a"), "look it up") == "look it up");
  CHECK(one_of({"a", "b", "c"}) == "\"a\", \"b\" or \"c\"");
}

}  // namespace nurturer::content
