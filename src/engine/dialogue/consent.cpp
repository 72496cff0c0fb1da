#include "engine/dialogue/consent.hpp"

#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/reminders.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Flag;

constexpr int alarm_from = very_loud_from;  // no moment to ask for anything

// Facts of the body that an exercise must respect next time too. Nothing that tells of violence, of a crisis, or only of tonight.
Flags lasting(Flags told) {
  Flags kept;
  for (const Flag flag : {Flag::heart, Flag::asthma, Flag::pregnant, Flag::eating_disorder, Flag::dissociation, Flag::minor}) {
    if (told.has(flag)) kept.add(flag);
  }
  return kept;
}

bool helped(const Talk& talk) {
  if (talk.after >= alarm_from || (talk.after < 0 && talk.before >= alarm_from)) return false;
  return talk.before < 0 || talk.after < 0 || talk.after < talk.before;
}

bool may_ask(const Stage& stage) {
  if (stage.flags().has(Flag::danger) || stage.flags().has(Flag::punished_no)) return false;
  return stage.around.remembers && !stage.around.store_broken && !stage.event.group && !stage.talk.crisis &&
         !stage.talk.crisis_unresolved && stage.messages < longest_answer;
}

void note_rating(Stage& stage, const std::string& script) {
  Talk& talk = stage.talk;
  if (talk.before >= 0 || talk.after >= 0) {
    talk.last_rating = Rating{stage.moment.now, script, talk.before, talk.after};
    if (stage.person.ratings == Consent::yes) stage.person.rated.push_back(*talk.last_rating);
  }
}

void agree_setup(Stage& stage) {
  stage.person.setup = Consent::yes;
  stage.person.flags.add(lasting(stage.talk.flags));
}

void agree_ratings(Stage& stage) {
  stage.person.ratings = Consent::yes;
  if (stage.talk.last_rating && stage.person.rated.empty()) stage.person.rated.push_back(*stage.talk.last_rating);
}

bool safety_script(const std::string& script) { return script.starts_with("safety."); }

}  // namespace

void after_exercise(Stage& stage, const std::string& script) {
  const Script* ended = stage.library.find_script(script);
  const bool exercise = ended != nullptr && (ended->card || !ended->rows.empty() || !ended->intents.empty()) && !safety_script(script);
  if (!exercise) return;
  note_rating(stage, script);
  const bool good_moment = helped(stage.talk) && (ended->card || !ended->rows.empty() || script == "panic");
  stage.talk.before = -1;
  const int after = stage.talk.after;
  stage.talk.after = -1;
  if (!good_moment || !may_ask(stage)) return;
  if (stage.person.setup == Consent::unknown && !stage.talk.asked_setup) {
    stage.talk.asked_setup = true;
    return interpose(stage, "consent_setup");
  }
  if (after >= 0 && stage.person.ratings == Consent::unknown && !stage.talk.asked_ratings) {
    stage.talk.asked_ratings = true;
    interpose(stage, "consent_ratings");
  }
}

void ask_to_keep(Stage& stage) {
  if (!stage.talk.at.empty() || stage.talk.latest >= alarm_from || !may_ask(stage)) return;
  if (stage.person.setup != Consent::unknown || stage.talk.asked_setup) return;
  stage.talk.asked_setup = true;
  interpose(stage, "consent_setup");
}

bool answer_consent(Stage& stage, const std::string& choice) {
  if (!choice.starts_with("consent.")) return false;
  const bool yes = choice.ends_with(".yes");
  stage.talk.asking = stage.talk.at;
  before_change(stage);
  if (choice.starts_with("consent.setup.")) {
    if (yes) agree_setup(stage);
  } else if (yes) {
    agree_ratings(stage);
  }
  // A no holds for the talk; it is no row in a database, so it is not kept as one.
  say_common(stage, yes ? "consent_yes" : "consent_no");
  return true;
}

void tell_flags(Stage& stage, Flags sets, Flags clears) {
  stage.talk.flags.add(sets);
  stage.talk.cleared.add(clears);
  stage.talk.flags.bits = stage.talk.flags.bits & ~clears.bits;
  stage.talk.cleared.bits = stage.talk.cleared.bits & ~sets.bits;
  if (stage.person.setup == Consent::yes) stage.person.flags.add(lasting(sets));
}

void remember_me(Stage& stage) {
  if (!stage.around.remembers || stage.around.store_broken) return say_common(stage, "not_kept");
  before_change(stage);
  agree_setup(stage);
  agree_ratings(stage);
  say_common(stage, "remembered");
}

void do_not_remember_me(Stage& stage) {
  before_change(stage);
  stage.person.setup = Consent::no;
  stage.person.ratings = Consent::no;
  stage.person.rated.clear();
  stage.talk.asked_setup = stage.talk.asked_ratings = true;
  say_common(stage, "not_remembered");
}

void forget_me(Stage& stage) {
  if (!stage.around.store_broken) stage.effects.emplace_back(Forget{});
  const Time disclosed = stage.talk.disclosed;
  const auto crisis = stage.talk.crisis;
  const Flags flags = crisis ? stage.flags() : Flags{};
  stage.person = {};
  stage.talk = {};
  stage.talk.started = stage.talk.last_heard = stage.moment.now;
  stage.talk.disclosed = disclosed;
  // Of this hour, in memory only: the net does not forget within a talk.
  stage.talk.crisis = crisis;
  stage.talk.flags = flags;
  stage.talk.asked_setup = stage.talk.asked_ratings = true;
  say_common(stage, stage.around.store_broken ? "not_forgotten" : "forgotten");
}

void before_change(Stage& stage) { stage.talk.undo = stage.person; }

void undo(Stage& stage) {
  if (!stage.talk.undo) return say_common(stage, "undo_nothing");
  const Person before = std::move(stage.person);
  stage.person = *stage.talk.undo;
  settle_undone(stage.person, before, stage.moment.now);
  stage.talk.undo.reset();
  say_common(stage, "undone");
}

void switch_on_pending(Stage& stage) {
  before_change(stage);
  std::erase(stage.person.switched_off, stage.talk.pending);
}

void set_place(Stage& stage, const Town& town) {
  before_change(stage);
  stage.person.region = town.region;
  if (!town.zone.empty()) stage.person.zone = town.zone;
  const bool lines = stage.library.find_region(town.region) != nullptr;
  say_filled(stage, lines ? "region_set" : "region_unknown_country", {{"place", country_name(town.region)}, {"kept", ""}});
}

}  // namespace nurturer::dialogue
