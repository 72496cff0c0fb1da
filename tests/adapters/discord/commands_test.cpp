// Commands: what is registered is what Discord takes, and each says in plain words what was meant.
#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "adapters/discord/commands.hpp"
#include "adapters/discord/requests.hpp"
#include "adapters/discord/split.hpp"

using namespace nurturer;
using namespace nurturer::discord;
using Kind = Interaction::Kind;

namespace {

std::vector<channel::Choice> exercises(int count) {
  std::vector<channel::Choice> all;
  for (int n = 0; n < count; ++n) all.push_back({"/exercise" + std::to_string(n), "Exercise " + std::to_string(n)});
  return all;
}

Interaction command(const std::string& name, std::vector<std::pair<std::string, std::string>> options = {}) {
  Interaction made;
  made.kind = Kind::command;
  made.id = "1";
  made.user = "7";
  made.command = name;
  made.options = std::move(options);
  return made;
}

std::string said(const Interaction& interaction) {
  const auto found = meaning(interaction);
  REQUIRE(found);
  return found->text;
}

const Json* named(const Json& definitions, const std::string& name) {
  for (const Json& one : definitions) {
    if (one["name"] == name) return &one;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("each command is one that Discord takes, anywhere, and all of the list are there") {
  const Json all = command_definitions(exercises(20));
  std::set<std::string> names;
  for (const Json& one : all) {
    const std::string name = one["name"];
    INFO(name);
    CHECK(names.insert(name).second);
    CHECK(one["integration_types"] == Json({0, 1}));
    CHECK(one["contexts"] == Json({0, 1, 2}));
    if (one["type"] == 3) continue;
    CHECK(name.size() <= 32);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
    CHECK(!one["description"].get<std::string>().empty());
    CHECK(length(one["description"].get<std::string>()) <= 100);
  }
  for (const char* name : {"sos", "soothe", "breathe", "affirm", "safe-place", "remind", "reminders", "checkin", "break-for-two", "my-data",
                           "help", "Help me with this"}) {
    INFO(name);
    CHECK(names.contains(name));
  }
  CHECK(named(all, "Help me with this")->find("description") == named(all, "Help me with this")->end());
}

TEST_CASE("exercises are choices up to 25, and proposed while one types when there are more") {
  const Json few = command_definitions(exercises(25)), many = command_definitions(exercises(26));
  CHECK((*named(few, "soothe"))["options"][0]["choices"].size() == 25);
  CHECK(!(*named(few, "soothe"))["options"][0].contains("autocomplete"));
  CHECK((*named(many, "soothe"))["options"][0]["autocomplete"] == true);
  CHECK(!(*named(many, "soothe"))["options"][0].contains("choices"));
  CHECK(command_definitions({}).size() == few.size());
  CHECK(fingerprint(few) != fingerprint(many));
  CHECK(fingerprint(few) == fingerprint(command_definitions(exercises(25))));
}

TEST_CASE("proposals: those in whose name the words stand, at most 25, all when none fits") {
  CHECK(proposals(exercises(40), "").size() == 25);
  const auto one = proposals(exercises(40), "EXERCISE 39");
  REQUIRE(one.size() == 1);
  CHECK(one[0].id == "/exercise39");
  CHECK(proposals(exercises(3), "no such thing").size() == 3);
  CHECK(proposals({{"/a", std::string(101, 'x')}, {"/b", ""}, {"/c", "good"}}, "").size() == 1);
}

TEST_CASE("commands in plain words") {
  CHECK(said(command("sos")) == "/sos");
  CHECK(said(command("breathe")) == "/breathing");
  CHECK(said(command("affirm")) == "/affirmation");
  CHECK(said(command("safe-place")) == "/safe_place");
  CHECK(said(command("reminders")) == "reminders");
  CHECK(said(command("help")) == "help");
  CHECK(said(command("soothe")) == "help");
  CHECK(said(command("soothe", {{"with", "/panic"}})) == "/panic");
  CHECK(said(command("checkin")) == "check in");
  CHECK(said(command("checkin", {{"when", "every day at 9"}})) == "check in every day at 9");
  CHECK(said(command("break-for-two")) == "i need a break");
  CHECK(said(command("break-for-two", {{"minutes", "30"}, {"with", "12"}})) == "i need a break for 30 minutes @12");
  CHECK(said(command("my-data", {{"", "export"}})) == "export my data");
  CHECK(said(command("my-data", {{"", "forget"}})) == "forget me");
  CHECK(said(command("my-data", {{"", "show"}})) == "what do you know");
  CHECK(said(command("remind", {{"what", "breathe"}, {"when", "at 9"}})) == "remind me to breathe at 9");
  CHECK(!meaning(command("ban")));
}

TEST_CASE("a reminder that lacks something is asked for by a form, whose words come back as a reminder") {
  for (const auto& options : {std::vector<std::pair<std::string, std::string>>{}, {{"what", "breathe"}}, {{"when", "at 9"}}}) {
    const auto found = meaning(command("remind", options));
    REQUIRE(found);
    CHECK(found->text.empty());
    REQUIRE(found->modal.is_object());
    CHECK(found->modal["title"].get<std::string>().size() <= 45);
    CHECK(found->modal["components"].size() == 2);
    Interaction filled = command("");
    filled.kind = Kind::modal;
    filled.custom_id = found->modal["custom_id"];
    filled.options = {{"what", "drink water"}, {"when", "tomorrow at 8"}};
    CHECK(said(filled) == "remind me to drink water tomorrow at 8");
  }
}

TEST_CASE("one's own message is one's own words, another's is theirs") {
  Interaction on_message = command("Help me with this");
  on_message.kind = Kind::message_command;
  on_message.target_text = "i can't go on";
  on_message.target_author = "7";
  CHECK(said(on_message) == "i can't go on");
  on_message.target_author = "8";
  CHECK(said(on_message) == "my friend wrote: \"i can't go on\"");
  on_message.command = "Another";
  CHECK(!meaning(on_message));
}

TEST_CASE("a press by the one it was offered to is that choice; by another it is a choice that nobody was offered") {
  const Json rows = components({{"yes", "yes"}}, "7");
  Interaction press = command("");
  press.kind = Kind::component;
  press.custom_id = rows[0]["components"][0]["custom_id"];
  CHECK(meaning(press)->press == "yes");
  press.user = "8";
  CHECK(meaning(press)->press == "~yes");
  press.custom_id = "somebody:else";
  CHECK(!meaning(press));
}

TEST_CASE("the button to write: beside others while there is room, a form behind it, its words are the person's") {
  const Json four = with_write_button(components({{"a", "a"}, {"b", "b"}, {"c", "c"}, {"d", "d"}}, "7"), "7");
  REQUIRE(four.size() == 1);
  REQUIRE(four[0]["components"].size() == 5);
  const Json five = with_write_button(components({{"a", "a"}, {"b", "b"}, {"c", "c"}, {"d", "d"}, {"e", "e"}}, "7"), "7");
  CHECK(five.size() == 2);
  CHECK(with_write_button(Json::array(), "7").size() == 1);
  Interaction press = command("");
  press.kind = Kind::component;
  press.custom_id = four[0]["components"][4]["custom_id"];
  const auto asked = meaning(press);
  REQUIRE(asked);
  REQUIRE(asked->modal.is_object());
  Interaction filled = command("");
  filled.kind = Kind::modal;
  filled.custom_id = asked->modal["custom_id"];
  filled.options = {{"text", "he left me on read"}};
  CHECK(said(filled) == "he left me on read");
}
