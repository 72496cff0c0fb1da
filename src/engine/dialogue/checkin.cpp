#include "engine/dialogue/checkin.hpp"

#include <algorithm>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/checkin_set.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/reminder_set.hpp"
#include "engine/dialogue/room_speech.hpp"
#include "engine/dialogue/rotation.hpp"
#include "engine/dialogue/walk.hpp"
#include "engine/schedule/say.hpp"

namespace nurturer::dialogue {
namespace {

using schedule::Reminder;
using understanding::Kind;

constexpr std::chrono::hours open_for{24};
constexpr std::uint32_t own_every = 3;  // so many lines, and one of them is the group's own

Place at(std::string step) { return {checkin_script, std::move(step)}; }
Place lines_of(Kindness kind) { return {"checkin_lines", std::string(name(kind))}; }

bool is_open(const Stage& stage) {
  const CheckIns& check_ins = stage.room->check_ins;
  return !check_ins.open.empty() && stage.moment.now - check_ins.opened < open_for;
}

// "every weekday": the day on the room's wall.
bool is_quiet(const CheckIns& check_ins, Kindness kind, Time time) {
  if (kind == Kindness::reflection) return false;
  const auto day =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{schedule::wall_of(time, check_ins.zone).time_since_epoch()});
  return (check_ins.quiet_days >> std::chrono::weekday{day}.c_encoding() & 1U) != 0;
}

std::string next_line(Stage& stage, Kindness kind) {
  CheckIns& check_ins = stage.room->check_ins;
  if (!check_ins.own.empty() && kind != Kindness::reflection && check_ins.number % own_every == own_every - 1) {
    return check_ins.own[line_of_turn(check_ins.seed, check_ins.own_said++, check_ins.own.size())];
  }
  const Step* step = stage.library.find(lines_of(kind));
  if (step == nullptr || step->say.empty()) return {};
  const std::uint32_t turn = check_ins.said[static_cast<std::size_t>(kind)]++;
  return step->say[line_of_turn(check_ins.seed + static_cast<std::uint64_t>(kind), turn, step->say.size())];
}

void say_check_in(Stage& stage, Kindness kind) {
  CheckIns& check_ins = stage.room->check_ins;
  const std::string line = next_line(stage, kind);
  if (line.empty()) return;
  ++check_ins.number;
  check_ins.opened = stage.moment.now;
  stage.room->acknowledged.clear();
  const Place open = at("open");
  std::string text = room_words(stage, check_ins.number == 1 ? at("first") : open, {{"text", line}});
  stage.effects.emplace_back(
      Say{std::move(text), room_choices(stage, open, std::to_string(check_ins.number)), std::chrono::seconds{0}, open, false, true, true});
}

// In private: not who they are nor what they wrote, only that there is a place for it.
void open_private(Stage& stage, std::string_view step, const std::string& pending) {
  stage.effects.emplace_back(Whisper{stage.event.from, stage.room->name, at(std::string(step)), {}, pending});
}

void answer_choice(Stage& stage, std::string_view choice) {
  stage.traceless = true;
  if (choice == "checkin.private") open_private(stage, "in_private", {});
}

// Something was written under the check-in. It is read, a sign of that is left, and what it holds is nobody else's.
void take_written(Stage& stage) {
  stage.traceless = true;
  if (is_left_out(stage)) return;
  auto& acknowledged = stage.room->acknowledged;
  if (stage.around.reacts) {
    stage.effects.emplace_back(React{});
  } else if (std::ranges::find(acknowledged, stage.event.from) == acknowledged.end()) {
    acknowledged.push_back(stage.event.from);
    say_to_room(stage, at("read"));
  }
  const bool feels = understanding::kind(stage.reading.intent) == Kind::feeling && stage.reading.intent != Intent::feeling_better;
  if (!feels && stage.reading.flags.empty()) return;
  const Script* script = feels ? stage.library.script_of(stage.reading.intent) : nullptr;
  open_private(stage, "offer", script == nullptr ? "just_listen" : script->id);
}

// Spoken to while a check-in stands there, with nothing asked and no word that means something else.
bool is_written(const Stage& stage) {
  if (!is_open(stage)) return false;
  if (stage.event.reply_to == stage.room->check_ins.open) return true;
  if (!stage.event.reply_to.empty() || !stage.talk.at.empty() || !stage.talk.asking.empty()) return false;
  const bool word = std::ranges::any_of(stage.library.words, [&](const auto& phrase) { return stage.hears(phrase); });
  const bool named = stage.library.script_asked_for(stage.phrases) != nullptr;
  return !word && !named && understanding::kind(stage.reading.intent) == Kind::feeling;
}

void leave_out(Stage& stage, bool out) {
  auto& rooms = stage.person.left_out;
  before_change(stage);
  std::erase(rooms, stage.event.room);
  if (out) rooms.push_back(stage.event.room);
  say_apart(stage, at(out ? "left_out" : "counted_in"));
}

bool is_on(const Stage& stage) { return !stage.room->check_ins.times.empty(); }

}  // namespace

bool is_left_out(const Stage& stage) { return std::ranges::find(stage.person.left_out, stage.event.room) != stage.person.left_out.end(); }

