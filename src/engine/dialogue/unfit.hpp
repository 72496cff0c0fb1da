#pragma once
// What fits nothing that is asked. People in distress do not answer questions: they tell more, they say "no" or "idk". What they say is
// acknowledged and the question put once more in few words; then the script leads on without the answer; then it asks what would be better.

#include "engine/dialogue/stage.hpp"

namespace nurturer::dialogue {

/// The message answers nothing that is open, and leads nowhere else.
void hear_unfit(Stage& stage);

/// "I don't know", "no", "ok" where no words of an author take them: the script leads on without an answer. False if it is none of these,
/// or where they must not be taken for one (a question about the body, a choice between things).
bool hear_short(Stage& stage);

/// Somebody who goes on telling where it was asked what would be better is listened to. False if they do not.
bool listen_on(Stage& stage);

}  // namespace nurturer::dialogue
