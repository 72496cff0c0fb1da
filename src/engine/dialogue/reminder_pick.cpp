#include "engine/dialogue/reminder_pick.hpp"

#include <algorithm>
#include <array>

#include "engine/schedule/lexer.hpp"
#include "engine/schedule/phrase.hpp"
#include "engine/schedule/rule_parts.hpp"

namespace nurturer::dialogue {
namespace {

using schedule::Found;
using schedule::Piece;
using schedule::Reader;
using schedule::Reminder;

struct VerbWords {
  ReminderVerb verb;
  std::string_view words;
};
// In the order in which they decide: "don't pause it, cancel it" is rare, "cancel the snooze" too.
constexpr std::array<VerbWords, 5> verbs{{
    {ReminderVerb::resume,
     "resume|unpause|restart|reactivate|continue my|continue the|start again|turn back on|back on|switch on|turn on|wake up my"},
    {ReminderVerb::snooze,
     "snooze|remind me later|ask me again|remind me again|later|not now|again in|give me another|in a bit|not yet|five more minutes|10 "
     "more minutes|ten more minutes"},
    {ReminderVerb::skip, "skip|not today|just today|leave out|miss out"},
    {ReminderVerb::change,
     "move|change|shift|reschedule|push|make it|make that|put it|instead|update|edit|set it to|bring forward|postpone|delay"},
    {ReminderVerb::pause, "pause|hold|suspend|mute|silence|on hold|until i am back|until i'm back|for a while|take a break"},
}};
constexpr std::array<std::string_view, 6> verb_names{"cancel", "pause", "resume", "snooze", "change", "skip"};

constexpr std::string_view of_no_meaning =
    "a|an|the|my|me|i|you|to|of|for|at|on|in|and|that|this|it|is|one|ones|reminder|reminders|nudge|nudges|alarm|alarms|ping|pings|please|"
    "pls|no|not|any|more|"
    "cancel|delete|remove|stop|kill|bin|drop|end|off|turn|switch|move|change|pause|resume|snooze|skip|from|about|with|remind|reminding|can|"
    "could|would|will|"
    "do|don't|dont|need|needn't|we|our|your|all|thing|thanks|ta|now|anymore|make|out|away|get|rid|up|number|clear|dismiss|forget|quit";

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const Piece& piece : schedule::lex(text)) {
    if (piece.mark || piece.digits || piece.word.size() < 3) continue;
    const std::vector<Piece> one{piece};
    if (Reader(one).length_of(of_no_meaning) == 0) words.push_back(piece.word);
  }
  return words;
}

// "journal" finds "journaling", "breathing" finds "breathe".
bool same_stem(const std::string& a, const std::string& b) {
  constexpr std::size_t stem = 4;
  if (a == b) return true;
  const std::size_t common = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  return common >= std::max(stem, std::min(a.size(), b.size()) - 2) && common >= stem;
}

int shared(const std::vector<std::string>& said, const std::string& text) {
  const auto own = words_of(text);
  return static_cast<int>(std::ranges::count_if(
      said, [&](const std::string& word) { return std::ranges::any_of(own, [&](const std::string& o) { return same_stem(word, o); }); }));
}

std::vector<schedule::Clock> clocks_of(const Reminder& reminder) {
  if (const auto parts = schedule::parts_of(reminder.when.rule, reminder.when.start); parts && !reminder.when.rule.empty())
    return parts->clocks;
  const auto of_day = reminder.next - std::chrono::floor<date::days>(reminder.next);
  return {{static_cast<int>(of_day.count()), schedule::Clock::Half::told}};
}

bool at_clock(const Reminder& reminder, const schedule::Clock& said) {
  return std::ranges::any_of(clocks_of(reminder), [&](const schedule::Clock& own) {
    if (own.second_of_day == said.second_of_day % 86400) return true;
    return said.half == schedule::Clock::Half::open && own.second_of_day % 43200 == said.second_of_day % 43200;
  });
}

