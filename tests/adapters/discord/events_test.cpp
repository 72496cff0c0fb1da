// What people do, read leniently: missing, null and unknown alike; ids of any size; nobody else's words as ours.
#include <catch2/catch.hpp>

#include <string>

#include "adapters/discord/events.hpp"

using namespace nurturer::discord;
using Kind = Interaction::Kind;
using Where = Interaction::Where;

namespace {

const std::string us = "1000";

Json message() {
  return {{"id", "18446744073709551000"}, {"channel_id", "5"}, {"author", {{"id", "7"}}}, {"content", "hello"}, {"type", 0}};
}
Json with(Json base, const Json& more) {
  base.update(more);
  return base;
}
Message read(const Json& data) {
  auto found = read_message(data, us);
  REQUIRE(found);
  return *found;
}
Json interaction(int type, const Json& data = Json::object()) {
  return {{"id", "1"},    {"token", "aZ-_.9"},     {"application_id", "2"}, {"channel_id", "5"},
          {"type", type}, {"user", {{"id", "7"}}}, {"data", data}};
}

}  // namespace

TEST_CASE("a private message; ids above 2^53 stay what they are, as text or number") {
  const Message heard = read(message());
  CHECK(heard.id == "18446744073709551000");
  CHECK(heard.guild.empty());
  CHECK(heard.content == "hello");
  CHECK(heard.ordinary);
  CHECK(!heard.bot);
  CHECK(read(with(message(), {{"id", 18446744073709551000ULL}})).id == "18446744073709551000");
}

TEST_CASE("null, missing and of another kind read alike") {
  const Message plain = read(message());
  for (const char* key : {"guild_id", "member", "mentions", "referenced_message", "message_reference", "attachments", "sticker_items",
                          "webhook_id", "edited_timestamp"}) {
    INFO(key);
    for (const Json& odd : {Json(nullptr), Json(false), Json::object(), Json::array()}) {
      const Message heard = read(with(message(), {{key, odd}}));
      CHECK(heard.guild == plain.guild);
      CHECK(heard.bot == plain.bot);
      CHECK(heard.mentions_us == plain.mentions_us);
      CHECK(heard.replies_to == plain.replies_to);
      CHECK(heard.edited == plain.edited);
    }
  }
  CHECK(read(with(message(), {{"content", nullptr}})).content.empty());
  CHECK(read(with(message(), {{"new", {{"field", 1}}}})).content == "hello");
}

TEST_CASE("what lacks id, channel or author is no message") {
  for (const char* key : {"id", "channel_id", "author"}) {
    Json lacking = message();
    lacking.erase(key);
    CHECK(!read_message(lacking, us));
    CHECK(!read_message(with(message(), {{key, nullptr}}), us));
  }
  for (const Json& odd : {Json(nullptr), Json(7), Json::array(), Json("x")}) CHECK(!read_message(odd, us));
}

TEST_CASE("bots, webhooks and ourselves are told from people") {
  CHECK(read(with(message(), {{"author", {{"id", "8"}, {"bot", true}}}})).bot);
  CHECK(read(with(message(), {{"webhook_id", "9"}})).bot);
  CHECK(read(with(message(), {{"author", {{"id", us}}}})).bot);
}

TEST_CASE("addressed: by mention, or by a reply to us; a forward of ours answers nobody") {
  CHECK(read(with(message(), {{"mentions", {{{"id", us}}}}})).mentions_us);
  CHECK(!read(with(message(), {{"mentions", {{{"id", "8"}}}}})).mentions_us);
  Json reply =
      with(message(), {{"type", 19}, {"message_reference", {{"message_id", "3"}}}, {"referenced_message", {{"author", {{"id", us}}}}}});
  CHECK(read(reply).mentions_us);
  CHECK(read(reply).replies_to == "3");
  CHECK(read(reply).ordinary);
  reply["message_reference"]["type"] = 1;
  CHECK(!read(reply).mentions_us);
  CHECK(read(reply).replies_to.empty());
}

TEST_CASE("what nobody wrote is not ordinary; a picture alone cannot be read") {
  for (const int type : {6, 7, 8, 18, 20, 21}) CHECK(!read(with(message(), {{"type", type}})).ordinary);
  CHECK(read(with(message(), {{"content", ""}, {"attachments", {{{"id", "1"}}}}})).unreadable);
  CHECK(!read(with(message(), {{"attachments", {{{"id", "1"}}}}})).unreadable);
}

