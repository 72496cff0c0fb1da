#include "engine/dialogue/help_lines.hpp"

#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>

namespace nurturer::dialogue {
namespace {

using Kind = HelpLine::Kind;

// A locale is a language, not a place: only these say where somebody is.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> regions_of_locales{{
    {"ja", "JP"}, {"ko", "KR"}, {"da", "DK"}, {"fi", "FI"}, {"pl", "PL"}, {"hu", "HU"}, {"no", "NO"}, {"sv-SE", "SE"}}};

std::string region_of_locale(std::string_view locale) {
  for (const auto& [tag, region] : regions_of_locales) {
    const bool whole = locale == tag;
    const bool longer = tag.size() == 2 && locale.size() > 2 && locale.starts_with(tag) && locale[2] == '-';
    if (whole || longer) return std::string(region);
  }
  return {};
}

std::string write(const HelpLine& line) {
  std::string written = line.name.empty() ? line.number : line.name + ": " + line.number;
  written += line.hours == "unknown" ? " (hours may vary)" : " (" + line.hours + ")";
  return written;
}

// Which kinds of lines a crisis shows, most needed first.
std::vector<Kind> kinds_for(Intent intent, bool minor) {
  switch (intent) {
    case Intent::medical_emergency: return minor ? std::vector{Kind::medical, Kind::child} : std::vector{Kind::medical};
    case Intent::crisis_harm_others: return minor ? std::vector{Kind::child, Kind::crisis} : std::vector{Kind::crisis};
    case Intent::crisis_abuse:
      // A police line with a name is a way to call unheard.
      return minor ? std::vector{Kind::child, Kind::abuse, Kind::police} : std::vector{Kind::abuse, Kind::crisis, Kind::police};
    default: return minor ? std::vector{Kind::child, Kind::crisis} : std::vector{Kind::crisis};
  }
}

bool has(const Region& region, Kind kind) { return std::ranges::find(region.lines, kind, &HelpLine::kind) != region.lines.end(); }

std::string emergency_line(const Region& region) {
  const auto medical = std::ranges::find(region.lines, Kind::medical, &HelpLine::kind);
  const auto police = std::ranges::find(region.lines, Kind::police, &HelpLine::kind);
  if (medical == region.lines.end()) return {};
  if (police == region.lines.end() || police->number == medical->number) return "Emergency: " + medical->number;
  return "Emergency: " + medical->number + ", police: " + police->number;
}

std::string lines_of_region(const Region& region, Intent intent, bool minor) {
  std::string block = emergency_line(region);
  std::vector<Kind> kinds = kinds_for(intent, minor);
  // Where no line of the better kind is shipped, the crisis line stands in.
  const auto has_line = [&](Kind kind) { return kind != Kind::police && kind != Kind::medical && has(region, kind); };
  if (intent != Intent::medical_emergency && std::ranges::none_of(kinds, has_line)) {
    kinds.push_back(Kind::crisis);
  }
  for (const Kind kind : kinds) {
    for (const HelpLine& line : region.lines) {
      const bool told_already = kind == Kind::medical || (kind == Kind::police && line.name.empty());
      if (line.kind == kind && !told_already) block += "\n" + write(line);
    }
  }
  if (minor) block += "\nAnywhere: findahelpline.com";
  return block;
}

std::string lines_of_unknown_region(const Library& library, Intent intent, bool minor) {
  std::string block = "Your local emergency number; 112 works everywhere in the EU.";
  const Kind wanted = minor ? Kind::child : intent == Intent::crisis_abuse ? Kind::abuse : Kind::crisis;
  for (const std::string& code : library.likely_regions) {
    const Region* region = library.find_region(code);
    if (region == nullptr) continue;
    const auto medical = std::ranges::find(region->lines, Kind::medical, &HelpLine::kind);
    auto line = std::ranges::find(region->lines, wanted, &HelpLine::kind);
    if (line == region->lines.end()) line = std::ranges::find(region->lines, Kind::crisis, &HelpLine::kind);
    if (intent == Intent::medical_emergency || line == region->lines.end()) line = medical;
    if (line == region->lines.end()) continue;
    block += "\n" + region->country + ": " + (line == medical ? line->number : write(*line));
  }
  return block + "\nElsewhere: findahelpline.com\nWhich country are you in?";
}

