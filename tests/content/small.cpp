#include "small.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/dialogue/script.hpp"

namespace nurturer::content {
namespace {

namespace fs = std::filesystem;

constexpr const char* fixture = "tests/fixtures/content_small";

File* find(std::vector<File>& files, std::string_view path) {
  const auto found = std::ranges::find(files, path, &File::path);
  return found == files.end() ? nullptr : &*found;
}

void add_needed_steps(std::vector<File>& files) {
  for (const auto& place : dialogue::steps_that_the_engine_needs()) {
    const std::string path = "responses/en/" + place.script + ".toml";
    File* file = find(files, path);
    if (file == nullptr) file = &files.emplace_back(File{path, "about = \"Needed by the program.\"\n"});
    if (file->bytes.find("\"" + place.step + "\"") != std::string::npos) continue;
    file->bytes += "\n[[step]]\nid = \"" + place.step + "\"\nsay = [\"Here stands " + place.step + ".\"]\ngo = \"end\"\n";
  }
}

}  // namespace

std::vector<File> small_files() {
  std::vector<File> files;
  for (const auto& entry : fs::recursive_directory_iterator(fixture)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    files.push_back({entry.path().lexically_relative(fixture).generic_string(),
                     std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>())});
  }
  REQUIRE_FALSE(files.empty());
  add_needed_steps(files);
  return files;
}

std::vector<File> changed(const std::vector<Change>& changes) {
  std::vector<File> files = small_files();
  for (const Change& change : changes) {
    File* file = find(files, change.path);
    if (change.from.empty()) {
      if (file == nullptr) file = &files.emplace_back(File{std::string(change.path), {}});
      file->bytes = change.to;
      continue;
    }
    INFO(change.path << " should hold: " << change.from);
    REQUIRE(file != nullptr);
    const auto at = file->bytes.find(change.from);
    REQUIRE(at != std::string::npos);
    file->bytes.replace(at, change.from.size(), change.to);
  }
  return files;
}

const std::string& text_of(const std::vector<File>& files, std::string_view path) {
  const auto found = std::ranges::find(files, path, &File::path);
  REQUIRE(found != files.end());
  return found->bytes;
}

std::uint32_t line_of(std::string_view text, std::string_view words) {
  INFO("looked for: " << words);
  const auto at = text.find(words);
  REQUIRE(at != std::string_view::npos);
  return static_cast<std::uint32_t>(std::ranges::count(text.substr(0, at), '\n')) + 1;
}

void require_told(const Mistake& mistake) {
  INFO(mistake.name);
  const auto files = changed({mistake.change});
  const std::string file(mistake.file.empty() ? mistake.change.path : mistake.file);
  const std::uint32_t line = mistake.at.empty() ? 0 : line_of(text_of(files, file), mistake.at);
  const Loaded loaded = load(files);
  INFO(printed(loaded.diagnostics));
  REQUIRE(loaded.content != nullptr);
  REQUIRE(loaded.diagnostics.size() == 1);
  const Diagnostic& told = loaded.diagnostics.front();
  CHECK(told.source.file == file);
  CHECK(told.source.line == line);
  CHECK_THAT(told.words, Catch::Contains(std::string(mistake.at.substr(0, mistake.at.find('\n')))));
  CHECK_THAT(told.problem, Catch::Contains(std::string(mistake.problem)));
  CHECK_THAT(told.remedy, Catch::Contains(std::string(mistake.remedy)));
}

std::string printed(const Diagnostics& diagnostics) {
  std::string text;
  for (const auto& diagnostic : diagnostics) text += print(diagnostic);
  return text;
}

}  // namespace nurturer::content