bool in_part(const Reminder& reminder, schedule::Part part) {
  return std::ranges::any_of(clocks_of(reminder), [&](const schedule::Clock& clock) {
    const int h = clock.second_of_day / 3600;
    switch (part) {
      case schedule::Part::early:
      case schedule::Part::morning: return h >= 4 && h < 12;
      case schedule::Part::noon: return h >= 11 && h < 14;
      case schedule::Part::afternoon: return h >= 12 && h < 18;
      case schedule::Part::evening: return h >= 16;
      case schedule::Part::night:
      case schedule::Part::bedtime: return h >= 18 || h < 4;
      case schedule::Part::none: break;
    }
    return false;
  });
}

bool on_weekday(const Reminder& reminder, unsigned weekday) {
  const auto parts = reminder.when.rule.empty() ? std::nullopt : schedule::parts_of(reminder.when.rule, reminder.when.start);
  if (parts && !parts->repeat.weekdays.empty()) return std::ranges::find(parts->repeat.weekdays, weekday) != parts->repeat.weekdays.end();
  return date::weekday{std::chrono::floor<date::days>(reminder.next)}.c_encoding() == weekday;
}

bool fits_time(const Reminder& reminder, const Found& found) {
  if (!found.clocks.empty() && !at_clock(reminder, found.clocks.front())) return false;
  if (found.part != schedule::Part::none && found.clocks.empty() && !in_part(reminder, found.part)) return false;
  if (found.day && (found.day->kind == schedule::Day::Kind::weekday || found.day->kind == schedule::Day::Kind::next_weekday) &&
      !on_weekday(reminder, found.day->weekday))
    return false;
  if (found.repeat && !found.repeat->weekdays.empty() && !on_weekday(reminder, found.repeat->weekdays.front())) return false;
  if (found.repeat && found.repeat->weekdays.empty() && reminder.when.rule.empty()) return false;
  return true;
}

bool tells_time(const Found& found) { return !found.clocks.empty() || found.part != schedule::Part::none || found.day || found.repeat; }

// "2", "number 2", "the second one", "reminder 3": a place in the list, from 1.
std::size_t number_meant(const std::vector<Piece>& pieces, std::size_t count) {
  constexpr std::array<std::string_view, 5> ordinals{"first", "second", "third", "fourth", "fifth"};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Reader reader(pieces, i);
    for (std::size_t n = 0; n < ordinals.size(); ++n) {
      if (reader.is(ordinals[n]) && n < count) return n + 1;
    }
    const bool led =
        i == 0 || Reader(pieces, i - 1)
                      .sees("number|reminder|nudge|cancel|delete|remove|stop|pause|resume|snooze|skip|move|change|#|no|nr|drop|kill");
    const Piece& piece = pieces[i];
    if (!led || piece.number < 1 || static_cast<std::size_t>(piece.number) > count) continue;
    const bool last = i + 1 == pieces.size();
    if (last || Reader(pieces, i + 1).sees("please|pls|to|until|till|for|,|.|!|at|now|on|make|in"))
      return static_cast<std::size_t>(piece.number);
  }
  return 0;
}

bool all_meant(const std::vector<Piece>& pieces, ReminderVerb verb, std::size_t said_words) {
  if (schedule::stands_anywhere(pieces, "all|everything|every one|each of them|all of them|any of")) return true;
  return said_words == 0 && verb != ReminderVerb::snooze && schedule::stands_anywhere(pieces, "reminders|nudges|alarms|pings|them");
}

std::vector<std::string> ids_of(const std::vector<const Reminder*>& list) {
  std::vector<std::string> ids;
  for (const Reminder* reminder : list) ids.push_back(reminder->id);
  return ids;
}

// "The sunday one" is not the sunday at one.
std::string without_one(std::string text) {
  for (const Piece& piece : schedule::lex(text)) {
    if (piece.word == "one" || piece.word == "ones") std::fill(text.begin() + piece.begin, text.begin() + piece.end, '#');
  }
  return text;
}

