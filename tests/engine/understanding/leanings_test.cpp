#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "engine/understanding/features.hpp"
#include "engine/understanding/leanings.hpp"
#include "world.hpp"

namespace nurturer::understanding {
namespace {

constexpr auto column(Intent intent) { return static_cast<std::uint8_t>(intent); }

std::set<std::string> names(const Language& language, std::string_view message, Setting setting = Setting::dm) {
  text::Text text;
  Features::Scratch scratch;
  std::vector<Feature> found;
  text::read(message, language.lexicon(), text);
  Features(language).read(text, setting, scratch, found);
  std::set<std::string> names;
  for (const Feature& feature : found) {
    names.insert(name(feature));
    CHECK(hash(feature) == hash(name(feature)));
  }
  return names;
}

struct Row {
  std::string feature;
  std::vector<LeaningTable::Point> points;
};

Row row(std::string feature, Intent intent, std::int16_t points) { return {std::move(feature), {{column(intent), points}}}; }

// The first row stands in line 2.
LeaningTable table(const std::vector<Row>& rows) {
  LeaningTable table;
  table.file = "leanings.tsv";
  std::uint32_t line = 2;
  for (const Row& row : rows) {
    table.points.insert(table.points.end(), row.points.begin(), row.points.end());
    table.add(row.feature, 1, line++);
  }
  return table;
}

// After them words that the table knows and that lean nowhere.
LeaningTable known(std::initializer_list<const char*> words, std::vector<Row> rows) {
  for (const char* word : words) rows.push_back(row(word, Intent::none, 0));
  return table(rows);
}

}  // namespace

TEST_CASE("a message shows its words, pairs, families, lists and marks") {
  test::World world;
  world.build();
  const auto found = names(*world.language, "He left me, 3 times!", Setting::group);
  for (const char* wanted : {"he", "left", "left~", "he left", "he _ me", "{partner}", ",", "me ,", "#number", "!", "#group"}) {
    INFO(wanted);
    CHECK(found.contains(wanted));
  }
  CHECK_FALSE(names(*world.language, "he left").contains("#group"));
  CHECK(names(*world.language, "").empty());
}

TEST_CASE("leanings speak where no cue does, and name their row") {
  test::World world;
  world.rules.leanings = known({"she", "away"}, {row("away~", Intent::rejection_fear, 40)});
  const Reading reading = world.read("she drifts away");
  CHECK(reading.intent == Intent::rejection_fear);
  CHECK(reading.guessed);
  CHECK(world.model->reason(reading) == "leanings.tsv:2");
  CHECK(world.model->explain("she drifts away", Setting::dm).find("\"away~\"") != std::string::npos);
}

TEST_CASE("a family leans in each of its forms") {
  test::World world;
  world.rules.leanings = known({"she", "left", "leaves"}, {row("leave~", Intent::rejection_fear, 40)});
  CHECK(world.intent("she left") == "rejection_fear");
  CHECK(world.intent("she leaves") == "rejection_fear");
}

TEST_CASE("plain words of a crisis stand, however much leans against them") {
  test::World world;
  world.cue(Intent::crisis_suicide, {"want to die"});
  world.rules.leanings = table({row("want", Intent::none, 30'000), row("die", Intent::crisis_suicide, -30'000)});
  const Reading reading = world.read("i want to die");
  CHECK(reading.intent == Intent::crisis_suicide);
  CHECK(reading.level == Level::crisis);
  CHECK(world.model->where(reading.rule) == "cues.toml:1");
}

TEST_CASE("leanings alone make a concern at most, and of somebody else where they say so") {
  test::World world;
  Row goodbye = row("goodbye", Intent::crisis_suicide, 200);
  goodbye.points.push_back({column_other, 40});
  world.rules.leanings = known({"he", "wrote", "to", "all", "of", "us", "say"}, {goodbye});
  const Reading reading = world.read("he wrote to all of us to say goodbye");
  CHECK(reading.intent == Intent::crisis_suicide);
  CHECK(reading.level == Level::concern);
  CHECK(reading.subject == Subject::other);
}

TEST_CASE("of a message whose words are new a few known ones tell nothing") {
  test::World world;
  world.rules.leanings = table({row("sie", Intent::crisis_suicide, 400)});
  CHECK(world.intent("ich weiss nicht was sie heute will") == "none");
}

}  // namespace nurturer::understanding
