#include "engine/dialogue/rotation.hpp"

#include <numeric>
#include <utility>
#include <vector>

namespace nurturer::dialogue {
namespace {

std::vector<std::size_t> order_of(std::uint64_t seed, std::size_t round, std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::uint64_t state = mixed(seed + round);
  for (std::size_t left = count; left > 1; --left) {
    state = mixed(state);
    std::swap(order[left - 1], order[static_cast<std::size_t>(state % left)]);
  }
  return order;
}

}  // namespace

std::uint64_t mixed(std::uint64_t number) noexcept {
  number += 0x9E37'79B9'7F4A'7C15ULL;
  number = (number ^ (number >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
  number = (number ^ (number >> 27)) * 0x94D0'49BB'1331'11EBULL;
  return number ^ (number >> 31);
}

std::size_t line_of_turn(std::uint64_t seed, std::size_t turn, std::size_t count) {
  const std::size_t round = turn / count;
  std::vector<std::size_t> order = order_of(seed, round, count);
  if (round > 0 && count > 2 && order_of(seed, round - 1, count).back() == order.front()) std::swap(order.front(), order[count / 2]);
  return order[turn % count];
}

}  // namespace nurturer::dialogue
