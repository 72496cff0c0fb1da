#include "engine/dialogue/answer.hpp"

#include <unicode/locid.h>
#include <unicode/rbnf.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "engine/dialogue/checkin.hpp"
#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/denial.hpp"
#include "engine/dialogue/for_two.hpp"
#include "engine/dialogue/one_phone.hpp"
#include "engine/dialogue/own.hpp"
#include "engine/dialogue/reminders.hpp"
#include "engine/dialogue/slots.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"

namespace nurturer::dialogue {
namespace {

constexpr std::size_t longest_number_answer = 8;  // words: "i'd say about a 7"

std::string_view folded(const text::Text& text, const text::Token& token) {
  return std::string_view(text.folded).substr(token.folded.begin, token.folded.end - token.folded.begin);
}

std::optional<int> spelled(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::RuleBasedNumberFormat speller(icu::URBNF_SPELLOUT, icu::Locale::getEnglish(), status);
  if (U_FAILURE(status) != 0) return std::nullopt;
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int32_t>(word.size())));
  icu::Formattable result;
  icu::ParsePosition position(0);
  speller.parse(wide, result, position);
  if (position.getIndex() != wide.length() || result.getType() != icu::Formattable::kLong) return std::nullopt;
  return result.getLong();
}

std::optional<int> digits(std::string_view word) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || value < 0) return std::nullopt;
  const std::string_view rest(end, static_cast<std::size_t>(word.data() + word.size() - end));
  if (rest.empty() || rest == "/10") return value;
  return std::nullopt;
}

const Ask* open_ask(const Stage& stage) {
  const Step* step = stage.library.find(stage.talk.asking);
  return step == nullptr || step->ask.kind == Ask::Kind::none ? nullptr : &step->ask;
}

Fitting fit_choices(const Stage& stage, const Ask& ask) {
  const std::optional<int> number = number_said(stage);
  for (std::size_t i = 0; i < ask.choices.size(); ++i) {
    if (is_label(stage, ask.choices[i])) return {Fit::exact, &ask.choices[i], nullptr, -1};
  }
  if (ask.kind == Ask::Kind::rating && number && *number <= 10) return {Fit::exact, nullptr, nullptr, *number};
  const bool counts = ask.kind != Ask::Kind::rating && stage.text.folded.find('/') == std::string::npos;  // "1/10" is no choice's number
  if (counts && number && *number >= 1 && static_cast<std::size_t>(*number) <= ask.choices.size()) {
    return {Fit::exact, &ask.choices[static_cast<std::size_t>(*number - 1)], nullptr, -1};
  }
  return {};
}

// By an author's words. What is said by denying goes first: "nothing fits" is the choice for that, not the one for "it fits".
Fitting fit_words(const Stage& stage, const Ask& ask) {
  const Denial denial(stage);
  for (const bool denying : {true, false}) {
    const auto says = [&](PhraseId phrase) { return denying ? denial.says_by_denying(phrase) : denial.says_plainly(phrase); };
    for (const Choice& choice : ask.choices) {
      if (choice.words && says(*choice.words)) return {Fit::words, &choice, nullptr, -1};
    }
    for (const Answer& answer : ask.answers) {
      if (answer.words && says(*answer.words)) return {Fit::words, nullptr, &answer, -1};
    }
  }
  return {};
}

// A branch for what the answer means, whatever its words.
const Answer* answer_by_meaning(const Stage& stage, const Ask& ask) {
  const auto found = std::ranges::find_if(
      ask.answers, [&](const Answer& answer) { return std::ranges::find(answer.intents, stage.reading.intent) != answer.intents.end(); });
  return found == ask.answers.end() ? nullptr : &*found;
}

void keep_slot(Stage& stage, const std::string& name) {
  if (name.empty() || name == "before" || name == "after") return;
  auto& slots = stage.talk.slots;
  std::erase_if(slots, [&](const auto& slot) { return slot.first == name; });
  // Free words stay in this talk's memory only. What cannot stand within a line, a question, an "ok" or a whole letter, leaves the slot empty,
  // and the line its replacement.
  constexpr std::size_t longest_name = 40;
  const std::size_t longest_slot =
      name == "one" || name == "other" ? longest_name : 200;                     // the names of two at one phone stand there twice
  constexpr std::size_t short_question = 5;                                      // "am i?", asked back
  const bool marks = stage.event.text.find_first_of("{}") != std::string::npos;  // would read as a slot that nobody filled
  const bool answers = !marks && !stage.hears(Word::ok) && !stage.hears(Word::yes) && !stage.hears(Word::no) &&
                       (!stage.event.text.ends_with('?') || stage.text.tokens.size() > short_question);
  if (answers && stage.event.text.size() <= longest_slot) slots.emplace_back(name, stage.event.text);
}

void take_rating(Stage& stage, const Ask& ask, int rating) {
  rate_check_in(stage, rating);
  if (ask.keep == "before") stage.talk.before = rating;
  if (ask.keep == "after") stage.talk.after = rating;
  if (!ask.keep.empty()) {
    stage.talk.latest = rating;
    stage.talk.loud = rating >= very_loud_from;
  }
  const auto range = std::ranges::find_if(ask.ranges, [&](const RatingRange& r) { return rating <= r.up_to; });
  if (range != ask.ranges.end()) follow(stage, range->go, stage.talk.asking);
}

