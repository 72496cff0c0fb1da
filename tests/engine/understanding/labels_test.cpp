#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <string>

#include "engine/understanding/labels.hpp"

using namespace nurturer::understanding;

TEST_CASE("every intent has a name that leads back to it") {
  std::set<std::string> names;
  for (std::size_t i = 0; i < intent_count; ++i) {
    const auto intent = static_cast<Intent>(i);
    names.emplace(name(intent));
    CHECK(intent_named(name(intent)) == intent);
  }
  CHECK(names.size() == intent_count);
  CHECK_FALSE(intent_named("sadnes"));
  CHECK(name(Intent::crisis_suicide) == "crisis_suicide");
  CHECK(name(Intent::nature_grounding) == "nature_grounding");
  CHECK(name(Intent::feeling_better) == "feeling_better");
}

TEST_CASE("kinds") {
  CHECK(kind(Intent::medical_emergency) == Kind::safety);
  CHECK(kind(Intent::crisis_abuse) == Kind::safety);
  CHECK(kind(Intent::stop) == Kind::request);
  CHECK(kind(Intent::help) == Kind::request);
  CHECK(kind(Intent::panic) == Kind::feeling);
  CHECK(kind(Intent::feeling_better) == Kind::feeling);
  CHECK(kind(Intent::thanks) == Kind::courtesy);
  CHECK(kind(Intent::greeting) == Kind::courtesy);
  CHECK(kind(Intent::none) == Kind::none);
}

TEST_CASE("levels, subjects and flags have names") {
  for (const char* level : {"none", "concern", "crisis", "emergency"}) {
    REQUIRE(level_named(level));
    CHECK(name(*level_named(level)) == level);
  }
  CHECK_FALSE(level_named("panic"));
  CHECK(name(Subject::self) == "self");
  CHECK(name(Subject::other) == "other");
  std::uint32_t all = 0;
  for (const Flag* flag = begin_flags(); flag != end_flags(); ++flag) {
    CHECK(flag_named(name(*flag)) == *flag);
    CHECK(static_cast<std::uint32_t>(*flag) > all);  // in the order of their bits
    all |= static_cast<std::uint32_t>(*flag);
  }
  CHECK(all == 0x3FFFF);
  CHECK_FALSE(flag_named("hart"));
}

TEST_CASE("every label of the corpus is an intent") {
  std::ifstream corpus("tests/corpus/dev.jsonl");
  REQUIRE(corpus);
  std::size_t lines = 0;
  const std::string key = "\"label\": \"";
  for (std::string line; std::getline(corpus, line); ++lines) {
    const std::size_t begin = line.find(key) + key.size();
    const std::string label = line.substr(begin, line.find('"', begin) - begin);
    INFO(label);
    CHECK(intent_named(label));
  }
  CHECK(lines > 1'000);
}
