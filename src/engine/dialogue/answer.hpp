#pragma once
// Answers to the question that is open: by press, by label, by number, by words, by rating, in free words.

#include <optional>
#include <string>

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// How sure it is that the message answers the open question.
enum class Fit : std::uint8_t {
  none,
  exact,  // the label itself, its number, a rating as a number: nothing else can be meant
  words,  // words that the author gave for a choice or a branch
  free,   // any text answers a free question
};

/// What an open question would make of the message.
struct Fitting {
  Fit fit = Fit::none;
  const Choice* choice = nullptr;
  const Answer* answer = nullptr;
  int rating = -1;
};
[[nodiscard]] Fitting fit(const Stage& stage);

/// The same for the running step when a question in between is open: the step's own question still stands there to be answered. Makes it the
/// open one if the message fits.
Fitting fit_running(Stage& stage);

/// Takes the answer: notes what it tells and follows where it leads.
void take(Stage& stage, const Fitting& fitting);

/// A press, of the open question or of the running step's. False when it is not open now: the caller says so kindly and nothing changes.
bool press(Stage& stage, const std::string& choice);

/// The message asks for the next step ("go on"): the first choice, the way on.
void go_on(Stage& stage);

/// The message is the label of the choice, and nothing else.
[[nodiscard]] bool is_label(const Stage& stage, const Choice& choice);

/// A whole number that is all the message says: "7", "7/10", "seven", "about 7".
[[nodiscard]] std::optional<int> number_said(const Stage& stage);

}  // namespace nurturer::dialogue
