// Buttons and menus, and who pressed what.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/discord/requests.hpp"
#include "adapters/discord/split.hpp"

using namespace nurturer;
using namespace nurturer::discord;

namespace {

std::vector<channel::Choice> choices(int count) {
  std::vector<channel::Choice> all;
  for (int n = 0; n < count; ++n) all.push_back({"c" + std::to_string(n), "choice " + std::to_string(n)});
  return all;
}

}  // namespace

TEST_CASE("up to five choices are buttons, each of which says who may press it") {
  const Json rows = components(choices(5), "7");
  REQUIRE(rows.size() == 1);
  const Json& buttons = rows[0]["components"];
  REQUIRE(buttons.size() == 5);
  CHECK(buttons[4]["type"] == 2);
  CHECK(buttons[4]["label"] == "choice 4");
  const auto pressed = read_custom_id(buttons[4]["custom_id"].get<std::string>(), {});
  REQUIRE(pressed);
  CHECK(pressed->for_user == "7");
  CHECK(pressed->choice == "c4");
}

TEST_CASE("more become one menu of at most 25, whose pick reads as a press") {
  for (const int count : {6, 25, 40}) {
    INFO(count);
    const Json rows = components(choices(count), "7");
    REQUIRE(rows.size() == 1);
    REQUIRE(rows[0]["components"].size() == 1);
    const Json& menu = rows[0]["components"][0];
    CHECK(menu["type"] == 3);
    CHECK(menu["options"].size() == static_cast<std::size_t>(std::min(count, 25)));
    const auto picked = read_custom_id(menu["custom_id"].get<std::string>(), {menu["options"][5]["value"].get<std::string>()});
    REQUIRE(picked);
    CHECK(picked->for_user == "7");
    CHECK(picked->choice == "c5");
  }
}

TEST_CASE("what Discord would refuse is shortened or left out") {
  const std::vector<channel::Choice> odd{
      {"long", std::string(200, 'x')}, {std::string(101, 'i'), "an id that fits nowhere"}, {"", "no id"}, {"none", ""}};
  const Json rows = components(odd, "7");
  REQUIRE(rows.size() == 1);
  REQUIRE(rows[0]["components"].size() == 1);
  const auto label = rows[0]["components"][0]["label"].get<std::string>();
  CHECK(label.starts_with(std::string(70, 'x')));
  CHECK(label.ends_with("…"));
  CHECK(length(label) <= 80);
  CHECK(components({}, "7").empty());
}

TEST_CASE("custom ids that are not the companion's are nobody's press") {
  for (const char* strange : {"", "n1:", "n1:7", "n1:7:", "n2:7:c", "x"}) {
    INFO(strange);
    CHECK_FALSE(read_custom_id(strange, {}));
  }
  CHECK_FALSE(read_custom_id("n1:7:", {"a", "b"}));
  CHECK_FALSE(read_custom_id("n1:7:" + std::string(100, 'c'), {}));
}