TEST_CASE("where an interaction comes from, and what it is") {
  CHECK(read_interaction(interaction(2))->kind == Kind::command);
  CHECK(read_interaction(interaction(2, {{"type", 3}}))->kind == Kind::message_command);
  CHECK(read_interaction(interaction(3))->kind == Kind::component);
  CHECK(read_interaction(interaction(4))->kind == Kind::proposals);
  CHECK(read_interaction(interaction(5))->kind == Kind::modal);
  CHECK(read_interaction(interaction(99))->kind == Kind::other);
  CHECK(read_interaction(interaction(2))->where == Where::bot_dm);
  CHECK(read_interaction(with(interaction(2), {{"context", 2}}))->where == Where::other_chat);
  CHECK(read_interaction(with(interaction(2), {{"context", 0}}))->where == Where::server);
  CHECK(read_interaction(with(interaction(2), {{"guild_id", "4"}, {"context", 1}}))->where == Where::server);
  const auto member = read_interaction(with(interaction(2), {{"member", {{"user", {{"id", "9"}}}, {"permissions", "8192"}}}}));
  CHECK(member->user == "9");
  CHECK(member->permissions == 8192);
}

TEST_CASE("a token from which no path may be made is no interaction's") {
  for (const std::string bad : {"", "a/b", "a?b", "a b", "..%2f"}) {
    INFO(bad);
    CHECK(!read_interaction(with(interaction(2), {{"token", bad}})));
  }
  CHECK(!read_interaction(with(interaction(2), {{"token", std::string(513, 'a')}})));
  CHECK(!read_interaction(with(interaction(2), {{"user", nullptr}})));
}

TEST_CASE("options, sub-commands and what is typed so far") {
  const auto sub = read_interaction(interaction(2, {{"name", "my-data"}, {"options", {{{"type", 1}, {"name", "export"}}}}}));
  CHECK(option(*sub, "") == "export");
  const auto minutes = read_interaction(
      interaction(2, {{"name", "break-for-two"},
                      {"options", {{{"type", 4}, {"name", "minutes"}, {"value", 30}}, {{"type", 6}, {"name", "with"}, {"value", "12"}}}}}));
  CHECK(option(*minutes, "minutes") == "30");
  CHECK(option(*minutes, "with") == "12");
  CHECK(option(*minutes, "none").empty());
  const auto typing = read_interaction(
      interaction(4, {{"name", "soothe"}, {"options", {{{"type", 3}, {"name", "with"}, {"value", "pan"}, {"focused", true}}}}}));
  CHECK(typing->typed == "pan");
}

TEST_CASE("a form's fields in labels and in rows; nesting without end is left") {
  const Json field{{"type", 4}, {"custom_id", "text"}, {"value", "words"}};
  const auto label = read_interaction(interaction(5, {{"custom_id", "x"}, {"components", {{{"type", 18}, {"component", field}}}}}));
  CHECK(option(*label, "text") == "words");
  const auto row = read_interaction(interaction(5, {{"custom_id", "x"}, {"components", {{{"type", 1}, {"components", {field}}}}}}));
  CHECK(option(*row, "text") == "words");
  Json deep = field;
  for (int i = 0; i < 50; ++i) deep = {{"type", 1}, {"components", Json::array({deep})}};
  const auto left = read_interaction(interaction(5, {{"components", Json::array({deep})}}));
  CHECK(option(*left, "text").empty());
}

TEST_CASE("more than Discord allows is cut off, not kept") {
  Json many = Json::array(), values = Json::array();
  for (int i = 0; i < 1'000; ++i) {
    many.push_back({{"type", 3}, {"name", "n" + std::to_string(i)}, {"value", "v"}});
    values.push_back("v");
  }
  CHECK(read_interaction(interaction(2, {{"options", many}}))->options.size() <= 50);
  CHECK(read_interaction(interaction(3, {{"values", values}}))->values.size() <= 25);
}

TEST_CASE("the message of a message command, with who wrote it") {
  const auto on =
      read_interaction(interaction(2, {{"type", 3},
                                       {"name", "Help me with this"},
                                       {"target_id", "3"},
                                       {"resolved", {{"messages", {{"3", {{"content", "words"}, {"author", {{"id", "8"}}}}}}}}}}));
  CHECK(on->target_text == "words");
  CHECK(on->target_author == "8");
}

TEST_CASE("our own name is taken out of what was said, others' stays") {
  CHECK(spoken("<@1000> hello", us) == "hello");
  CHECK(spoken("<@!1000>, hello <@34>", us) == "hello @34");
  CHECK(spoken("hello <@1000>", us) == "hello ");
  CHECK(spoken("<@x> <@> <@12", us) == "<@x> <@> <@12");
  CHECK(spoken("<@1000>", us).empty());
  CHECK(incoming_id("5") == "i5");
  CHECK(interaction_of("i5") == "5");
  CHECK(interaction_of("5").empty());
}

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
