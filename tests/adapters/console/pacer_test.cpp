// The bar that breathes along: what it is asked for, how far it is, that it keeps to the window.
#include "adapters/console/pacer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using nurturer::console::Breath;
using nurturer::console::breath_of;
using nurturer::console::pacer;

TEST_CASE("a paced line tells which way the breath goes") {
  CHECK(breath_of("In, 2, 3, 4") == Breath::in);
  CHECK(breath_of("Breathe in, 2, 3") == Breath::in);
  CHECK(breath_of("And out, 2, 3, 4, 5, 6") == Breath::out);
  CHECK(breath_of("A long sigh through the mouth") == Breath::out);
  CHECK(breath_of("Hold, 2, 3, 4") == Breath::hold);
  CHECK(breath_of("Inside the room is a window") == Breath::hold);
  CHECK(breath_of("Lay a hand on your belly. Small breaths will do; only the way out is long.") == Breath::hold);
  CHECK(breath_of("") == Breath::hold);
}

TEST_CASE("the bar grows with the in-breath and shrinks with the out-breath") {
  std::ptrdiff_t last_in = -1;
  std::ptrdiff_t last_out = 1000;
  for (int step = 0; step <= 10; ++step) {
    const auto in = std::ranges::count(pacer(Breath::in, step / 10.0, 80), '=');
    const auto out = std::ranges::count(pacer(Breath::out, step / 10.0, 80), '=');
    CHECK(in > last_in);
    CHECK(out < last_out);
    last_in = in;
    last_out = out;
  }
  CHECK(pacer(Breath::in, 0, 80).find('=') == std::string::npos);
  CHECK(pacer(Breath::in, 1, 80).find('.') == std::string::npos);
  CHECK(pacer(Breath::out, 1, 80).find('=') == std::string::npos);
  CHECK(pacer(Breath::hold, 0.2, 80) != pacer(Breath::hold, 0.8, 80));
}

TEST_CASE("the bar is never wider than the window, however small that is made") {
  for (const std::size_t columns : {0U, 1U, 2U, 20U, 500U}) {
    for (const auto breath : {Breath::in, Breath::hold, Breath::out}) {
      for (const double part : {-1.0, 0.0, 0.5, 1.0, 7.0}) CHECK(pacer(breath, part, columns).size() <= columns);
    }
  }
}
