#include "engine/dialogue/reminder_set.hpp"

#include <algorithm>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/reminder_pick.hpp"
#include "engine/dialogue/reminder_speech.hpp"
#include "engine/dialogue/reminders.hpp"
#include "engine/dialogue/slots.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using Asked = ReminderDraft::Asked;
using schedule::Guess;
using schedule::Question;
using schedule::Reminder;
using schedule::Settled;

constexpr std::size_t most_options = 4;

void ask(Stage& stage, Asked asked, std::string_view step, const std::vector<Filling>& fillings = {}, const Choices& choices = {}) {
  stage.talk.draft->asked = asked;
  say_reminder(stage, step, fillings, choices, true);
}

// The exercise that the words name ("breathe", "do the senses one").
std::string exercise_named(const Stage& stage, const std::string& words) {
  text::Text read;
  text::read(words, stage.language.lexicon(), read);
  const Script* script = stage.library.script_asked_for(stage.library.phrases.find(read));
  return script != nullptr && script->card ? script->id : std::string{};
}

std::string guess_words(const Stage& stage, const Settled& settled) {
  constexpr std::string_view steps[] = {"guess_half", "guess_time", "guess_day", "guess_daytime", "guess_week", "guess_year"};
  std::string words;
  for (const Guess guess : settled.guesses) {
    const std::string one = reminder_words(stage, steps[static_cast<std::size_t>(guess)],
                                           {{"when", schedule::clock_text(schedule::wall_of(settled.when.moment, settled.when.zone))}});
    if (words.empty()) words = one;
  }
  return words;
}

void ask_options(Stage& stage, const Settled& settled) {
  ReminderDraft& draft = *stage.talk.draft;
  draft.options = settled.options;
  if (draft.options.size() > most_options) draft.options.resize(most_options);
  Choices choices;
  std::string list;
  for (std::size_t i = 0; i < draft.options.size(); ++i) {
    choices.emplace_back("reminder.option." + std::to_string(i + 1), draft.options[i].label);
    list += (i == 0 ? "" : " / ") + draft.options[i].label;
  }
  const std::string_view step = settled.question == Question::half   ? "ask_half"
                                : settled.question == Question::zone ? "ask_which_zone"
                                                                     : "ask_date";
  ask(stage, Asked::option, step, {{"list", list}}, choices);
}

// Cannot be: says why, and asks for another time.
void refuse(Stage& stage, Question question) {
  const std::string_view step = question == Question::over        ? "over"
                                : question == Question::too_far   ? "too_far"
                                : question == Question::too_often ? "too_often"
                                                                  : "no_such_day";
  stage.talk.draft->when = {};
  ask(stage, Asked::time, step);
}

bool ask_question(Stage& stage, const Settled& settled) {
  switch (settled.question) {
    case Question::none: return false;
    case Question::time:
      ask(stage, Asked::time, stage.talk.draft->when.day || stage.talk.draft->when.event.empty() ? "ask_when" : "ask_event");
      return true;
    case Question::zone:
      if (settled.options.empty())
        ask(stage, Asked::zone, "ask_zone");
      else
        ask_options(stage, settled);
      return true;
    case Question::half:
    case Question::date: ask_options(stage, settled); return true;
    case Question::over:
    case Question::too_far:
    case Question::too_often:
    case Question::never: refuse(stage, settled.question); return true;
  }
  return false;
}

std::string kept_words(Stage& stage, const Reminder& reminder) {
  if (reminder.all) return reminder_words(stage, "kept_room", {});
  const bool first = !std::exchange(stage.talk.told_reminder_kept, true);
  return reminder_words(stage, first ? "kept" : "kept_short", {});
}

void say_set(Stage& stage, const std::vector<Reminder>& set, const Settled& settled, std::string_view step) {
  std::string when;
  for (const Reminder& reminder : set) when += (when.empty() ? "" : "\n") + when_text(reminder.when);
  const std::string relative = schedule::relative_text(set.front().due, stage.moment.now, set.front().when.zone);
  say_reminder(stage, step, {{"text", called(stage, set.front())}, {"when", when}, {"relative", relative}});
  const std::string guess = guess_words(stage, settled);
  say_reminder(stage, "set_notes", {{"guess", guess.empty() ? "" : guess + " "}, {"kept", kept_words(stage, set.front())}});
  stage.talk.last_set = set.front().id;
}

