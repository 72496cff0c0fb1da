#include <catch2/catch.hpp>

#include <string>

#include "chat.hpp"
#include "engine/text/text.hpp"

using namespace nurturer::text;
using namespace nurturer::text::test;

TEST_CASE("breaks") {
  check({
      {"i, me", "i, me"},         {"i; me: he", "i, me, he"}, {"i ... me", "i, me"},      {"i… me", "i, me"},
      {"i - me", "i, me"},        {"i -- me", "i, me"},       {"i—me – he", "i, me, he"}, {"i (me) he", "i, me, he"},
      {"i [me] he", "i, me, he"}, {"i. me", "i. me"},         {"i! me", "i. me"},         {"i? me", "i. me"},
      {"i!!! me", "i. me"},       {"i?! me", "i. me"},        {"i\nme", "i / me"},        {"i\r\n\r\nme", "i / me"},
      {"i.\nme", "i. me"},        {"i,\nme", "i / me"},       {"home.me", "[home]. me"},  {"i am。me！he is？she", "i am. me. he is. she"},
      {"me/he", "me he"},
  });
}

TEST_CASE("a full stop behind every word holds nothing apart") {
  check({
      {"I. Can't. Do. It.", "i, can not, do, it"},
      {"i am sad. I. Want. To. Die. so sad", "i am sad. i, want, to, die. so sad"},
      {"i. want to die. me", "i. want to die. me"},
      {"No. Help.", "no. help"},
  });
}

TEST_CASE("numbers and abbreviations hold full stops") {
  check({
      {"3.5 of me", "3.5 of me"},
      {"10:30 am", "10:30 am"},
      {"1,000 24/7", "[1,000] [24/7]"},
      {"3. me", "3. me"},
      {"at 3 a.m. he is", "[at] 3 am he is"},
      {"3 a.m.", "3 am"},
      {"3 p.m he", "3 pm he"},
      {"dr. smith", "dr smith"},
      {"Mrs. Smith", "[mrs] smith"},
      {"i love u.i", "i [love] [u]. i"},
      {"15yo", "15 yo"},
      {"10:30am", "10:30 am"},
      {"3.5x", "3.5 [x]"},
      {"ps5", "[ps5]"},
  });
  const Lexicon lexicon = chat();
  const Text text = read("15yo", lexicon);
  CHECK(spans("15yo", text) == "15|yo");
  CHECK(text.tokens[0].kind == TokenKind::number);
  CHECK(text.tokens[1].kind == TokenKind::word);
}

TEST_CASE("emoji are one word, in any colour and number") {
  check({
      {"i 😭", "i emoji:😭"},
      {"😭😭😭", "emoji:😭"},
      {"😭 😭 no", "emoji:😭 no"},
      {"❤️", "emoji:❤"},
      {"❤️❤️ ❤", "emoji:❤"},
      {"❤️‍🔥", "emoji:❤"},
      {"👍🏽👍🏿", "emoji:[👍]"},
      {"👩‍❤️‍👨 me", "emoji:[👩] me"},
      {"🇩🇪🇫🇷", "emoji:[🇩🇪] emoji:[🇫🇷]"},
      {"no😭me", "no emoji:😭 me"},
      {"1️⃣", "[1]"},
      {"so :( me", "so emoji:[:(] me"},
      {"so :'-((( me", "so emoji:[:(] me"},
      {"<3", "emoji:[<3]"},
      {"</3 me", "emoji:[</3] me"},
      {"so:me", "so, me"},
      {"<:sadcat:123456> me", "emoji:[<emoji>] me"},
      {"😭, 😭", "emoji:😭, emoji:😭"},
  });
  const Lexicon lexicon = chat();
  CHECK(spans("a 👍🏽👍🏿 b", read("a 👍🏽👍🏿 b", lexicon)) == "a|👍🏽👍🏿|b");
}

TEST_CASE("links, code and mentions have no words") {
  check({
      {"see https://example.org/kill-me?x=1. me", "[see] link:. me"},
      {"(http://a.b)", "link:"},
      {"www.example.org, me", "link:, me"},
      {"mail me@example.org me", "[mail] link: me"},
      {"me@home", "me [home]"},
      {"`kill me` no", "code: no"},
      {"``a ` b`` no", "code: no"},
      {"```kill\nme``` no", "code: no"},
      {"` kill me", "kill me"},
      {"``` kill me", "kill me"},
      {"`kill\nme`", "kill / me"},
      {"@bob help", "mention: help"},
      {"@bob: help", "mention:, help"},
      {"@alice:example.org help", "mention: help"},
      {"<@123456> help", "mention: help"},
      {"<@!99> <#77> help", "mention: mention: help"},
      {"@ help", "help"},
  });
}

TEST_CASE("what is quoted is marked") {
  const Lexicon lexicon = chat();
  const auto quoted = [&](const char* message) {
    return words_where(read(message, lexicon), [](const Token& token) { return token.quoted; });
  };
  CHECK(quoted("he said \"i want to die\" to me") == "i want to die");
  CHECK(quoted("he said “i want to die” to me") == "i want to die");
  CHECK(quoted("he said „die“ to me") == "die");
  CHECK(quoted("he said «die» to me") == "die");
  CHECK(quoted("he said 'i want to die' to me") == "i want to die");
  CHECK(quoted("he said ‘i can’t’, to me") == "i can not");
  CHECK(quoted("\"a\" b \"c\"") == "a c");
  CHECK(quoted("> i want to die\nme") == "i want to die");
  CHECK(quoted("me\n>i want\n> to die\nhe") == "i want to die");
  CHECK(quoted(">:( die").empty());
  CHECK(quoted("5 > 3 die").empty());
  CHECK(quoted("i want \"to die").empty());
  CHECK(quoted("i want to die\" me").empty());
  CHECK(quoted("i'm so tired, don't").empty());
  CHECK(quoted("my parents' house, he's mean to my friends' dog").empty());
  CHECK(quoted("'cause i want to die 'em").empty());
  CHECK(quoted("he is 6'2\" and i want to die\" no").empty());
  CHECK(quoted("he is 6\" big and she said \"die\" me") == "die");
  CHECK(quoted("a \"b c \"die\" me") == "die");  // the first mark had no partner
  CHECK(quoted("'i want\nto die'").empty());
  CHECK(quoted("“i want “to die” me") == "to die");
}

TEST_CASE("questions are marked from their sentence on") {
  const Lexicon lexicon = chat();
  const auto asked = [&](const char* message) {
    return words_where(read(message, lexicon), [](const Token& token) { return token.question; });
  };
  CHECK(asked("i am sad. is it me? no") == "is it me");
  CHECK(asked("so, is it me?!") == "so is it me");
  CHECK(asked("so !? no") == "so");
  CHECK(asked("i am sad\nis it me?") == "is it me");
  CHECK(asked("no").empty());
  CHECK(asked("me? ? ?") == "me");
  CHECK(asked("¿me").empty());
}
