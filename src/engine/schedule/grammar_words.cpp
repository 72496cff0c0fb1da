// The small change of the grammar: weekdays, months, ordinals, lengths of time.
#include <array>
#include <string>

#include "engine/schedule/grammar.hpp"

namespace nurturer::schedule {
namespace {

constexpr std::array<std::string_view, 7> weekdays{"sunday|sun",
                                                   "monday|mon|mondy|munday",
                                                   "tuesday|tue|tues|teusday|tuseday",
                                                   "wednesday|wed|weds|wensday|wednsday|wednesdy",
                                                   "thursday|thu|thur|thurs|thrusday|thursdy",
                                                   "friday|fri|firday|fridy",
                                                   "saturday|sat|saterday|satday|saturdy"};
constexpr std::array<std::string_view, 7> plural_weekdays{"sundays",   "mondays", "tuesdays", "wednesdays",
                                                          "thursdays", "fridays", "saturdays"};

constexpr std::array<std::string_view, 12> months{
    "january|jan", "february|feb|febuary", "march|mar",          "april|apr",   "may",          "june|jun",
    "july|jul",    "august|aug",           "september|sept|sep", "october|oct", "november|nov", "december|dec"};

constexpr std::array<std::string_view, 31> ordinals{
    "first",        "second",       "third",          "fourth",        "fifth",        "sixth",         "seventh",      "eighth",
    "ninth",        "tenth",        "eleventh",       "twelfth",       "thirteenth",   "fourteenth",    "fifteenth",    "sixteenth",
    "seventeenth",  "eighteenth",   "nineteenth",     "twentieth",     "twenty first", "twenty second", "twenty third", "twenty fourth",
    "twenty fifth", "twenty sixth", "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth",     "thirty first"};

struct UnitWords {
  std::string_view words;
  Length::Unit unit;
};
constexpr std::array<UnitWords, 7> units{{{"second|seconds|sec|secs", Length::Unit::second},
                                          {"minute|minutes|min|mins|minuts|minuets|m", Length::Unit::minute},
                                          {"hour|hours|hr|hrs|h|huors", Length::Unit::hour},
                                          {"day|days|d", Length::Unit::day},
                                          {"week|weeks|wk|wks|fortnight|fortnights", Length::Unit::week},
                                          {"month|months", Length::Unit::month},
                                          {"year|years|yr|yrs", Length::Unit::year}}};

std::optional<Length::Unit> take_unit(Reader& reader, bool glued) {
  for (const UnitWords& entry : units) {
    // "m", "h" and "d" are units right behind their number alone: "20m", not "20 m".
    const bool short_form = reader.peek().word.size() == 1;
    if (short_form && (!glued || (reader.peek(1).glued && reader.peek(1).digits))) continue;
    if (reader.take(entry.words)) return entry.unit;
  }
  return std::nullopt;
}

}  // namespace

int take_weekday(Reader& reader, bool plural_only) noexcept {
  for (std::size_t i = 0; i < weekdays.size(); ++i) {
    if (reader.take(plural_weekdays[i])) return static_cast<int>(i);
    if (plural_only || !reader.sees(weekdays[i])) continue;
    // "Sun", "sat" and "wed" are words too: a day only where something of time stands before them, or nothing.
    const std::string word = reader.peek().word;
    const bool doubtful = word == "sun" || word == "sat" || word == "wed" || word == "mon";
    const std::string& before = reader.before().word;
    const bool led = before.empty() || before == "on" || before == "next" || before == "this" || before == "every" || before == "and" ||
                     before == "," || before == "until" || before == "till" || before == "til" || before == "each" || before == "me" ||
                     before == "other" || before == "from" || before == "or" || before == "for" || before == "by" || before == "coming";
    if (doubtful && !led) continue;
    reader.skip();
    if (reader.is(".") && reader.peek().glued && word.size() <= 4) reader.skip();
    return static_cast<int>(i);
  }
  return -1;
}

unsigned take_month(Reader& reader) noexcept {
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (!reader.take(months[i])) continue;
    if (reader.is(".") && reader.peek().glued) reader.skip();
    return static_cast<unsigned>(i + 1);
  }
  return 0;
}

int take_ordinal(Reader& reader, bool bare) noexcept {
  const Piece& first = reader.peek();
  if (first.digits && first.number >= 1 && first.number <= 31) {
    const Piece& ending = reader.peek(1);
    const bool marked = ending.glued && (ending.word == "st" || ending.word == "nd" || ending.word == "rd" || ending.word == "th");
    if (!marked && (!bare || (ending.glued && !ending.mark))) return -1;
    reader.skip(marked ? 2 : 1);
    return first.number;
  }
  for (std::size_t i = ordinals.size(); i-- > 0;) {
    std::string dashed(ordinals[i]);
    if (const auto space = dashed.find(' '); space != std::string::npos) dashed.replace(space, 1, " - ");
    if (reader.take(ordinals[i]) || reader.take(dashed)) return static_cast<int>(i + 1);
  }
  return -1;
}

std::optional<Length> length_at(Reader& reader) {
  const std::size_t start = reader.at();
  Length length;
  bool half = false;
  if (reader.take("half an|half a|half")) {
    half = true;
  } else if (reader.take("a couple of|a couple|couple of|couple|a pair of")) {
    length.number = 2;
  } else if (reader.take("a few|few")) {
    length.number = 3;
  } else if (reader.take("a quarter of an|quarter of an|a quarter|quarter")) {
    if (!reader.take("hour")) {
      reader.go_to(start);
      return std::nullopt;
    }
    return Length{Length::Unit::minute, 15, 0};
  } else if (reader.take("an|a|another")) {
    length.number = 1;
    if (reader.take("half")) half = true, length.number = 0;
  } else {
    length.number = reader.take_number();
    // "1.5 hours", "2 and a half hours", "2 1/2 hours"
    if (length.number >= 0 && reader.sees(".|,") && reader.peek().glued && reader.is("5", 1)) reader.skip(2), half = true;
    if (length.number >= 0 && reader.take("and a half|and half|1 / 2")) half = true;
  }
  const bool another = reader.take("more|full|whole|good");
  const bool glued = reader.peek().glued && !another;
  const bool fortnight = reader.sees("fortnight|fortnights");
  const auto unit = length.number < 0 ? std::nullopt : take_unit(reader, glued);
  if (!unit || length.number > 100'000) {
    reader.go_to(start);
    return std::nullopt;
  }
  if (fortnight) length.number *= 2;
  length.unit = *unit;
  if (reader.take("and a half|and half")) half = true;
  length.halves = half ? length.number * 2 + 1 : 0;
  return length;
}

}  // namespace nurturer::schedule
