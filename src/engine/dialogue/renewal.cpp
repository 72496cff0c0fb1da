#include "engine/dialogue/renewal.hpp"

#include <utility>

#include "engine/dialogue/safety.hpp"

namespace nurturer::dialogue {
namespace {

// What was asked to be kept without more: reminders, the zone that they need, and rooms in which they do not want to be spoken to.
Person only_asked_for(Person& person) {
  Person kept;
  kept.left_out = std::move(person.left_out);
  if (person.reminders.empty()) return kept;
  kept.reminders = std::move(person.reminders);
  kept.zone = person.zone;
  kept.discreet = person.discreet;
  return kept;
}

}  // namespace

void begin_talk(Talk& talk, Person& person, Time now) {
  if (talk.open() && now - talk.last_heard < talk_lasts) {
    talk.last_heard = now;
    return;
  }
  Talk fresh;
  fresh.started = fresh.last_heard = now;
  fresh.worries = talk.worries;
  fresh.crisis = talk.crisis;
  fresh.crisis_unresolved = talk.crisis_unresolved;
  if (is_safety(talk.at.script)) {
    fresh.at = talk.at;
    fresh.asking = talk.asking;
    fresh.set_aside = talk.set_aside;
  } else {
    fresh.set_aside = talk.at.empty() ? talk.set_aside : talk.at;
  }
  if (talk.crisis) {
    // While it lasts, what decides about numbers and exercises lasts too: the country, being a child, the heart.
    fresh.flags = talk.flags;
    fresh.cleared = talk.cleared;
    fresh.heart_checked = talk.heart_checked;
  } else if (talk.open() && person.setup != Consent::yes) {
    person = only_asked_for(person);
  }
  talk = std::move(fresh);
}

}  // namespace nurturer::dialogue