void keep_new(Stage& stage, const Settled& settled) {
  ReminderDraft& draft = *stage.talk.draft;
  std::vector<schedule::When> times{settled.when};
  times.insert(times.end(), settled.also.begin(), settled.also.end());
  std::vector<Reminder> set;
  for (const schedule::When& when : times) {
    Reminder reminder = schedule::make_reminder(new_reminder_id(stage), draft.text, when);
    reminder.script = draft.script;
    reminder.room = stage.event.room;
    reminder.group = stage.event.group;
    reminder.all = draft.all;
    set.push_back(std::move(reminder));
  }
  stage.person.reminders.insert(stage.person.reminders.end(), set.begin(), set.end());
  stage.talk.draft.reset();
  say_set(stage, set, settled, set.front().when.rule.empty() ? "set_once" : "set_series");
}

void keep_changed(Stage& stage, const Settled& settled) {
  const std::string id = stage.talk.draft->changes;
  stage.talk.draft.reset();
  Reminder* const found = find_reminder(stage, id);
  if (found == nullptr) return say_reminder(stage, "none", {});
  Reminder changed = schedule::make_reminder(id, found->text, settled.when);
  changed.script = found->script;
  changed.room = found->room;
  changed.group = found->group;
  changed.all = found->all;
  *found = changed;
  say_set(stage, {changed}, settled, "changed");
}

Settled settle_draft(Stage& stage) {
  const ReminderDraft& draft = *stage.talk.draft;
  const Reminder* const found = find_reminder(stage, draft.changes);
  if (draft.changes.empty() || found == nullptr) return schedule::settle(draft.when, here(stage));
  schedule::Here there = here(stage);
  there.zone = found->when.zone;
  return schedule::amend(found->when, draft.when, there);
}

void finish(Stage& stage, const Settled& settled) {
  if (ask_question(stage, settled)) return;
  ReminderDraft& draft = *stage.talk.draft;
  if (draft.text.empty() && draft.changes.empty() && draft.asked != Asked::what) return ask(stage, Asked::what, "ask_what");
  before_change(stage);
  if (draft.changes.empty())
    keep_new(stage, settled);
  else
    keep_changed(stage, settled);
}

// What cannot be kept is said before anything is asked.
bool may_set(Stage& stage) {
  const ReminderDraft& draft = *stage.talk.draft;
  std::string_view step;
  std::string count;
  if (draft.all && !stage.event.moderator)
    step = "room_permission";
  else if (stage.around.store_broken)
    step = "not_possible";
  else if (draft.changes.empty() && schedule::listed(stage.person.reminders).size() >= schedule::most_reminders)
    step = "too_many";
  else if (characters(draft.text) > schedule::longest_text)
    step = "too_long";
  if (step.empty()) return true;
  stage.talk.draft.reset();
  say_reminder(stage, step, {{"count", std::to_string(schedule::most_reminders)}});
  return false;
}

// An answer that picks: its number, its label, words of it ("india", "the first").
const Settled::Option* picked(const Stage& stage) {
  const auto& options = stage.talk.draft->options;
  const std::string said = text::fold(stage.event.text);
  for (const auto& option : options) {
    if (said == text::fold(option.label)) return &option;
  }
  const auto number = number_said(stage);
  if (number && *number >= 1 && static_cast<std::size_t>(*number) <= options.size()) return &options[static_cast<std::size_t>(*number - 1)];
  const schedule::Settled::Option* found = nullptr;
  for (const auto& option : options) {
    if (said.find(text::fold(option.label)) == std::string::npos) continue;
    if (found != nullptr) return nullptr;
    found = &option;
  }
  return found;
}

bool answer_option(Stage& stage) {
  if (const auto* option = picked(stage)) {
    Settled settled;
    settled.when = option->when;
    settled.also = option->also;
    settled.guesses = option->guesses;
    finish(stage, settled);
    return true;
  }
  const schedule::Found found = schedule::find(stage.event.text, true);
  if (!found.tells_clock() && !found.day && found.zone_word.empty()) return false;
  stage.talk.draft->when = schedule::merged(stage.talk.draft->when, found);
  proceed(stage);
  return true;
}

bool answer_time(Stage& stage) {
  const schedule::Found found = schedule::find(stage.event.text, true);
  if (found.empty()) return false;
  stage.talk.draft->when = schedule::merged(stage.talk.draft->when, found);
  proceed(stage);
  return true;
}

