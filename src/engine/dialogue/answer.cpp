#include "engine/dialogue/answer.hpp"

#include <unicode/locid.h>
#include <unicode/rbnf.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "engine/dialogue/consent.hpp"
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
  if (ask.kind != Ask::Kind::rating && number && *number >= 1 && static_cast<std::size_t>(*number) <= ask.choices.size()) {
    return {Fit::exact, &ask.choices[static_cast<std::size_t>(*number - 1)], nullptr, -1};
  }
  for (const Choice& choice : ask.choices) {
    if (stage.hears(choice.words)) return {Fit::words, &choice, nullptr, -1};
  }
  return {};
}

void keep_slot(Stage& stage, const std::string& name) {
  if (name.empty() || name == "before" || name == "after") return;
  auto& slots = stage.talk.slots;
  std::erase_if(slots, [&](const auto& slot) { return slot.first == name; });
  // Free words stay in this talk's memory only; what is too long for a line leaves the slot empty, and the line its replacement.
  constexpr std::size_t longest_slot = 200;
  if (stage.event.text.size() <= longest_slot) slots.emplace_back(name, stage.event.text);
}

void take_rating(Stage& stage, const Ask& ask, int rating) {
  if (ask.keep == "before") stage.talk.before = rating;
  if (ask.keep == "after") stage.talk.after = rating;
  const auto range = std::ranges::find_if(ask.ranges, [&](const RatingRange& r) { return rating <= r.up_to; });
  if (range != ask.ranges.end()) follow(stage, range->go, stage.talk.asking);
}

void take_choice(Stage& stage, const Choice& choice) {
  const Place from = stage.talk.asking;
  if (answer_consent(stage, choice.id)) return;
  if (choice.id == "switch_on.yes") switch_on_pending(stage);
  tell_flags(stage, choice.sets, choice.clears);
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

// Words that may stand around a number which is the whole answer: the list around_number. "No one" and "the second one" are no numbers.
bool stands_around_a_number(const Stage& stage, text::WordId word) {
  const auto list = stage.language.lists().find("around_number");
  if (list == stage.language.lists().end()) return false;
  return std::ranges::any_of(list->second, [word](const auto& entry) { return entry.size() == 1 && entry.front() == word; });
}

}  // namespace

std::optional<int> number_said(const Stage& stage) {
  const text::Text& text = stage.text;
  if (text.tokens.empty() || text.tokens.size() > longest_number_answer) return std::nullopt;
  std::optional<int> found;
  for (const text::Token& token : text.tokens) {
    const bool around = stands_around_a_number(stage, token.id);
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
  for (const Answer& answer : ask->answers) {
    if (stage.hears(std::optional{answer.words})) return {Fit::words, nullptr, &answer, -1};
  }
  if (ask->kind == Ask::Kind::free) return {Fit::free, nullptr, nullptr, -1};
  return {};
}

void take(Stage& stage, const Fitting& fitting) {
  const Ask* ask = open_ask(stage);
  if (ask == nullptr) return;
  stage.talk.not_understood = 0;
  const Place from = stage.talk.asking;
  if (fitting.choice != nullptr) return take_choice(stage, *fitting.choice);
  if (fitting.rating >= 0) return take_rating(stage, *ask, fitting.rating);
  if (ask->kind == Ask::Kind::free) keep_slot(stage, ask->keep);
  if (fitting.answer != nullptr) {
    tell_flags(stage, fitting.answer->sets, {});
    return follow(stage, fitting.answer->go, from);
  }
  follow(stage, ask->go, from);
}

bool press(Stage& stage, const std::string& choice) {
  const Ask* ask = open_ask(stage);
  if (ask == nullptr) return false;
  const auto found = std::ranges::find(ask->choices, choice, &Choice::id);
  if (found == ask->choices.end()) return false;
  stage.talk.not_understood = 0;
  take_choice(stage, *found);
  return true;
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
