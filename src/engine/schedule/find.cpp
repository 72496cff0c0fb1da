// find(): which pieces of a message speak of time.
#include <algorithm>

#include "engine/schedule/grammar.hpp"

namespace nurturer::schedule {
namespace {

// "before I see my mother", "when I wake up": a time that no clock knows.
bool take_event(Reader& reader, Found& found) {
  if (!reader.sees("before|when|whenever|after|as soon as|once|while|during|just before|right before|right after|by the time"))
    return false;
  if (!found.event.empty()) return false;
  found.event = reader.peek().word;
  found.event_at = reader.peek().begin;
  reader.skip();
  return true;
}

bool take_zone(Reader& reader, Found& found) {
  if (reader.peek().mark || reader.peek().digits || zones_called(reader.peek().word).empty()) return false;
  const std::string word = reader.peek().word;
  if ((word == "z" || word == "et" || word == "ct" || word == "mt" || word == "pt" || word == "eastern") && !reader.before().digits &&
      reader.before().word != "am" && reader.before().word != "pm")
    return false;
  reader.skip();
  reader.take("time");
  found.zone_word = word;
  return true;
}

bool take_one(Reader& reader, Found& found, bool after_day, bool whole) {
  if (take_elapsed(reader, found, whole)) return true;
  if (take_limits(reader, found)) return true;
  if (take_repeat(reader, found)) return true;
  if (found.clocks.empty() && !found.half_hour && take_clock(reader, found, after_day, whole)) return true;
  if (found.part == Part::none && take_part(reader, found)) return true;
  return take_day(reader, found, whole);
}

// "morning", "night" without anything beside it is a word like any other ("the night was long").
bool only_a_part(const Found& found) {
  return found.part != Part::none && found.clocks.empty() && !found.day && !found.from && !found.until && !found.repeat && !found.elapsed &&
         !found.over;
}

bool bare_part(const Reader& reader) {
  return reader.sees("morning|afternoon|evening|night|eve|evning|mornign|nights|mornings|evenings|afternoons|bedtime");
}

}  // namespace

Found find(std::string_view text, std::uint32_t begin, std::uint32_t end, bool whole) {
  std::vector<Piece> pieces = lex(text);
  std::erase_if(pieces, [&](const Piece& piece) { return piece.begin < begin || piece.end > end; });
  Reader reader(pieces);
  Found found;
  bool after_day = false;
  bool only_bare_part = true;
  while (!reader.ended()) {
    const std::size_t start = reader.at();
    const bool bare = bare_part(reader);
    const bool had_clock = !found.clocks.empty();
    const bool took = take_one(reader, found, after_day, whole) && reader.at() > start;
    if (!took) {
      reader.go_to(start);
      if (!found.clocks.empty() && take_zone(reader, found)) {
        found.spans.push_back({pieces[start].begin, pieces[reader.at() - 1].end});
        continue;
      }
      if (take_event(reader, found)) continue;
      // A comma or a small word between two pieces of one phrase changes nothing: "tomorrow, 9".
      if (!reader.sees(",|(|at|on|in|the|of|around")) after_day = false;
      reader.skip();
      continue;
    }
    if (!had_clock && !found.clocks.empty()) found.clock_at = pieces[start].begin;
    only_bare_part = only_bare_part && bare;
    after_day = found.day.has_value() || found.repeat.has_value() || found.from.has_value() || found.part != Part::none;
    found.spans.push_back({pieces[start].begin, pieces[reader.at() - 1].end});
  }
  if (!only_a_part(found) || !only_bare_part || whole) return found;
  Found nothing;
  nothing.event = found.event;
  nothing.event_at = found.event_at;
  return nothing;
}

Found merged(Found before, const Found& answer) {
  if (answer.tells_clock()) {
    before.clocks = answer.clocks;
    before.half_hour = answer.half_hour;
    if (answer.part != Part::none || answer.clocks.empty()) before.part = answer.part;
    before.elapsed = answer.elapsed;
    before.event.clear();
    before.over = false;
  }
  if (answer.day) before.day = answer.day, before.over = answer.over;
  if (answer.from) before.from = answer.from;
  if (answer.until) before.until = answer.until;
  if (answer.repeat) before.repeat = answer.repeat;
  if (answer.count > 0) before.count = answer.count;
  if (answer.lasting_days > 0) before.lasting_days = answer.lasting_days;
  if (!answer.zone_word.empty()) before.zone_word = answer.zone_word;
  if (answer.between_from >= 0) before.between_from = answer.between_from, before.between_to = answer.between_to;
  before.spans = answer.spans.empty() ? before.spans : answer.spans;
  return before;
}

Found find(std::string_view text, bool whole) { return find(text, 0, static_cast<std::uint32_t>(text.size()), whole); }

}  // namespace nurturer::schedule
