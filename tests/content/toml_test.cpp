// Lines that TOML cannot read, explained to somebody who never heard of TOML.
#include <catch2/catch.hpp>

#include "content/toml.hpp"
#include "content/utf8.hpp"
#include "small.hpp"

namespace nurturer::content {
namespace {

struct Unread {
  std::string_view name;
  std::string_view text;
  std::uint32_t line;
  std::string_view problem;
  std::string_view remedy;
};

Diagnostics told_of(std::string_view text) {
  Diagnostics diagnostics;
  const auto value = read_toml(Page({"a.toml", std::string(text)}), diagnostics);
  CHECK(value.has_value() == diagnostics.empty());
  return diagnostics;
}

}  // namespace

TEST_CASE("what TOML cannot read is said in plain words") {
  const std::vector<Unread> all{
      {"no quotation mark at the end", "a = 1\nb = \"Feet on the floor.\nc = 2\n", 2, "has no quotation mark at its end",
       "after its last word"},
      {"no quotation mark at the end of the file", "b = \"Feet on the floor.", 1, "has no quotation mark at its end",
       "after its last word"},
      {"no quotation marks", "weight = strong\n", 1, "without quotation marks", "\"...\""},
      {"a word for true", "fixed = yes\n", 1, "without quotation marks", "\"...\""},
      {"curly quotation marks", "say = \u201CFeet on the floor.\u201D\n", 1, "curly", "straight"},
      {"curly quotation marks in a list", "say = [\u201CFeet\u201D]\n", 1, "curly", "straight"},
      {"a quotation mark within a text", "say = [\"He said \"no\" to me\"]\n", 1, "not parted by a comma, or a text ends too early",
       "\\\""},
      {"no comma in a list", "say = [\n  \"one\"\n  \"two\"\n]\n", 3, "not parted by a comma", "put a comma"},
      {"a list that goes on to the next entry", "a = 1\nsay = [\n  \"one\",\n  \"two\"\n\n[[step]]\nid = \"x\"\n", 2,
       "the list that begins in this line is not closed", "put ]"},
      {"a list with a comma that goes on to the next entry", "say = [\n  \"one\",\n\n[[step]]\nid = \"x\"\n", 1,
       "the list that begins in this line is not closed", "put ]"},
      {"a list that goes on to the end", "a = 1\nsay = [\"one\",\n", 2, "the list that begins in this line is not closed", "put ]"},
      {"a group over two lines", "card = { minutes = 3,\n  eyes = \"open\" }\n", 1, "must end with } in the same line", "in one line"},
      {"a comma before }", "card = { minutes = 3, }\n", 1, "a comma after the last setting", "take that comma away"},
      {"no comma in a group", "card = { minutes = 3 eyes = \"open\" }\n", 1, "not parted by a comma", "put a comma"},
      {"a backslash", "say = \"C:\\dir\"\n", 1, "a backslash", "\\\\"},
      {"twice the same setting", "id = \"a\"\nsay = \"b\"\nid = \"c\"\n", 3, "\"id\" is written twice", "[[step]]"},
      {"twice the same table", "[list]\na = [\"x\"]\n[list]\nb = [\"y\"]\n", 3, "\"list\" is written twice", "[[step]]"},
      {"a sentence of one's own", "a = 1\nremember to ask Ann\n", 2, "after the name of a setting comes =", "begin it with #"},
      {"nothing after =", "a =\nb = 2\n", 1, "nothing stands after the =", "after it"},
      {"a telephone number", "number = 0800 1111\n", 1, "cannot begin with 0", "\"0800 1111\""},
      {"no such day", "checked_on = 2026-02-30\n", 1, "no date of the calendar", "2026-11-24"},
      {"two settings in a line", "a = 1 b = 2\n", 1, "something stands after the end of this setting", "one line holds one setting"},
      {"a long text that is not closed", "a = 1\nwhy = \"\"\"\nIt rests.\n", 2, "the text that begins in this line is not closed",
       "\"\"\""},
      {"a head that is not closed", "a = 1\n[list\nb = 2\n", 2, "the head of an entry or of a section is not closed", "put as many ]"},
      {"an invisible character", std::string_view("say = \"a\0b\"\n", 12), 1, "invisible character", "again"},
  };
  for (const auto& each : all) {
    INFO(each.name);
    const auto told = told_of(each.text);
    REQUIRE(told.size() == 1);
    INFO(print(told.front()));
    CHECK(told.front().source.line == each.line);
    CHECK_THAT(told.front().problem, Catch::Contains(std::string(each.problem)));
    CHECK_THAT(told.front().remedy, Catch::Contains(std::string(each.remedy)));
    CHECK_FALSE(told.front().words.empty());
  }
}

TEST_CASE("no word of the trade in what an author is told") {
  for (const std::string_view text : {"a = \"x\n",        "a = [1\n",          "a = {1\n", "= 1\n",     "a = 1__0\n", "[a\n",
                                      "[[a]\n",           "a = 0xZ\n",         "a.b.c\n",  "a = 'x\n",  "a = +\n",    "\x01\n",
                                      "a = 2026-13-01\n", "a = \"\\ud800\"\n", "[a]]\n",   "a = [,]\n", "a = {,}\n",  "\"\" = \n",
                                      "a = tru\n",        "a = 1e\n"}) {
    const auto told = told_of(text);
    INFO(text);
    REQUIRE(told.size() == 1);
    for (const auto* word :
         {"TOML", "parse", "token", "EOF", "bare key", "null", "type", "terminator", "string", "array", "integer", "U+"}) {
      CHECK_THAT(told.front().problem, !Catch::Contains(word));
      CHECK_THAT(told.front().remedy, !Catch::Contains(word));
    }
  }
}

TEST_CASE("a file that is not UTF-8 is told with its line") {
  const auto told = told_of("a = 1\nb = \"caf\xE9 au lait\"\n");
  REQUIRE(told.size() == 1);
  CHECK(told.front().source.line == 2);
  CHECK(told.front().words == "b = \"caf? au lait\"");
  CHECK_THAT(told.front().problem, Catch::Contains("UTF-8"));
  CHECK_THAT(told.front().remedy, Catch::Contains("save the file again"));
}

TEST_CASE("UTF-8 is what the standard says") {
  CHECK(first_not_utf8("plain, \u00FC, \u2014, \U0001F499") == std::string_view::npos);
  CHECK(first_not_utf8("ab\x80") == 2);            // nothing that it continues
  CHECK(first_not_utf8("ab\xC3") == 2);            // cut off
  CHECK(first_not_utf8("\xC0\xAF") == 0);          // longer than needed
  CHECK(first_not_utf8("\xE0\x80\xAF") == 0);      // the same in three
  CHECK(first_not_utf8("\xED\xA0\x80") == 0);      // half of a pair
  CHECK(first_not_utf8("\xF4\x90\x80\x80") == 0);  // beyond the last
  CHECK(first_not_utf8("\xF5\x80\x80\x80") == 0);
  CHECK(characters("\u00FC\U0001F499a") == 3);
}

TEST_CASE("values keep their lines and the order in which they are written") {
  Diagnostics diagnostics;
  const auto value = read_toml(
      Page({"a.toml", "zebra = 1\nant = [\n  \"x\",\n  \"y\",\n]\n[[step]]\nid = \"a\"\n[[step]]\nid = \"b\"\nwhen = 2026-11-24\n"}),
      diagnostics);
  REQUIRE(value);
  REQUIRE(value->items.size() == 3);
  CHECK(value->items[0].key == "zebra");
  CHECK(value->items[1].key == "ant");
  CHECK(value->items[1].items[1].line == 4);
  const Value& steps = value->items[2];
  CHECK(steps.headed);
  REQUIRE(steps.items.size() == 2);
  CHECK(steps.items[1].line == 8);
  REQUIRE(steps.items[1].find("when") != nullptr);
  CHECK(steps.items[1].find("when")->text == "2026-11-24");
  CHECK(steps.items[1].find("when")->key_line == 10);
  CHECK(steps.items[1].find("nothing") == nullptr);
}

}  // namespace nurturer::content