// By number, words, time, or "all". Empty: none is named.
std::vector<std::string> meant_by_name(const Stage& stage, ReminderVerb verb) {
  const auto list = schedule::listed(stage.person.reminders);
  if (list.empty()) return {};
  const bool moves = verb == ReminderVerb::change || verb == ReminderVerb::snooze;
  const std::string target = moves ? split_change(stage.event.text).target : stage.event.text;
  const std::vector<Piece> pieces = schedule::lex(target);
  if (const std::size_t number = number_meant(pieces, list.size()); number > 0) return {list[number - 1]->id};
  const Found found = schedule::find(without_one(target), false);
  const auto said = words_of(target);
  std::vector<std::string> by_words;
  int most = 0;
  for (const Reminder* reminder : list) {
    const int count = shared(said, reminder->text);
    if (count > most) by_words.clear();
    most = std::max(most, count);
    if (count > 0 && count == most) by_words.push_back(reminder->id);
  }
  if (by_words.size() == 1) return by_words;
  if (tells_time(found)) {
    std::vector<std::string> by_time;
    for (const Reminder* reminder : list) {
      const bool named = by_words.empty() || std::ranges::find(by_words, reminder->id) != by_words.end();
      if (named && fits_time(*reminder, found)) by_time.push_back(reminder->id);
    }
    if (!by_time.empty()) return by_time;
  }
  if (!by_words.empty()) return by_words;
  if (all_meant(pieces, verb, said.size()) && !tells_time(found)) return ids_of(list);
  return {};
}

}  // namespace

std::string_view name(ReminderVerb verb) noexcept { return verb_names[static_cast<std::size_t>(verb)]; }

ReminderVerb verb_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(verb_names, name);
  return found == verb_names.end() ? ReminderVerb::cancel : static_cast<ReminderVerb>(found - verb_names.begin());
}

ReminderVerb reminder_verb(std::string_view message) {
  const std::vector<Piece> pieces = schedule::lex(message);
  if (schedule::stands_anywhere(pieces, "cancel|delete|kill|bin|scrap|remove|get rid of")) return ReminderVerb::cancel;
  for (const VerbWords& entry : verbs) {
    if (schedule::stands_anywhere(pieces, entry.words)) return entry.verb;
  }
  return ReminderVerb::cancel;
}

Split split_change(std::string_view message) {
  const std::vector<Piece> pieces = schedule::lex(message);
  std::size_t at = pieces.size();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Reader reader(pieces, i);
    const bool minutes = i > 0 && (pieces[i - 1].word == "quarter" || pieces[i - 1].word == "ten" || pieces[i - 1].word == "twenty" ||
                                   pieces[i - 1].word == "five");
    if (reader.sees("to|until|till|til|make it|make that|for") && !minutes) at = i;
  }
  if (at == pieces.size()) {
    for (std::size_t i = pieces.size(); i-- > 0;) {
      if (Reader(pieces, i).sees("at|by")) {
        at = i;
        break;
      }
    }
  }
  if (at == pieces.size()) return {std::string(message), {}};
  return {std::string(message.substr(0, pieces[at].begin)), std::string(message.substr(pieces[at].end))};
}

bool names_reminder(const Stage& stage) {
  const std::vector<Piece> pieces = schedule::lex(stage.event.text);
  constexpr std::size_t few = 12;
  constexpr std::string_view doing =
      "cancel|delete|remove|stop|kill|bin|drop|pause|resume|unpause|snooze|skip|move|change|shift|push|reschedule|postpone|turn "
      "off|clear|end";
  Reader reader(pieces);
  reader.take("please|pls|ok|no|hey|can you|could you|you can");
  reader.take("please");
  if (pieces.size() > few || !reader.sees(doing)) return false;
  return !meant_by_name(stage, reminder_verb(stage.event.text)).empty();
}

Reminder* find_reminder(Stage& stage, const std::string& id) {
  const auto found = std::ranges::find(stage.person.reminders, id, &Reminder::id);
  return found == stage.person.reminders.end() ? nullptr : &*found;
}

std::vector<std::string> reminders_meant(const Stage& stage, ReminderVerb verb) {
  if (auto ids = meant_by_name(stage, verb); !ids.empty()) return ids;
  const auto list = schedule::listed(stage.person.reminders);
  const auto last = std::ranges::find_if(list, [&](const Reminder* r) { return r->id == stage.talk.last_set; });
  if (last != list.end()) return {(*last)->id};
  return ids_of(list);
}

}  // namespace nurturer::dialogue
