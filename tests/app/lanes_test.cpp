// The order in which lines go out, with a clock of the test.
#include "app/lanes.hpp"

#include <catch2/catch.hpp>

using namespace nurturer;
using app::Lanes;
using channel::Outgoing;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Ids = std::vector<std::string>;

namespace {

const channel::Time start{std::chrono::hours{1}};

Outgoing line(const std::string& id, const std::string& to, const std::string& answers, seconds after = seconds{0}) {
  Outgoing out;
  out.id = id;
  out.to = to;
  out.private_ = true;
  out.answers = answers;
  out.after = after;
  return out;
}

Outgoing crisis(const std::string& id, const std::string& to, const std::string& answers) {
  Outgoing out = line(id, to, answers);
  out.about.level = "crisis";
  return out;
}

Ids ids(const std::vector<Outgoing>& lines) {
  Ids all;
  for (const auto& out : lines) all.push_back(out.id);
  return all;
}

}  // namespace

TEST_CASE("the next line of a lane follows the acknowledgement of the one before; lanes do not wait for each other") {
  Lanes lanes({});
  lanes.push(line("1", "ann", "$1"), start);
  lanes.push(line("2", "ann", "$1"), start);
  lanes.push(line("3", "ben", "$2"), start);
  lanes.push(line("3", "ben", "$2"), start);
  CHECK(ids(lanes.take(start)) == Ids{"1", "3"});
  CHECK(lanes.take(start).empty());
  CHECK_FALSE(lanes.acknowledge("2", start));
  CHECK(lanes.acknowledge("1", start)->id == "1");
  CHECK_FALSE(lanes.acknowledge("1", start));
  CHECK(lanes.deadline().has_value());
  CHECK(ids(lanes.take(start)) == Ids{"2"});
  (void)lanes.acknowledge("2", start);
  (void)lanes.acknowledge("3", start);
  CHECK(lanes.size() == 0);
  CHECK_FALSE(lanes.deadline());
}

TEST_CASE("a pause counts from the line before, and ends when a further answer waits") {
  Lanes lanes({});
  lanes.push(line("1", "ann", "$1"), start);
  lanes.push(line("2", "ann", "$1", seconds{30}), start);
  CHECK(ids(lanes.take(start)) == Ids{"1"});
  const auto sent = start + seconds{5};
  (void)lanes.acknowledge("1", sent);
  CHECK(lanes.take(sent).empty());
  CHECK(lanes.deadline() == sent + seconds{30});
  CHECK(lanes.take(sent + seconds{29}).empty());
  SECTION("whole") { CHECK(ids(lanes.take(sent + seconds{30})) == Ids{"2"}); }
  SECTION("cut short") {
    lanes.push(line("3", "ann", "$2"), sent + seconds{2});
    CHECK(ids(lanes.take(sent + seconds{2})) == Ids{"2"});
    (void)lanes.acknowledge("2", sent + seconds{3});
    CHECK(ids(lanes.take(sent + seconds{3})) == Ids{"3"});
  }
}

TEST_CASE("a line that is to be tried again holds back its lane alone, and keeps its place") {
  Lanes lanes({});
  for (const char* id : {"1", "2"}) lanes.push(line(id, "ann", "$1"), start);
  lanes.push(line("3", "ben", "$2"), start);
  (void)lanes.take(start);
  CHECK(lanes.retry("1", start + seconds{10}, start));
  CHECK_FALSE(lanes.retry("2", start + seconds{10}, start));
  (void)lanes.acknowledge("3", start);
  CHECK(lanes.take(start + seconds{9}).empty());
  CHECK(lanes.deadline() == start + seconds{10});
  CHECK(ids(lanes.take(start + seconds{10})) == Ids{"1"});
  (void)lanes.acknowledge("1", start + seconds{11});
  CHECK(ids(lanes.take(start + seconds{11})) == Ids{"2"});
}

TEST_CASE("the answer to a crisis waits for nothing but the line that is on its way") {
  Lanes lanes({.most = 100, .in_flight = 2, .unasked_distance = seconds{20}});
  for (const char* id : {"1", "2"}) lanes.push(line(id, "ann", "$1"), start);
  for (const char* to : {"ben", "cem", "dan"}) lanes.push(line(std::string("x") + to, to, "$9"), start);
  CHECK(ids(lanes.take(start)) == Ids{"1", "xben"});
  lanes.push(crisis("7", "ann", "$3"), start);
  lanes.push(line("8", "ann", "$4"), start);
  (void)lanes.retry("1", start + seconds{60}, start);
  // Before the lanes that were ready earlier, and in spite of the retry before it; what comes after it keeps the old order.
  CHECK(ids(lanes.take(start)) == Ids{"7"});
  (void)lanes.acknowledge("7", start);
  CHECK(ids(lanes.take(start)) == Ids{"xcem"});
  (void)lanes.acknowledge("xben", start);
  (void)lanes.acknowledge("xcem", start);
  CHECK(ids(lanes.take(start + seconds{60})) == Ids{"1", "xdan"});
}

