#include "engine/dialogue/look_back.hpp"

#include <algorithm>
#include <vector>

namespace nurturer::dialogue {
namespace {

constexpr std::size_t most_shown = 4;

struct Row {
  std::string title;
  int before = 0;
  int after = 0;
  int times = 0;
};

std::vector<Row> rows(const Stage& stage) {
  std::vector<Row> all;
  for (const Rating& rating : stage.person.rated) {
    const Script* script = stage.library.find_script(rating.script);
    if (script == nullptr || rating.before < 0 || rating.after < 0) continue;
    auto row = std::ranges::find(all, script->title, &Row::title);
    if (row == all.end()) row = all.insert(all.end(), Row{script->title, 0, 0, 0});
    row->before += rating.before;
    row->after += rating.after;
    ++row->times;
  }
  std::ranges::stable_sort(all, [](const Row& a, const Row& b) { return a.times > b.times; });
  if (all.size() > most_shown) all.resize(most_shown);
  return all;
}

int average(int sum, int times) { return (sum + times / 2) / times; }

// Ten places, so that two of them below each other show the difference; the number stands beside for those who hear it read out.
std::string bar(int value) {
  std::string bar;
  for (int i = 0; i < 10; ++i) bar += i < value ? "#" : ".";
  return bar + " " + std::to_string(value);
}

}  // namespace

std::string look_back(const Stage& stage) {
  std::string picture;
  for (const Row& row : rows(stage)) {
    if (!picture.empty()) picture += '\n';
    picture += row.title + ", " + std::to_string(row.times) + (row.times == 1 ? " time" : " times");
    picture += "\nbefore " + bar(average(row.before, row.times)) + "\nafter  " + bar(average(row.after, row.times));
  }
  return picture;
}

}  // namespace nurturer::dialogue
