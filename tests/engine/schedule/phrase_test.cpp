// The table of phrases: each with the moment, the zone and what must come of it.
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/schedule/phrase.hpp"
#include "engine/schedule/say.hpp"

namespace {

using namespace nurturer::schedule;

struct Row {
  int line = 0;
  std::string now, zone, locale, phrase, expected;
};

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// "@ 2026-11-24T10:00 Europe/Berlin en-GB" sets what holds for the rows below it; "phrase => expected" is a row.
std::vector<Row> rows() {
  std::ifstream file("tests/engine/schedule/phrases.txt");
  REQUIRE(file);
  std::vector<Row> all;
  Row here;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    here.line = number;
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '@') {
      std::istringstream words(line.substr(1));
      here.zone = here.locale = "";
      words >> here.now >> here.zone >> here.locale;
      if (here.zone == "-") here.zone = "";
      continue;
    }
    const auto arrow = line.rfind(" => ");
    REQUIRE(arrow != std::string::npos);
    here.phrase = line.substr(0, arrow);
    here.expected = trimmed(line.substr(arrow + 4));
    all.push_back(here);
  }
  return all;
}

Time time_of(const std::string& text, const std::string& zone) {
  std::istringstream in(text);
  Wall wall;
  in >> date::parse("%FT%R", wall);
  REQUIRE(!in.fail());
  return instant_of(wall, zone.empty() ? "UTC" : zone);
}

std::string name(Guess guess) {
  constexpr const char* names[] = {"half_of_day", "time_of_day", "day", "daytime", "week", "year"};
  return names[static_cast<std::size_t>(guess)];
}

std::string name(Question question) {
  constexpr const char* names[] = {"none", "time", "half", "zone", "date", "over", "too_far", "too_often", "never"};
  return names[static_cast<std::size_t>(question)];
}

std::string told(const Settled& settled, const Here& here) {
  std::string text;
  if (settled.question != Question::none) {
    text = "? " + name(settled.question);
    for (const auto& option : settled.options) text += (&option == &settled.options.front() ? ": " : " / ") + option.label;
    return text;
  }
  text = text_of(settled.when);
  for (const When& when : settled.also) text += " + " + text_of(when);
  if (settled.when.zone != here.zone) text += " (" + settled.when.zone + ")";
  for (const Guess guess : settled.guesses) text += " ~" + name(guess);
  return text;
}

}  // namespace

TEST_CASE("phrases of time mean what the table says", "[schedule]") {
  const auto all = rows();
  CHECK(all.size() >= 250);
  for (const Row& row : all) {
    const Here here{time_of(row.now, row.zone), row.zone, row.locale};
    const Found found = find(row.phrase, true);
    const std::string result = found.empty() && found.event.empty() ? "nothing" : told(settle(found, here), here);
    INFO("phrases.txt:" << row.line << ": " << row.phrase);
    CHECK(result == row.expected);
  }
}

TEST_CASE("what is said back, read again, is the same time", "[schedule]") {
  for (const Row& row : rows()) {
    Here here{time_of(row.now, row.zone), row.zone, row.locale};
    const Found found = find(row.phrase, true);
    if (found.empty()) continue;
    const Settled first = settle(found, here);
    if (first.question != Question::none) continue;
    here.zone = first.when.zone;
    const std::string said = text_of(first.when);
    const Settled again = settle(find(said, true), here);
    INFO("phrases.txt:" << row.line << ": " << row.phrase << " => " << said);
    REQUIRE(again.question == Question::none);
    CHECK(again.also.empty());
    CHECK(again.guesses.empty());
    CHECK(text_of(again.when) == said);
    CHECK(again.when.start == first.when.start);
    CHECK(again.when.rule == first.when.rule);
    if (!second_coming(first.when.moment, here.zone)) CHECK(again.when.moment == first.when.moment);
  }
}
