// What is found after an outage: how old is too old, for what, and what is said about it.
#include <catch2/catch.hpp>

#include "talker.hpp"

using namespace nurturer;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

const std::string excuse = "not reachable when you wrote this";

test::Answer found_after(std::chrono::seconds age, const std::string& text, bool edit = false) {
  static test::Talker talker;
  talker.from = "someone" + std::to_string(age.count()) + text + (edit ? "edit" : "");
  talker.late = age;
  talker.edit = edit;
  return talker.says(text);
}

}  // namespace

TEST_CASE("what is older than half an hour gets no answer, what is younger one without excuses") {
  CHECK(found_after(minutes{31}, "hello").empty());
  CHECK(found_after(minutes{31}, "/panic").empty());
  const auto answer = found_after(minutes{29}, "hello");
  REQUIRE_FALSE(answer.empty());
  CHECK(test::text_of(answer).find(excuse) == std::string::npos);
}

TEST_CASE("a crisis of up to a day ago is answered, and the answer begins with what happened") {
  for (const hours age : {hours{1}, hours{23}, hours{24}}) {
    const auto answer = found_after(age, "i want to kill myself");
    REQUIRE_FALSE(answer.empty());
    CHECK(answer.front().text.find(excuse) != std::string::npos);
    CHECK(test::text_of(answer).find("116 123") != std::string::npos);
    CHECK(test::broken_rule(answer).empty());
  }
  CHECK(found_after(hours{25}, "i want to kill myself").empty());
  CHECK(found_after(hours{2}, "i just want everything to stop").empty());  // unclear, and hours ago
}

TEST_CASE("an edit is answered when it turns the message into a crisis, and only then") {
  CHECK(found_after(minutes{1}, "hello", true).empty());
  CHECK_FALSE(found_after(minutes{1}, "i want to die", true).empty());
}

TEST_CASE("the excuse is said once, with the late answer, and not again") {
  test::Talker talker;
  talker.late = hours{3};
  CHECK(test::text_of(talker.says("i want to die")).find(excuse) != std::string::npos);
  talker.late = minutes{0};
  CHECK(test::text_of(talker.says("im still here")).find(excuse) == std::string::npos);
}
