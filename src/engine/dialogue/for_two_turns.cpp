#include "engine/dialogue/for_two_turns.hpp"

#include <algorithm>
#include <array>

namespace nurturer::dialogue {
namespace {

using What = ForTwo::What;
using std::chrono::seconds;

struct Row {
  What what;
  std::string_view step, by, next, next_of_second;  // next_of_second: when both have had their turn
  bool swaps = false;
};

constexpr std::array rows{
    Row{What::listening, "speak", "next", "say_back", "say_back"},
    Row{What::listening, "say_back", "next", "more", "more"},
    Row{What::listening, "say_back", "again", "say_back_again", "say_back_again"},
    Row{What::listening, "say_back_again", "next", "more", "more"},
    Row{What::listening, "more", "more", "speak_more", "speak_more"},
    Row{What::listening, "more", "next", "makes_sense", "makes_sense"},
    Row{What::listening, "speak_more", "next", "say_back", "say_back"},
    Row{What::listening, "makes_sense", "next", "speak", "listening_end", true},
    Row{What::team_us, "glad", "next", "glad", "glad_more", true},
    Row{What::team_us, "glad_more", "more", "glad", "glad"},
    Row{What::team_us, "glad_more", "next", "hurt", "hurt"},
    Row{What::team_us, "hurt", "next", "heard", "heard"},
    Row{What::team_us, "hurt", "skip", "hurt", "side", true},
    Row{What::team_us, "heard", "next", "hurt", "side", true},
    Row{What::team_us, "side", "next", "team_end", "team_end"},
};

struct Lasts {
  std::string_view step;
  seconds time;
};
constexpr std::array times{Lasts{"speak", seconds{180}}, Lasts{"speak_more", seconds{120}}, Lasts{"glad", seconds{120}},
                           Lasts{"hurt", seconds{180}}, Lasts{"side", seconds{180}}};
constexpr seconds usual{120};

}  // namespace

std::optional<TurnAfter> turn_after(const ForTwo& two, std::string_view by) {
  const auto row = std::ranges::find_if(rows, [&](const Row& r) { return r.what == two.what && r.step == two.step && r.by == by; });
  if (row == rows.end()) return std::nullopt;
  return TurnAfter{two.swapped ? row->next_of_second : row->next, row->swaps};
}

std::string_view first_turn(ForTwo::What what) noexcept { return what == What::listening ? "speak" : "glad"; }

seconds turn_lasts(std::string_view step) noexcept {
  const auto found = std::ranges::find(times, step, &Lasts::step);
  return found == times.end() ? usual : found->time;
}

}  // namespace nurturer::dialogue
