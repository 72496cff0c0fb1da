#include "engine/schedule/quiet.hpp"

namespace nurturer::schedule {

Time out_of_quiet(Time moment, const std::string& zone, const QuietHours& quiet) {
  if (quiet.from == quiet.to) return moment;
  const Wall wall = wall_of(moment, zone);
  const auto day = std::chrono::floor<date::days>(wall);
  const auto of_day = wall - day;
  const bool over_midnight = quiet.from > quiet.to;
  const bool inside = over_midnight ? of_day >= quiet.from || of_day < quiet.to : of_day >= quiet.from && of_day < quiet.to;
  if (!inside) return moment;
  const bool tomorrow = over_midnight && of_day >= quiet.from;
  return instant_of(day + date::days{tomorrow ? 1 : 0} + quiet.to, zone);
}

}  // namespace nurturer::schedule
