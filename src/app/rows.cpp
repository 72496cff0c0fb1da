#include "app/rows.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace nurturer::app {
namespace {

using dialogue::Script;

constexpr std::array<std::string_view, 33> names{
    "body_states", "attachment_alarm", "protest_urge", "engulfment", "dance",       "little_me", "nurturer_setup", "protector",      "safe_place",
    "heart_scan",  "affirmation",      "core_wound",   "pattern_reflection", "chemistry", "heartbreak", "pause_first", "hidden_part", "boundary_doubt",
    "invalidation", "anger",           "grief",        "self_full",  "interdependence", "repair", "time_out",     "listening",      "team_us",
    "whole_person", "nature",          "look_back",    "child",      "friend",      "map"};

constexpr std::size_t most_shown = 2;  // of phrases and transcripts: a table is read, not searched

struct Talk {
  std::string file;
  std::string text;
};

std::vector<Talk> talks_in(const std::filesystem::path& folder) {
  std::vector<Talk> talks;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "tests" / "conversations", error)) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    talks.push_back({entry.path().stem().string(), {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
  }
  std::ranges::sort(talks, {}, &Talk::file);
  return talks;
}

// The script of the row's own name first.
std::vector<const Script*> scripts_of(const dialogue::Library& library, int row, std::string_view row_name) {
  std::vector<const Script*> scripts;
  for (const Script& script : library.scripts) {
    if (std::ranges::find(script.rows, row) != script.rows.end()) scripts.push_back(&script);
  }
  std::ranges::stable_partition(scripts, [&](const Script* script) { return script->id == row_name; });
  return scripts;
}

void add_phrases(const Script& script, std::vector<std::string>& phrases) {
  for (const auto intent : script.intents) phrases.push_back("what means " + std::string(understanding::name(intent)));
  for (const auto& sample : script.should_find) phrases.push_back("\"" + sample + "\"");
}

// Of the row's first script: a talk named after it before others.
std::vector<std::string> shown_by(const std::vector<Talk>& talks, const Script& script) {
  std::vector<std::string> files;
  for (const Talk& talk : talks) {
    if (talk.text.find("script = \"" + script.id + "\"") != std::string::npos) files.push_back(talk.file);
  }
  std::ranges::stable_partition(files, [&](const std::string& file) { return file.starts_with(script.id); });
  return files;
}

std::string joined(const std::vector<std::string>& words, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(words.size(), most); ++i) text += (i == 0 ? "" : ", ") + words[i];
  return text.empty() ? "-" : text;
}

}  // namespace

std::vector<Row> rows_of(const dialogue::Library& library, const std::filesystem::path& folder) {
  const auto talks = talks_in(folder);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < names.size(); ++i) {
    Row row{static_cast<int>(i) + 1, std::string(names[i]), {}, {}, {}};
    for (const Script* script : scripts_of(library, row.number, names[i])) {
      row.scripts.push_back(script->id);
      add_phrases(*script, row.phrases);
      for (auto& file : shown_by(talks, *script)) row.transcripts.push_back(std::move(file));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string table_of(const std::vector<Row>& rows) {
  std::string table = "| row | name | scripts | led there by, besides the name | shown by |\n| --- | --- | --- | --- | --- |\n";
  for (const Row& row : rows) {
    table += fmt::format("| {} | {} | {} | {} | {} |\n", row.number, row.name, joined(row.scripts, row.scripts.size()),
                         joined(row.phrases, most_shown), joined(row.transcripts, most_shown));
  }
  return table;
}

}  // namespace nurturer::app