bool hear_check_in(Stage& stage) {
  if (is_open(stage) && stage.event.reply_to == stage.room->check_ins.open) {
    if (const Choice* choice = choice_said(stage, at("open"), false)) {
      answer_choice(stage, choice->id);
      return true;
    }
  }
  const std::string word = word_said(stage, "words");
  if (word == "leave_me_out" || word == "count_me_in") {
    leave_out(stage, word == "leave_me_out");
    return true;
  }
  if (set_check_in(stage, word)) return true;
  if (!is_on(stage) || !is_written(stage)) return false;
  take_written(stage);
  return true;
}

bool press_check_in(Stage& stage) {
  const std::string& press = stage.event.press;
  if (!press.starts_with("checkin.")) return false;
  const std::size_t dot = press.rfind('.');
  const std::string choice = press.substr(0, dot);
  const Step* step = stage.library.find(at("open"));
  if (step == nullptr || std::ranges::find(step->ask.choices, choice, &Choice::id) == step->ask.choices.end()) return false;
  if (!is_open(stage) || press.substr(dot + 1) != std::to_string(stage.room->check_ins.number)) {
    refuse_press(stage, true);
    return true;
  }
  answer_choice(stage, choice);
  return true;
}

bool overhear_check_in(Stage& stage) {
  if (!is_open(stage) || !stage.talk.asking.empty()) return false;
  const Step* step = stage.library.find(at("open"));
  if (step == nullptr) return false;
  const auto found = std::ranges::find_if(step->ask.choices, [&](const Choice& choice) { return is_label(stage, choice); });
  if (found == step->ask.choices.end()) return false;
  answer_choice(stage, found->id);
  return true;
}

void due_check_ins(Stage& stage) {
  CheckIns& check_ins = stage.room->check_ins;
  std::optional<Kindness> comes;
  std::vector<Reminder> after;
  for (const Reminder& time : check_ins.times) {
    if (time.due > stage.moment.now) {
      after.push_back(time);
      continue;
    }
    const schedule::Firing firing = schedule::fire(time, stage.moment.now);
    if (firing.after && firing.after->state == Reminder::State::waiting) after.push_back(*firing.after);
    const Kindness kind = kindness_named(time.script).value_or(Kindness::affirmation);
    const bool said = firing.how == schedule::Firing::How::say || firing.how == schedule::Firing::How::say_late;
    if (said && !is_quiet(check_ins, kind, firing.at)) comes = kind;
  }
  check_ins.times = std::move(after);
  if (comes) say_check_in(stage, *comes);  // one, also when two fall on the same minute
}

bool hear_private_check_in(Stage& stage) {
  const Intent intent = stage.reading.intent;
  const std::string word = word_said(stage, "words");
  const bool off = intent == Intent::checkin_off || word == "off";
  // "Weekly reflection" alone asks for it now; with a time it is to come.
  const bool told_time = word == "on" && schedule::find(stage.event.text).tells_clock();
  const bool on = !off && (intent == Intent::checkin_on || told_time);
  if (!on && !off) return false;
  if (on) {
    const Kindness kind = kind_said(stage);
    schedule::Request request;
    request.when = series_said(stage, kind);
    request.text = room_words(stage, at("title_" + std::string(name(kind))));
    before_change(stage);
    std::erase_if(stage.person.reminders, [&](const Reminder& r) { return r.script == checkin_script && r.text == request.text; });
    set_reminder(stage, request, checkin_script);
    return true;
  }
  const auto is_one = [](const Reminder& reminder) { return reminder.script == checkin_script; };
  const bool any = std::ranges::any_of(stage.person.reminders, is_one);
  if (any) before_change(stage);
  std::erase_if(stage.person.reminders, is_one);
  say_there(stage, at(any ? "off_private" : "none_private"));
  return true;
}

bool answer_check_in(Stage& stage, const std::string& choice) {
  if (choice != "checkin.mine.here" && choice != "checkin.mine.breath") return false;
  stage.talk.asking = stage.talk.at;
  if (stage.person.ratings == Consent::yes)
    show(stage, at("rate"));
  else
    say_there(stage, at("mine_end"));
  return true;
}

void rate_check_in(Stage& stage, int rating) {
  if (stage.talk.asking != at("rate") || stage.person.ratings != Consent::yes) return;
  stage.person.rated.push_back({stage.moment.now, checkin_script, rating, -1});
}

std::string private_line(const Stage& stage, const Reminder& reminder) {
  Stage copy = stage;
  Kindness kind = Kindness::affirmation;
  for (std::size_t i = 0; i < kindness_count; ++i) {
    const auto other = static_cast<Kindness>(i);
    if (room_words(copy, at("title_" + std::string(name(other)))) == reminder.text) kind = other;
  }
  const Step* step = stage.library.find(lines_of(kind));
  if (step == nullptr || step->say.empty()) return {};
  std::uint64_t seed = 0;
  for (const char letter : reminder.id) seed = mixed(seed + static_cast<unsigned char>(letter));
  return step->say[line_of_turn(seed, static_cast<std::size_t>(reminder.said), step->say.size())];
}

}  // namespace nurturer::dialogue