void take_choice(Stage& stage, const Choice& choice) {
  const Place from = stage.talk.asking;
  if (answer_consent(stage, choice.id) || press_reminder(stage, choice.id) || answer_for_two(stage, choice.id) ||
      answer_check_in(stage, choice.id) || answer_time_out(stage, choice.id)) {
    return;
  }
  if (choice.id == "switch_on.yes") switch_on_pending(stage);
  tell_flags(stage, choice.sets, choice.clears);
  if (choice.state != BodyState::unknown) stage.talk.state = choice.state;
  if (choice.tells) tell_own(stage, *choice.tells, fill(stage, choice.as));
  follow(stage, choice.go, from);
}

// "Go on" where no exercise asks for its next step. It is no answer to a question in between, least of all a yes to what may be kept.
void go_on_beside(Stage& stage, const Script* running) {
  const bool menu = running == nullptr || is_menu(*running);
  if (!menu && stage.talk.asking == stage.talk.at) return say_common(stage, "again_choices");
  if (menu && !stage.talk.set_aside.empty()) leave_script(stage.talk);
  const bool nothing_waits = stage.talk.set_aside.empty() && (menu || stage.talk.at.empty());
  if (nothing_waits && !stage.talk.asking.empty()) return say_common(stage, "again_choices");
  follow(stage, {Go::To::resume, {}}, {});
}

}  // namespace

bool is_label(const Stage& stage, const Choice& choice) {
  std::string said;
  for (const text::Token& token : stage.text.tokens) {
    // Words of one short form share their place in the folded text: once is enough.
    if (!said.empty() && &token != &stage.text.tokens.front() && (&token - 1)->folded == token.folded) continue;
    if (!said.empty()) said += ' ';
    said += folded(stage.text, token);
  }
  return said == text::fold(choice.label);
}

std::optional<int> number_said(const Stage& stage) {
  const text::Text& text = stage.text;
  if (text.tokens.empty() || text.tokens.size() > longest_number_answer) return std::nullopt;
  std::optional<int> found;
  for (const text::Token& token : text.tokens) {
    // "The second one" and "no one" are no numbers.
    const bool around = stage.listed("around_number", token.id);
    std::optional<int> number = digits(folded(text, token));
    if (!number && token.kind == text::TokenKind::word && !around) number = spelled(folded(text, token));
    if (!number && !around) return std::nullopt;
    if (number && found && *number != 10) return std::nullopt;  // "7 out of 10" is 7; "5 6" is no number
    if (number && !found) found = number;
  }
  return found;
}

Fitting fit(const Stage& stage) {
  const Ask* ask = open_ask(stage);
  if (ask == nullptr) return {};
  if (Fitting chosen = fit_choices(stage, *ask); chosen.fit != Fit::none) return chosen;
  if (Fitting worded = fit_words(stage, *ask); worded.fit != Fit::none) return worded;
  if (ask->kind == Ask::Kind::free) return {Fit::free, nullptr, answer_by_meaning(stage, *ask), -1};
  return {};
}

Fitting fit_running(Stage& stage) {
  const Place between = stage.talk.asking;
  if (stage.talk.at.empty() || between == stage.talk.at) return {};
  if (stage.hears(Word::yes) || stage.hears(Word::ok) || stage.hears(Word::no)) return {};  // these answer what was asked last
  stage.talk.asking = stage.talk.at;
  const Fitting fitting = fit(stage);
  if (fitting.fit == Fit::exact || fitting.fit == Fit::words) return fitting;
  stage.talk.asking = between;
  return {};
}

void take(Stage& stage, const Fitting& fitting) {
  const Ask* ask = open_ask(stage);
  if (ask == nullptr) return;
  stage.talk.not_understood = 0;
  const Place from = stage.talk.asking;
  if (fitting.choice != nullptr) return take_choice(stage, *fitting.choice);
  if (fitting.rating >= 0) return take_rating(stage, *ask, fitting.rating);
  if (ask->kind == Ask::Kind::free) {
    keep_slot(stage, ask->keep);
    if (ask->tells) tell_own(stage, *ask->tells, answer_without_lead(stage, *ask->tells));
  }
  if (fitting.answer != nullptr) {
    tell_flags(stage, fitting.answer->sets, {});
    return follow(stage, fitting.answer->go, from);
  }
  follow(stage, ask->go, from);
}

bool press(Stage& stage, const std::string& choice) {
  for (const Place& place : {stage.talk.asking, stage.talk.at}) {
    const Step* step = stage.library.find(place);
    if (step == nullptr) continue;
    const auto found = std::ranges::find(step->ask.choices, choice, &Choice::id);
    if (found == step->ask.choices.end()) continue;
    stage.talk.asking = place;
    stage.talk.not_understood = 0;
    take_choice(stage, *found);
    return true;
  }
  return false;
}

void go_on(Stage& stage) {
  const Talk& talk = stage.talk;
  const Ask* ask = open_ask(stage);
  const Script* running = stage.library.find_script(talk.at.script);
  if (ask == nullptr || talk.asking != talk.at || !running->card) return go_on_beside(stage, running);
  const Place from = talk.asking;
  if (ask->kind == Ask::Kind::free) return follow(stage, ask->go, from);
  if (ask->kind == Ask::Kind::rating && ask->choices.empty()) return say_common(stage, "again_rating");
  // "Go on" is no answer to a question about the body.
  const Step* step = stage.library.find(from);
  const Choice& first = ask->choices.front();
  if (!step->checks.empty() || !first.sets.empty() || !first.clears.empty()) return say_common(stage, "again_choices");
  take_choice(stage, first);
}

}  // namespace nurturer::dialogue
