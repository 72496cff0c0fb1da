// What is loaded, and from where.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "engine/text/text.hpp"
#include "small.hpp"

namespace nurturer::content {
namespace {

namespace fs = std::filesystem;
using dialogue::Ask;
using dialogue::Go;

/// A folder that vanishes with the test.
class Folder {
 public:
  explicit Folder(const std::vector<File>& files)
      : path_(fs::temp_directory_path() /
              ("nurturer-content-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()))) {
    fs::create_directories(path_);
    for (const auto& file : files) write(file.path, file.bytes);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  void write(const fs::path& file, std::string_view bytes) const {
    fs::create_directories((path_ / file).parent_path());
    std::ofstream(path_ / file, std::ios::binary) << bytes;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

const dialogue::Step& step(const Content& content, const std::string& script, const std::string& id) {
  const auto* const found = content.library.find({script, id});
  REQUIRE(found != nullptr);
  return *found;
}

/// The phrases that stand in a message.
std::vector<understanding::PhraseId> phrases_in(const Content& content, std::string_view message) {
  text::Text text;
  text::read(message, content.language.lexicon(), text);
  return content.library.phrases.find(text);
}

bool stands_in(const Content& content, const std::optional<understanding::PhraseId>& phrase, std::string_view message) {
  REQUIRE(phrase);
  const auto found = phrases_in(content, message);
  return std::ranges::find(found, *phrase) != found.end();
}

}  // namespace

TEST_CASE("content without mistakes is loaded without a word") {
  const Loaded loaded = load(small_files());
  CHECK(printed(loaded.diagnostics).empty());
  REQUIRE(loaded.content);
  CHECK(printed(check(*loaded.content, std::chrono::sys_days{std::chrono::year{2026} / 11 / 24})).empty());
}

TEST_CASE("a folder and the same files in memory are the same content") {
  const Folder folder(small_files());
  const Loaded loaded = load(folder.path());
  CHECK(printed(loaded.diagnostics).empty());
  REQUIRE(loaded.content);
  CHECK(loaded.content->library.scripts.size() == load(small_files()).content->library.scripts.size());
  CHECK(loaded.content->model.understand("my heart is racing and i am in full panic").intent == understanding::Intent::panic);
  CHECK(loaded.content->model.understand("i want to die").level == understanding::Level::crisis);
}

TEST_CASE("scripts are loaded as written") {
  const Loaded loaded = load(small_files());
  REQUIRE(loaded.content);
  const auto* const breathing = loaded.content->library.find_script("breathing");
  REQUIRE(breathing != nullptr);
  CHECK(breathing->title == "slow breathing");
  CHECK(breathing->rows == std::vector{1});
  CHECK(breathing->source.file == "responses/en/breathing.toml");
  REQUIRE(breathing->card);
  CHECK(breathing->card->instead == "senses");
  CHECK(breathing->card->not_with.has(understanding::Flag::heart));
  CHECK(breathing->card->not_with.has(understanding::Flag::asthma));
  REQUIRE(breathing->enter.size() == 1);
  CHECK(breathing->enter.front().place.step == "seated");
  CHECK(loaded.content->library.script_of(understanding::Intent::panic) == breathing);
  CHECK(loaded.content->library.find_script("senses")->title == "senses");

  const auto& start = step(*loaded.content, "breathing", "start");
  CHECK(start.say.size() == 2);
  REQUIRE(start.ask.choices.size() == 2);
  CHECK(start.ask.choices[0].id == "breathing.start.1");
  CHECK(start.ask.choices[1].go.place == dialogue::Place{"senses", "start"});

  const auto& health = step(*loaded.content, "breathing", "health");
  CHECK(health.checks.has(understanding::Flag::asthma));
  REQUIRE(health.go);
  CHECK(health.go->place.step == "round");
  CHECK(health.ask.choices[0].sets.has(understanding::Flag::asthma));
  CHECK(health.ask.choices[1].clears.has(understanding::Flag::asthma));

  const auto& round = step(*loaded.content, "breathing", "round");
  REQUIRE(round.paced);
  CHECK(round.paced->times == 6);
  REQUIRE(round.paced->lines.size() == 2);
  CHECK(round.paced->lines[1].after == std::chrono::seconds(4));
  CHECK(round.ask.kind == Ask::Kind::rating);
  CHECK(round.ask.keep == "after");
  REQUIRE(round.ask.ranges.size() == 2);
  CHECK(round.ask.ranges[1].up_to == 10);

  const auto& tell = step(*loaded.content, "breathing", "tell");
  CHECK(tell.ask.kind == Ask::Kind::free);
  CHECK(tell.ask.keep == "loud");
  CHECK(tell.ask.answers.size() == 1);
  CHECK(step(*loaded.content, "breathing", "close").go->to == Go::To::end);
}

TEST_CASE("what people may type is a phrase: labels, further words, names, words that work everywhere") {
  const Loaded loaded = load(small_files());
  REQUIRE(loaded.content);
  const Content& content = *loaded.content;
  const auto& ready = step(content, "breathing", "start").ask.choices[0];
  CHECK(stands_in(content, ready.words, "Ready!"));
  CHECK(stands_in(content, ready.words, "yep"));
  CHECK_FALSE(stands_in(content, ready.words, "i am not ready for that"));
  const auto* const breathing = content.library.find_script("breathing");
  CHECK(stands_in(content, breathing->names, "slow breath"));
  CHECK(stands_in(content, content.library.find_script("senses")->names, "senses"));
  CHECK_FALSE(content.library.find_script("common")->names);
  CHECK_FALSE(content.library.find_script("safety.concern")->names);
  CHECK(stands_in(content, content.library.words[static_cast<std::size_t>(dialogue::Word::forget_me)], "forget me"));
  CHECK(stands_in(content, std::optional(step(content, "breathing", "tell").ask.answers[0].words), "it is my mother again"));
}

TEST_CASE("cues get what their file and the language say by default") {
  const Loaded loaded = load(small_files());
  REQUIRE(loaded.content);
  const auto& cues = loaded.content->model.cues();
  const auto find = [&](std::string_view id) { return *std::ranges::find(cues, id, &understanding::CueSource::id); };
  CHECK(find("in_panic").unless == std::vector<std::string>{"negated"});
  CHECK(find("in_panic").points == understanding::strong_points);
  CHECK(find("racing").points == understanding::weak_points);
  CHECK(find("racing").unless == std::vector<std::string>{"negated", "quoted"});
  CHECK(find("racing").flags.has(understanding::Flag::heart));
  CHECK(find("racing").source.file == "intents/en/panic.toml");
  CHECK(find("chest").flags.has(understanding::Flag::heart));
  CHECK_FALSE(find("chest").intent);
  CHECK(find("want_to_die").level == understanding::Level::crisis);
}

TEST_CASE("help lines and places are loaded as written") {
  const Loaded loaded = load(small_files());
  REQUIRE(loaded.content);
  const auto& library = loaded.content->library;
  const auto* const gb = library.find_region("GB");
  REQUIRE(gb != nullptr);
  REQUIRE(gb->lines.size() == 3);
  CHECK(gb->lines[2].name == "Samaritans");
  CHECK(gb->lines[2].number == "116 123");
  CHECK(gb->lines[2].hours == "24 h");
  CHECK(gb->lines[2].checked_on == "2026-11-24");
  CHECK(gb->lines[0].hours == "unknown");
  CHECK(library.likely_regions == std::vector<std::string>{"GB"});
  CHECK(std::ranges::is_sorted(library.towns, {}, &dialogue::Town::name));
  const auto england = std::ranges::find(library.towns, "england", &dialogue::Town::name);
  REQUIRE(england != library.towns.end());
  CHECK(england->zone == "Europe/London");
}

TEST_CASE("all mistakes are told at once, by file and line") {
  const auto files = changed({{"intents/en/panic.toml", "weight   = \"weak\"", "wieght   = \"weak\""},
                              {"intents/en/panic.toml", "\"i am in panic\"]", "\"i am in panic\", 5]"},
                              {"intents/en/lists/words.toml", "[list]", "[list"},
                              {"responses/en/breathing.toml", "go = \"health\"", "go = \"helth\""},
                              {"responses/en/breathing.toml", "up_to = 10", "up_to = 9"},
                              {"responses/en/senses.toml", "\"nature_grounding\"", "\"nature\""},
                              {"responses/en/words.toml", "\"forget_me\"", "\"forgetme\""},
                              {"responses/help_lines/GB.toml", "kind = \"crisis\"", "kind = \"crysis\""},
                              {"responses/places.toml", "region = \"US\"", "region = \"XX\""}});
  const Loaded loaded = load(files);
  std::vector<std::string> places;
  for (const auto& told : loaded.diagnostics) places.push_back(told.source.file + ":" + std::to_string(told.source.line));
  INFO(printed(loaded.diagnostics));
  CHECK(places == std::vector<std::string>{"intents/en/lists/words.toml:1", "intents/en/panic.toml:6", "intents/en/panic.toml:12",
                                           "responses/en/breathing.toml:14", "responses/en/breathing.toml:38", "responses/en/senses.toml:2",
                                           "responses/en/words.toml:62", "responses/help_lines/GB.toml:16", "responses/places.toml:10"});
}

TEST_CASE("a mistake is printed for a terminal: where, what, the author's line, the way out") {
  CHECK(
      print({{"intents/en/panic.toml", 12}, "wieght = \"weak\"", "\"wieght\" is not a setting of this cue", "did you mean \"weight\"?"}) ==
      "intents/en/panic.toml:12: \"wieght\" is not a setting of this cue\n    wieght = \"weak\"\n    -> did you mean \"weight\"?\n");
  CHECK(print({{"responses/en/common.toml", 0}, "", "this file is missing", ""}) == "responses/en/common.toml: this file is missing\n");
}

TEST_CASE("files that nobody would read are told") {
  const Folder folder(small_files());
  folder.write("intents/en/anger.toml.txt", "about = \"x\"\n");
  folder.write("intents/en/list/more.toml", "[list]\n");
  folder.write("responses/lonely.toml", "about = \"x\"\n");
  folder.write("responses/en/notes.md", "a note is no content\n");
  folder.write("responses/en/.hidden.toml", "nor is this = \n");
  folder.write("responses/de/common.toml", "another language = \n");
  const Loaded loaded = load(folder.path());
  INFO(printed(loaded.diagnostics));
  REQUIRE(loaded.diagnostics.size() == 3);
  CHECK(loaded.diagnostics[0].source.file == "intents/en/anger.toml.txt");
  CHECK_THAT(loaded.diagnostics[0].problem, Catch::Contains("does not end in .toml"));
  CHECK_THAT(loaded.diagnostics[0].remedy, Catch::Contains("anger.toml"));
  CHECK(loaded.diagnostics[1].source.file == "intents/en/list/more.toml");
  CHECK_THAT(loaded.diagnostics[1].remedy, Catch::Contains("lists/"));
  CHECK(loaded.diagnostics[2].source.file == "responses/lonely.toml");
}

TEST_CASE("files as other systems write them") {
  auto files = small_files();
  for (File& file : files) {
    std::string bytes = "\xEF\xBB\xBF";  // what some editors put before the first letter
    for (const char byte : file.bytes) bytes += byte == '\n' ? std::string("\r\n") : std::string(1, byte);
    file.bytes = bytes;
  }
  const Loaded loaded = load(files);
  CHECK_THAT(printed(loaded.diagnostics), Catch::Equals(""));
  REQUIRE(loaded.content);
  CHECK_THAT(printed(check(*loaded.content)), Catch::Equals(""));
}

TEST_CASE("a folder without content is told, and there is no content") {
  const Folder folder({});
  const Loaded loaded = load(folder.path());
  CHECK_FALSE(loaded.content);
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK_THAT(loaded.diagnostics[0].remedy, Catch::Contains("--content"));
  CHECK_FALSE(load(folder.path() / "nowhere").content);
}

TEST_CASE("what is missing altogether is told by name") {
  const Loaded loaded = load(
      std::vector<File>{{"intents/en/panic.toml", "about = \"x\"\n[[cue]]\nid = \"a\"\npattern = \"panic\"\nshould_find = [\"panic\"]\n"}});
  REQUIRE(loaded.content);
  std::vector<std::string> files;
  for (const auto& told : loaded.diagnostics) files.push_back(told.source.file);
  for (const auto* file : {"intents/en/scopes.toml", "responses/en/words.toml", "responses/places.toml", "responses/en/common.toml",
                           "responses/en/safety.crisis_suicide.toml"}) {
    CHECK(std::ranges::find(files, file) != files.end());
  }
}

TEST_CASE("a file that cannot be read makes no mistakes of those that lead to it") {
  const Loaded script = load(changed({{"responses/en/senses.toml", "about   =", "about   "}}));
  INFO(printed(script.diagnostics));
  CHECK(script.diagnostics.size() == 1);
  const Loaded common = load(changed({{"responses/en/common.toml", "about = ", "about "}}));
  CHECK(common.diagnostics.size() == 1);
  const Loaded scopes = load(changed({{"intents/en/scopes.toml", "default_unless = ", "default_unless "}}));
  CHECK(scopes.diagnostics.size() == 1);
  const Loaded lists = load(changed({{"intents/en/lists/words.toml", "[words]", "[words"}}));
  INFO(printed(lists.diagnostics));
  CHECK(lists.diagnostics.size() == 1);
}

}  // namespace nurturer::content
