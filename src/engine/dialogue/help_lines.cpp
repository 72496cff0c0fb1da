#include "engine/dialogue/help_lines.hpp"

#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <span>
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

// The words around the numbers are content: fixed steps of `common`, their slots filled here.
std::string wording(const Library& library, const char* step, std::string_view slot = {}, std::string_view value = {}) {
  const Step* found = library.find({"common", step});
  std::string text = found == nullptr || found->say.empty() ? std::string{} : found->say.front();
  const std::string written = "{" + std::string(slot) + "}";
  if (const auto at = text.find(written); !slot.empty() && at != std::string::npos) text.replace(at, written.size(), value);
  return text;
}

std::string write(const Library& library, const HelpLine& line) {
  std::string written = line.name.empty() ? line.number : line.name + ": " + line.number;
  return written + " (" + (line.hours == "unknown" ? wording(library, "hours_vary") : line.hours) + ")";
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

std::string emergency_line(const Library& library, const Region& region) {
  const auto medical = std::ranges::find(region.lines, Kind::medical, &HelpLine::kind);
  const auto police = std::ranges::find(region.lines, Kind::police, &HelpLine::kind);
  if (medical == region.lines.end()) return {};
  std::string line = wording(library, "line_emergency", "medical", medical->number);
  if (police != region.lines.end() && police->number != medical->number) line += ", " + wording(library, "line_police", "police", police->number);
  return line;
}

std::string lines_of_region(const Library& library, const Region& region, Intent intent, bool minor) {
  std::string block = emergency_line(library, region);
  std::vector<Kind> kinds = kinds_for(intent, minor);
  // Where no line of the better kind is shipped, the crisis line stands in.
  const auto has_line = [&](Kind kind) { return kind != Kind::police && kind != Kind::medical && has(region, kind); };
  if (intent != Intent::medical_emergency && std::ranges::none_of(kinds, has_line)) {
    kinds.push_back(Kind::crisis);
  }
  for (const Kind kind : kinds) {
    for (const HelpLine& line : region.lines) {
      const bool told_already = kind == Kind::medical || (kind == Kind::police && line.name.empty());
      if (line.kind == kind && !told_already) block += "\n" + write(library, line);
    }
  }
  if (minor) block += "\n" + wording(library, "lines_elsewhere");
  return block;
}

std::string lines_of_unknown_region(const Library& library, Intent intent, bool minor) {
  std::string block = wording(library, "lines_anywhere");
  const Kind wanted = minor ? Kind::child : intent == Intent::crisis_abuse ? Kind::abuse : Kind::crisis;
  for (const std::string& code : library.likely_regions) {
    const Region* region = library.find_region(code);
    if (region == nullptr) continue;
    const auto medical = std::ranges::find(region->lines, Kind::medical, &HelpLine::kind);
    auto line = std::ranges::find(region->lines, wanted, &HelpLine::kind);
    if (line == region->lines.end()) line = std::ranges::find(region->lines, Kind::crisis, &HelpLine::kind);
    if (intent == Intent::medical_emergency || line == region->lines.end()) line = medical;
    if (line == region->lines.end()) continue;
    block += "\n" + region->country + ": " + (line == medical ? line->number : write(library, *line));
  }
  return block + "\n" + wording(library, "lines_elsewhere") + "\n" + wording(library, "ask_country");
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

bool ends_with(const text::Text& text, std::size_t end, const understanding::WordSequence& words) {
  if (words.size() > end) return false;
  return std::ranges::equal(words, std::span(text.tokens).subspan(end - words.size(), words.size()), {}, {}, &text::Token::id);
}

// "I live in", and "the" behind it: the list place_lead.
bool led_to(const Stage& stage, std::size_t first) {
  const auto leads = stage.language.lists().find("place_lead");
  if (leads == stage.language.lists().end() || first == 0) return false;
  const text::WordId the = stage.language.lexicon().find("the").id;
  const std::size_t before_the = stage.text.tokens[first - 1].id == the ? first - 1 : first;
  return std::ranges::any_of(leads->second, [&](const auto& lead) { return ends_with(stage.text, first, lead) || ends_with(stage.text, before_the, lead); });
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

bool is_country(const std::string& code) {
  for (const char* const* country = icu::Locale::getISOCountries(); *country != nullptr; ++country) {
    if (code == *country) return true;
  }
  return false;
}

std::string country_name(const std::string& region) {
  icu::UnicodeString name;
  icu::Locale("", region.c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string utf8;
  name.toUTF8String(utf8);
  return utf8.empty() ? region : utf8;
}

std::string lines_for(const Library& library, const std::string& region, Intent intent, bool minor) {
  if (const Region* known = library.find_region(region)) return lines_of_region(library, *known, intent, minor);
  if (region.empty()) return lines_of_unknown_region(library, intent, minor);
  return wording(library, "lines_anywhere") + "\n" + wording(library, "lines_other_country", "country", country_name(region));
}

std::string number_for(const Library& library, const std::string& region, HelpLine::Kind kind) {
  const Region* known = library.find_region(region);
  if (known != nullptr) {
    for (const HelpLine& line : known->lines) {
      if (line.kind == kind) return line.number;
    }
  }
  if (kind == Kind::medical || kind == Kind::police) return wording(library, "number_unknown");
  if (known != nullptr && kind != Kind::crisis) return number_for(library, region, Kind::crisis);
  return wording(library, "line_unknown");
}

const Town* place_told(const Stage& stage, bool bare) {
  const text::Text& text = stage.text;
  const std::size_t count = text.tokens.size();
  for (std::size_t first = 0; first < count; ++first) {
    const bool led = led_to(stage, first);
    const bool alone = bare && (first == 0 || (first == 1 && count <= 4));
    const Town* town = led || alone ? town_at(stage.library, text, first) : nullptr;
    if (town == nullptr) continue;
    const std::size_t end = first + static_cast<std::size_t>(std::ranges::count(town->name, ' ')) + 1;
    // "in la la land" is no place: a place told ends its clause. Alone, at most one more word follows ("uk please").
    const bool ends = end >= count || text.tokens[end].before != text::Break::none || bare || town->name.size() > 3;
    if (led ? ends : end + 1 >= count) return town;
  }
  return nullptr;
}

}  // namespace nurturer::dialogue
