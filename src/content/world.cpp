// Countries and time zones, as the libraries know them.

#include <algorithm>
#include <exception>

#include <date/tz.h>
#include <unicode/uloc.h>

#include "content/places.hpp"

namespace nurturer::content {

Names known_regions() {
  Names names;
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) names.emplace_back(*code);
  return names;
}

bool known_region(std::string_view code) {
  static const Names known = known_regions();
  return std::ranges::find(known, code) != known.end();
}

bool known_zone(const std::string& zone) {
  const auto known = known_zones();
  return known.empty() || std::ranges::binary_search(known, zone);
}

Names known_zones() {
  static const Names known = [] {
    Names names;
    try {
      for (const auto& zone : date::get_tzdb().zones) names.emplace_back(zone.name());
    } catch (const std::exception&) {
      return Names{};
    }
    std::ranges::sort(names);
    return names;
  }();
  return known;
}

}  // namespace nurturer::content