// Where they are not known and they do not say: UTC, said as such.
bool answer_zone(Stage& stage) {
  if (hear_zone(stage)) return true;
  const bool declines = stage.hears(Word::no) || stage.hears(Word::ok);
  if (!declines) return false;
  stage.person.zone = "UTC";
  proceed(stage);
  return true;
}

bool answer_what(Stage& stage) {
  const auto kind = understanding::kind(stage.reading.intent);
  const bool elsewhere =
      kind == understanding::Kind::request && stage.reading.intent != Intent::reminder_set && stage.text.tokens.size() > 4;
  if (elsewhere || stage.reading.intent == Intent::panic) return false;
  const bool nothing = stage.hears(Word::no) || stage.hears(Word::ok) || stage.hears(Word::yes);
  ReminderDraft& draft = *stage.talk.draft;
  draft.text = nothing ? std::string{} : schedule::read_request(stage.event.text).text;
  if (!nothing && draft.text.empty()) draft.text = stage.event.text;
  draft.script = exercise_named(stage, draft.text);
  proceed(stage);
  return true;
}

}  // namespace

std::string new_reminder_id(Stage& stage) {
  std::uint64_t chance = 0;
  for (int i = 0; i < 16; ++i) chance = chance << 4U | stage.throw_dice(16);
  return schedule::reminder_id(stage.moment.now, chance);
}

void set_reminder(Stage& stage, const schedule::Request& request, const std::string& script) {
  ReminderDraft draft;
  draft.text = request.text;
  draft.when = request.when;
  draft.all = request.all && stage.event.group;
  draft.script = script.empty() ? exercise_named(stage, draft.text) : script;
  stage.talk.draft = draft;
  // What is kept of a person is nobody else's; what is for the room is said there.
  stage.private_ = stage.private_ || (stage.event.group && !draft.all);
  proceed(stage);
}

void proceed(Stage& stage) {
  if (!may_set(stage)) return;
  finish(stage, settle_draft(stage));
}

bool answer_draft(Stage& stage) {
  if (!stage.talk.draft) return false;
  const Asked asked = stage.talk.draft->asked;
  const bool was_private = stage.private_;
  stage.private_ = stage.private_ || (stage.event.group && !stage.talk.draft->all);
  const bool anew =
      stage.reading.intent == Intent::reminder_set && !schedule::read_request(stage.event.text).text.empty() && asked != Asked::what;
  bool answered = false;
  if (!anew) {
    switch (asked) {
      case Asked::option: answered = answer_option(stage); break;
      case Asked::time: answered = answer_time(stage); break;
      case Asked::zone: answered = answer_zone(stage); break;
      case Asked::what: answered = answer_what(stage); break;
      case Asked::which:
      case Asked::nothing: break;
    }
  }
  if (answered) return true;
  stage.private_ = was_private;
  stage.talk.draft.reset();
  return false;
}

bool correct_last(Stage& stage) {
  const Reminder* const found = find_reminder(stage, stage.talk.last_set);
  if (stage.talk.last_set.empty() || found == nullptr) return false;
  const bool begins = schedule::corrects(stage.event.text);
  const schedule::Found when = schedule::find(stage.event.text, true);
  constexpr std::size_t few_words = 6;
  if (!schedule::only_time(stage.event.text, when) || (!begins && stage.text.tokens.size() > few_words)) return false;
  ReminderDraft draft;
  draft.changes = found->id;
  draft.text = found->text;
  draft.when = when;
  draft.when.event.clear();
  draft.all = found->all;
  stage.talk.draft = draft;
  stage.private_ = stage.private_ || (stage.event.group && !found->all);
  proceed(stage);
  return true;
}

bool hear_zone(Stage& stage) {
  const bool asked = stage.talk.draft && stage.talk.draft->asked == Asked::zone;
  const auto told = schedule::zone_told(stage.event.text, stage.moment.now, asked);
  if (!told) return false;
  before_change(stage);
  stage.person.zone = told->zone;
  const std::string time = schedule::clock_text(schedule::wall_of(stage.moment.now, told->zone));
  if (asked) {
    proceed(stage);
    return true;
  }
  say_reminder(stage, told->guessed ? "zone_guessed" : "zone_set", {{"zone", told->zone}, {"when", time}});
  offer_move(stage);
  return true;
}

}  // namespace nurturer::dialogue