// Words of the message from `first` on, joined, as far as they may name a place.
std::string words_from(const text::Text& text, std::size_t first, std::size_t count) {
  std::string words;
  for (std::size_t i = first; i < first + count; ++i) {
    const text::Span span = text.tokens[i].folded;
    if (!words.empty()) words += ' ';
    words.append(text.folded, span.begin, span.end - span.begin);
  }
  return words;
}

const Town* town_at(const Library& library, const text::Text& text, std::size_t first) {
  for (std::size_t count = std::min<std::size_t>(4, text.tokens.size() - first); count > 0; --count) {
    const std::string words = words_from(text, first, count);
    const auto found = std::ranges::lower_bound(library.towns, words, {}, &Town::name);
    if (found != library.towns.end() && found->name == words) return &*found;
  }
  return nullptr;
}

constexpr std::array<std::string_view, 12> leads{"live in",   "living in", "i am in",   "based in", "am from",   "country is",
                                                 "moved to",  "we are in", "here in",   "i am at",  "staying in", "are in"};

bool led_to(const text::Text& text, std::size_t first) {
  for (const std::string_view lead : leads) {
    const auto words = static_cast<std::size_t>(std::ranges::count(lead, ' ')) + 1;
    if (first >= words && words_from(text, first - words, words) == lead) return true;
    // "in the uk": an article between
    if (first > words && words_from(text, first - 1, 1) == "the" && words_from(text, first - 1 - words, words) == lead) return true;
  }
  return false;
}

}  // namespace

std::string region_of_zone(const std::string& zone) {
  if (zone.empty()) return {};
  std::array<char, 8> region{};
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getRegion(icu::UnicodeString::fromUTF8(zone), region.data(), static_cast<int32_t>(region.size()), status);
  const std::string code(region.data());
  return U_FAILURE(status) != 0 || code.size() != 2 ? std::string{} : code;  // "001": a zone of no country, as UTC
}

std::string region_of(const Person& person, const Event& event, const Surroundings& around) {
  if (!person.region.empty()) return person.region;
  for (const std::string& zone : {person.zone, event.zone}) {
    if (std::string region = region_of_zone(zone); !region.empty()) return region;
  }
  if (!around.region.empty()) return around.region;
  return region_of_locale(event.locale);
}

std::string country_name(const std::string& region) {
  icu::UnicodeString name;
  icu::Locale("", region.c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string utf8;
  name.toUTF8String(utf8);
  return utf8.empty() ? region : utf8;
}

std::string lines_for(const Library& library, const std::string& region, Intent intent, bool minor) {
  if (const Region* known = library.find_region(region)) return lines_of_region(*known, intent, minor);
  if (region.empty()) return lines_of_unknown_region(library, intent, minor);
  return "Your local emergency number; 112 works everywhere in the EU.\nA line in " + country_name(region) +
         " or elsewhere: findahelpline.com";
}

std::string number_for(const Library& library, const std::string& region, HelpLine::Kind kind) {
  const Region* known = library.find_region(region);
  if (known != nullptr) {
    for (const HelpLine& line : known->lines) {
      if (line.kind == kind) return line.number;
    }
  }
  if (kind == Kind::medical || kind == Kind::police) return "your local emergency number (112 in the EU)";
  if (known != nullptr && kind != Kind::crisis) return number_for(library, region, Kind::crisis);
  return "findahelpline.com";
}

const Town* place_told(const Library& library, const text::Text& text, bool bare) {
  const std::size_t count = text.tokens.size();
  for (std::size_t first = 0; first < count; ++first) {
    if (!led_to(text, first) && !(bare && first == 0) && !(bare && first == 1 && count <= 4)) continue;
    const Town* town = town_at(library, text, first);
    if (town == nullptr) continue;
    if (led_to(text, first)) return town;
    const auto words = static_cast<std::size_t>(std::ranges::count(town->name, ' ')) + 1;
    if (first + words + 1 >= count) return town;  // the place and at most one word more ("uk please")
  }
  return nullptr;
}

}  // namespace nurturer::dialogue
