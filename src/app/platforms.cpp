#include "app/platforms.hpp"

#include <algorithm>

namespace nurturer::app {

std::vector<channel::Choice> exercises_of(const dialogue::Library& library) {
  std::vector<const dialogue::Script*> scripts;
  for (const dialogue::Script& script : library.scripts) {
    if (!script.rows.empty() && !script.title.empty()) scripts.push_back(&script);
  }
  std::ranges::stable_sort(scripts, {}, [](const dialogue::Script* script) { return script->rows.front(); });
  std::vector<channel::Choice> all;
  for (const dialogue::Script* script : scripts) all.push_back({"/" + script->id, script->title});
  return all;
}

std::vector<Platform> platforms(const Config& config) {
  std::vector<Platform> all;
  if (config.matrix) all.push_back(matrix_platform(config));
  if (config.discord) all.push_back(discord_platform(config));
  return all;
}

}  // namespace nurturer::app
