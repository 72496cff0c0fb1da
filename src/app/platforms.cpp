#include "app/platforms.hpp"

namespace nurturer::app {

std::vector<Platform> platforms(const Config& config) {
  std::vector<Platform> all;
  if (config.matrix) all.push_back(matrix_platform(config));
  if (config.discord) all.push_back(discord_platform(config));
  return all;
}

}  // namespace nurturer::app
