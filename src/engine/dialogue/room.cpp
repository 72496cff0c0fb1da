#include "engine/dialogue/room.hpp"

#include <algorithm>

namespace nurturer::dialogue {
namespace {

constexpr std::array<std::string_view, kindness_count> kindness_names{"affirmation", "question", "moment", "reflection"};
constexpr std::array<std::string_view, 3> what_names{"time_out", "listening", "team_us"};

}  // namespace

std::string_view name(Kindness kind) noexcept { return kindness_names[static_cast<std::size_t>(kind)]; }

std::optional<Kindness> kindness_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(kindness_names, name);
  if (found == kindness_names.end()) return std::nullopt;
  return static_cast<Kindness>(found - kindness_names.begin());
}

std::string_view name(ForTwo::What what) noexcept { return what_names[static_cast<std::size_t>(what)]; }

bool is_of(const ForTwo& two, std::string_view person) noexcept { return two.first == person || two.second == person; }

std::optional<schedule::Time> Room::due() const noexcept {
  std::optional<schedule::Time> first;
  const auto take = [&](schedule::Time time) {
    if (time != schedule::Time{} && (!first || time < *first)) first = time;
  };
  for (const schedule::Reminder& time : check_ins.times) take(time.due);
  if (two) {
    take(two->answer_until);
    take(two->due);
  }
  return first;
}

}  // namespace nurturer::dialogue