TEST_CASE("unasked never more than one message in 20 seconds, and an answer does not wait for it") {
  Lanes lanes({});
  lanes.push(line("1", "ann", ""), start);
  lanes.push(line("2", "ann", ""), start);
  lanes.push(line("3", "ben", ""), start);
  CHECK(ids(lanes.take(start)) == Ids{"1", "3"});
  (void)lanes.acknowledge("1", start + seconds{1});
  CHECK(lanes.take(start + seconds{20}).empty());
  CHECK(lanes.deadline() == start + seconds{21});
  lanes.push(line("4", "ann", "$1"), start + seconds{15});
  CHECK(ids(lanes.take(start + seconds{15})) == Ids{"4"});
  (void)lanes.acknowledge("4", start + seconds{16});
  CHECK(ids(lanes.take(start + seconds{21})) == Ids{"2"});
  (void)lanes.acknowledge("2", start + seconds{21});
  // The lane is empty now; the distance holds all the same.
  lanes.push(line("5", "ann", ""), start + seconds{22});
  CHECK(lanes.take(start + seconds{40}).empty());
  CHECK(ids(lanes.take(start + seconds{41})) == Ids{"5"});
}

TEST_CASE("no more lines are on their way than allowed, and a line that waits can be taken back") {
  Lanes lanes({.most = 4, .in_flight = 2, .unasked_distance = seconds{20}});
  for (const char* to : {"a", "b", "c", "d"}) lanes.push(line(to, to, "$1"), start);
  CHECK(lanes.full());
  CHECK(lanes.take(start).size() == 2);
  CHECK_FALSE(lanes.deadline());
  CHECK_FALSE(lanes.withdraw("a", start));
  CHECK(lanes.withdraw("c", start));
  CHECK_FALSE(lanes.withdraw("c", start));
  (void)lanes.acknowledge("a", start);
  CHECK(ids(lanes.take(start)) == Ids{"d"});
  CHECK_FALSE(lanes.full());
}

TEST_CASE("places that others hold keep no answer to a crisis waiting, nor what has a way of its own") {
  Lanes lanes({.most = 100, .in_flight = 2, .urgent_in_flight = 3, .unasked_distance = seconds{20}});
  for (const char* who : {"1", "2", "3"}) lanes.push(line(who, who, who), start);
  REQUIRE(lanes.take(start).size() == 2);
  Outgoing quick = line("4", "dan", "$4");
  quick.way = "i4";
  lanes.push(quick, start);
  lanes.push(crisis("5", "eve", "$5"), start);
  lanes.push(crisis("6", "fay", "$6"), start);
  CHECK(lanes.deadline() == channel::Time::min());
  CHECK(ids(lanes.take(start)) == Ids{"4", "5"});  // one crisis more than others could have taken, and no storm of them
  CHECK(lanes.in_flight() == 4);
  CHECK_FALSE(lanes.deadline());
  // Its way takes no place and gives none back.
  CHECK(lanes.acknowledge("4", start));
  CHECK(lanes.take(start).empty());
  CHECK(lanes.acknowledge("1", start));
  CHECK(ids(lanes.take(start)) == Ids{"6"});
  for (const char* id : {"2", "5", "6"}) CHECK(lanes.acknowledge(id, start));
  CHECK(ids(lanes.take(start)) == Ids{"3"});
  CHECK(lanes.in_flight() == 1);
}

TEST_CASE("a line with a way of its own that is to be tried again waits for its time") {
  Lanes lanes({});
  Outgoing quick = line("1", "dan", "$1");
  quick.way = "i1";
  lanes.push(quick, start);
  REQUIRE(lanes.take(start).size() == 1);
  CHECK(lanes.retry("1", start + seconds{2}, start));
  CHECK(lanes.in_flight() == 0);
  CHECK(lanes.take(start + seconds{1}).empty());
  CHECK(lanes.deadline() == start + seconds{2});
  CHECK(ids(lanes.take(start + seconds{2})) == Ids{"1"});
}
