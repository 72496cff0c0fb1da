// Text in pieces of 2,000 code points: nothing is lost, nothing that belongs together is cut.
#include <catch2/catch.hpp>

#include <string>

#include "adapters/discord/split.hpp"

using namespace nurturer::discord;

namespace {

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

std::string joined(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  return all;
}

}  // namespace

TEST_CASE("2,000 code points fit, whatever their bytes; one more makes two pieces") {
  for (const std::string sign : {"a", "\u00e4", "\u20ac", "\U0001F600"}) {
    INFO(sign);
    CHECK(split(repeated(sign, 2'000)).size() == 1);
    const auto pieces = split(repeated(sign, 2'001));
    REQUIRE(pieces.size() == 2);
    CHECK(length(pieces[0]) == 1'996);  // a fence that is open there would need four
    CHECK(joined(pieces) == repeated(sign, 2'001));
  }
}

TEST_CASE("nothing is lost and no piece is too long, at any length of the piece") {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "Sentence number " + std::to_string(i) + " goes on a little.\n" + (i % 5 == 0 ? "\n" : "");
  for (std::size_t longest = 1; longest < 200; ++longest) {
    const auto pieces = split(text, longest);
    for (const std::string& piece : pieces) {
      REQUIRE(length(piece) <= longest);
      REQUIRE(!piece.empty());
    }
    REQUIRE(without_blanks(joined(pieces)) == without_blanks(text));
  }
}

TEST_CASE("cut between paragraphs rather than lines, lines rather than sentences, sentences rather than words") {
  const std::string tail = repeated("x", 60);
  CHECK(split("One two three.\n\nfour five six. seven eight\nnine ten" + tail, 70)[0] ==
        "One two three.\n\nfour five six. seven eight");
  CHECK(split(repeated("w ", 25) + "end.\n\n" + repeated("v ", 20), 70)[0] == repeated("w ", 25) + "end.");
  CHECK(split(repeated("w ", 25) + "end\n" + repeated("v ", 20), 70)[0] == repeated("w ", 25) + "end");
  CHECK(split(repeated("w ", 25) + "end. " + repeated("v ", 20), 70)[0] == repeated("w ", 25) + "end.");
  CHECK(split(repeated("w ", 25) + "end " + repeated("vv ", 20), 70)[0].back() != 'w');
}

TEST_CASE("what readers see as one character stays whole") {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";  // five code points
  const std::string accented = "e\u0301";
  const std::string flag = "\U0001F1E9\U0001F1EA";
  for (const std::string& one : {family, accented, flag}) {
    const auto pieces = split(repeated(one, 1'500));
    REQUIRE(pieces.size() > 1);
    for (const std::string& piece : pieces) {
      INFO(one);
      CHECK(piece.size() % one.size() == 0);
      CHECK(length(piece) <= 2'000);
    }
    CHECK(joined(pieces) == repeated(one, 1'500));
  }
}

TEST_CASE("one character of more than a message is cut between code points, and ends") {
  const auto pieces = split("e" + repeated("\u0301", 5'000));
  CHECK(pieces.size() == 3);
  for (const std::string& piece : pieces) CHECK(length(piece) <= 2'000);
  CHECK(joined(pieces) == "e" + repeated("\u0301", 5'000));
}

TEST_CASE("a link goes whole into the next piece; one that is longer than a message is cut") {
  const std::string link = "https://findahelpline.com/" + repeated("a", 60);
  const auto pieces = split(repeated("b", 80) + " " + link, 100);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[1] == link);
  const auto glued = split(repeated("word ", 18) + "(" + link + ")", 100);
  CHECK(glued.back().find(link) != std::string::npos);
  const std::string endless = "https://example.org/" + repeated("a", 300);
  CHECK(joined(split(endless, 100)) == endless);
}

TEST_CASE("a code fence is closed at the end of a piece and opened again with its language") {
  std::string text = "before\n```json\n";
  for (int i = 0; i < 40; ++i) text += "line " + std::to_string(i) + "\n";
  text += "```\nafter";
  const auto pieces = split(text, 120);
  REQUIRE(pieces.size() > 2);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::size_t fences = 0;
    for (std::size_t at = pieces[i].find("```"); at != std::string::npos; at = pieces[i].find("```", at + 3)) ++fences;
    CHECK(fences % 2 == 0);
    CHECK(length(pieces[i]) <= 120);
    if (i > 0 && i + 1 < pieces.size()) CHECK(pieces[i].starts_with("```json\n"));
  }
  CHECK(pieces.back().ends_with("after"));
}

TEST_CASE("blank text has no pieces; bytes that are no UTF-8 are replaced one by one") {
  CHECK(split("").empty());
  CHECK(split(" \n\t ").empty());
  CHECK(valid("a\xffz\xc3") == "a\uFFFDz\uFFFD");
  CHECK(split("a\xff") == std::vector<std::string>{"a\uFFFD"});
  CHECK(length("a\xff\u20ac") == 3);
}

TEST_CASE("words stay plain: markup and mentions are taken out of force, links are left alone") {
  CHECK(plain("*loud* _low_ `c` ~~x~~ ||y||") == "\\*loud\\* \\_low\\_ \\`c\\` \\~\\~x\\~\\~ \\|\\|y\\|\\|");
  CHECK(plain("<@12> <#3> <:a:4>") == "\\<@12> \\<#3> \\<:a:4>");
  CHECK(plain("# one\n> two\n- three") == "\\# one\n\\> two\n\\- three");
  CHECK(plain("see https://a.org/x_y_z*") == "see https://a.org/x_y_z*");
  CHECK(plain("3 < 4 - 1 # 2") == "3 < 4 - 1 # 2");
}
