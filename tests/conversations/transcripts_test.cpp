// Whole conversations, typed as people type, through the real engine: tests/conversations/*.toml (README.md there says how to write one).
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>

#include "app/folders.hpp"
#include "talker.hpp"

using namespace nurturer;
namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 21> known_keys{"in",    "press",  "from", "room",    "mention", "pass",   "restart",
                                                      "zone",  "locale", "late", "edit",    "says",    "never",  "intent",
                                                      "level", "script", "step", "choices", "private", "silent", "kept"};

std::string text(const toml::table& turn, std::string_view key, const std::string& otherwise = {}) { return turn[key].value_or(otherwise); }

std::chrono::seconds duration(const std::string& written) {
  const long count = std::stol(written);
  switch (written.back()) {
    case 's': return std::chrono::seconds{count};
    case 'm': return std::chrono::minutes{count};
    case 'h': return std::chrono::hours{count};
    case 'd': return std::chrono::hours{24 * count};
    default: FAIL("pass must be as \"5m\" or \"4h\": " << written);
  }
  return {};
}

bool finds(const std::string& text, const std::string& pattern) {
  return std::regex_search(text, std::regex(pattern, std::regex::icase | std::regex::ECMAScript));
}

test::Answer act(test::Talker& talker, const toml::table& turn) {
  talker.from = text(turn, "from", "me");
  talker.room = text(turn, "room", "dm");
  talker.mention = turn["mention"].value_or(talker.room == "dm");
  talker.zone = text(turn, "zone");
  talker.locale = text(turn, "locale");
  talker.late = turn.contains("late") ? duration(text(turn, "late")) : std::chrono::seconds{0};
  talker.edit = turn["edit"].value_or(false);
  if (turn.contains("pass")) talker.passes(duration(text(turn, "pass")));
  if (turn["restart"].value_or(false)) talker.restarts();
  if (turn.contains("press")) return talker.presses(text(turn, "press"));
  return talker.says(text(turn, "in"));
}

void check_words(const toml::table& turn, const std::string& said) {
  if (const auto* wanted = turn["says"].as_array()) {
    for (const auto& pattern : *wanted) {
      CAPTURE(pattern.value_or(std::string{}));
      CHECK(finds(said, pattern.value_or(std::string{})));
    }
  }
  if (const auto* unwanted = turn["never"].as_array()) {
    for (const auto& pattern : *unwanted) {
      CAPTURE(pattern.value_or(std::string{}));
      CHECK_FALSE(finds(said, pattern.value_or(std::string{})));
    }
  }
}

// A misspelt expectation would hold for ever.
void check_keys(const toml::table& turn) {
  for (const auto& [key, value] : turn) {
    CAPTURE(std::string(key.str()));
    CHECK(std::ranges::find(known_keys, key.str()) != known_keys.end());
  }
}

void check_about(const toml::table& turn, const test::Answer& answer) {
  if (turn["silent"].value_or(false)) {
    CHECK(answer.empty());
    return;
  }
  REQUIRE_FALSE(answer.empty());
  CHECK(test::broken_rule(answer).empty());
  const auto& last = answer.back();
  if (turn.contains("intent")) CHECK(last.about.intent.value_or("") == text(turn, "intent"));
  if (turn.contains("level")) CHECK(last.about.level.value_or("") == text(turn, "level"));
  if (turn.contains("script")) CHECK(last.about.script == text(turn, "script"));
  if (turn.contains("step")) CHECK(last.about.step == text(turn, "step"));
  if (turn.contains("private")) {
    for (const auto& out : answer) CHECK(out.private_ == turn["private"].value_or(false));
  }
  if (const auto* choices = turn["choices"].as_array()) {
    const auto offered = test::choices_of(answer);
    REQUIRE(offered.size() == choices->size());
    for (std::size_t i = 0; i < offered.size(); ++i) CHECK(offered[i].label == choices->get(i)->value_or(std::string{}));
  }
}

void run(const fs::path& file) {
  const toml::table conversation = toml::parse_file(file.string());
  test::Talker talker(text(conversation, "region"), static_cast<std::uint64_t>(conversation["seed"].value_or(1)));
  const auto* turns = conversation["turn"].as_array();
  REQUIRE(turns != nullptr);
  int number = 0;
  for (const auto& node : *turns) {
    const toml::table& turn = *node.as_table();
    const test::Answer answer = act(talker, turn);
    const std::string said = test::text_of(answer);
    INFO(file.filename().string() << ", turn " << ++number << ": " << text(turn, "in", text(turn, "press")) << "\n" << said);
    check_keys(turn);
    if (turn.contains("kept")) CHECK(talker.kept() == turn["kept"].value_or(false));
    check_about(turn, answer);
    check_words(turn, said);
  }
}

}  // namespace

TEST_CASE("conversations go as written") {
  const fs::path folder = *app::find_content("") / "tests" / "conversations";
  int count = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    ++count;
    DYNAMIC_SECTION(entry.path().stem().string()) { run(entry.path()); }
  }
  CHECK(count > 0);
}
