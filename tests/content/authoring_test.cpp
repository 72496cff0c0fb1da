// What AUTHORING.md shows is true: its examples are content without mistakes, and the messages that it quotes are the real ones.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <sstream>

#include "small.hpp"

namespace nurturer::content {
namespace {

/// The blocks between ``` and ```, with this word after the first.
std::vector<std::string> blocks(const std::string& text, std::string_view kind) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  bool inside = false;
  bool wanted = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      wanted = inside && line.substr(3) == kind;
      if (wanted) found.emplace_back();
    } else if (wanted) {
      found.back() += line + "\n";
    }
  }
  return found;
}

std::string authoring() {
  std::ifstream stream("AUTHORING.md", std::ios::binary);
  REQUIRE(stream.is_open());
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

constexpr std::string_view pull_over =
    "about = \"Stop first.\"\n[[step]]\nid = \"start\"\nsay = [\"Find a place to stop.\"]\ngo = \"end\"\n";

struct Examples {
  std::string cue, exercise;
};

Examples examples() {
  const auto found = blocks(authoring(), "toml");
  REQUIRE(found.size() == 2);
  return {found[0], found[1]};
}

std::vector<File> with(const Examples& examples) {
  auto files = changed({{"responses/en/pull_over.toml", "", pull_over}, {"responses/en/warm_drink.toml", "", examples.exercise}});
  const auto panic = std::ranges::find(files, "intents/en/panic.toml", &File::path);
  panic->bytes += "\n" + examples.cue;
  return files;
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  INFO(from);
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

/// Messages without their lines, which are those of other files here: "FILE: ...".
std::vector<std::string> messages(const std::string& printed) {
  std::vector<std::string> found;
  std::size_t begin = 0;
  while (begin < printed.size()) {
    std::size_t end = printed.find('\n', begin) + 1;
    while (end < printed.size() && printed[end] == ' ') end = printed.find('\n', end) + 1;
    std::string message = printed.substr(begin, end - begin);
    const auto colon = message.find(':');
    message.erase(colon, message.find(": ") - colon);
    found.push_back(message);
    begin = end;
  }
  return found;
}

}  // namespace

TEST_CASE("the examples for authors are content without mistakes") {
  const Loaded loaded = load(with(examples()));
  CHECK_THAT(printed(loaded.diagnostics), Catch::Equals(""));
  REQUIRE(loaded.content);
  CHECK_THAT(printed(check(*loaded.content)), Catch::Equals(""));
  CHECK(loaded.content->model.understand("the room is spinning round me").intent == understanding::Intent::panic);
}

TEST_CASE("the messages that authors are shown are the real ones") {
  Examples broken = examples();
  replace(broken.cue, "pattern = \"(room|", "wieght  = \"weak\"\npattern = \"({rom}|");
  replace(broken.exercise, "[\"driving\"]", "[\"drivng\"]");
  replace(broken.exercise, "go = \"hold\"", "go = \"hodl\"");
  replace(broken.exercise, "{warmest|There}", "{warmst|There}");
  const auto shown = blocks(authoring(), "");
  REQUIRE(shown.size() == 1);
  CHECK(messages(printed(load(with(broken)).diagnostics)) == messages(shown[0]));
}

}  // namespace nurturer::content
