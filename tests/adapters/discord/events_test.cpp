// What Discord tells of messages that are none of anybody's words.
#include "adapters/discord/events.hpp"

#include <catch2/catch.hpp>

using namespace nurturer::discord;

TEST_CASE("A message that tells who was taken out of a thread names them; every other one names nobody") {
  Json data{{"id", "10"}, {"channel_id", "601"}, {"author", {{"id", "7"}}}, {"type", 2}, {"mentions", {{{"id", "8"}}}}};
  CHECK(read_message(data, "1000")->removed == "8");
  CHECK_FALSE(read_message(data, "1000")->ordinary);
  data["mentions"] = Json::array();
  CHECK(read_message(data, "1000")->removed.empty());
  data["mentions"] = {{{"id", "8"}}};
  data["type"] = 0;
  CHECK(read_message(data, "1000")->removed.empty());
}
