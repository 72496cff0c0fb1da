#include <charconv>
#include <optional>

#include "content/check.hpp"
#include "content/link.hpp"

namespace nurturer::content {
namespace {

namespace chrono = std::chrono;

int number(std::string_view digits) noexcept {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// "2026-11-24", as the loader writes every date.
std::optional<chrono::year_month_day> date(std::string_view text) noexcept {
  if (text.size() != 10) return std::nullopt;
  const chrono::year_month_day day{chrono::year(number(text.substr(0, 4))), chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
                                   chrono::day(static_cast<unsigned>(number(text.substr(8, 2))))};
  return day.ok() ? std::optional(day) : std::nullopt;
}

}  // namespace

void check_dates(const Content& content, chrono::sys_days today, Diagnostics& diagnostics) {
  for (const auto& region : content.library.regions) {
    for (const auto& line : region.lines) {
      const Page* const page = find_page(content.pages, line.source.file);
      const auto checked = date(line.checked_on);
      if (!checked || page == nullptr) continue;  // load() has told
      // The 29th of February has no twin a year later; the 28th is soon enough.
      auto due = *checked + chrono::years(1);
      if (!due.ok()) due = due.year() / due.month() / chrono::last;
      const auto at = page->find(line.checked_on, line.source.line);
      Mistakes mistakes(*page, diagnostics);
      if (chrono::sys_days(*checked) > today) {
        mistakes.add(at, "the number " + line.number + " was compared on " + line.checked_on + ", a day that is still to come",
                     "write the day on which it was compared");
      } else if (chrono::sys_days(due) < today) {
        mistakes.add(at, "the number " + line.number + " was last compared on " + line.checked_on + ", more than 12 months ago",
                     "compare it with two published lists, and write the day of it: a wrong number is worse than none");
      }
    }
  }
}

}  // namespace nurturer::content
