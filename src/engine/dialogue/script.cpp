#include "engine/dialogue/script.hpp"

#include <algorithm>
#include <array>

namespace nurturer::dialogue {
namespace {

constexpr std::array<std::string_view, word_count> word_names{"stop",
                                                              "help",
                                                              "exit",
                                                              "why",
                                                              "back",
                                                              "again",
                                                              "go_on",
                                                              "slower",
                                                              "shorter",
                                                              "something_else",
                                                              "not_helping",
                                                              "remember_me",
                                                              "dont_remember_me",
                                                              "what_do_you_know",
                                                              "export_my_data",
                                                              "forget_me",
                                                              "quiet",
                                                              "reminders",
                                                              "undo",
                                                              "yes",
                                                              "no",
                                                              "ok",
                                                              "safe_now",
                                                              "not_meant",
                                                              "not_that",
                                                              "switch_on",
                                                              "sos",
                                                              "dont_know",
                                                              "alarm",
                                                              "bye"};

constexpr std::array<std::string_view, 41> common_steps{"disclosure",
                                                        "not_understood_1",
                                                        "not_understood_2",
                                                        "not_understood_3",
                                                        "again_choices",
                                                        "again_rating",
                                                        "switch_offer",
                                                        "offer_running",
                                                        "pick_up",
                                                        "what_else",
                                                        "stopped",
                                                        "stopped_nothing",
                                                        "nothing_back",
                                                        "nothing_again",
                                                        "nothing_running",
                                                        "ok",
                                                        "slower",
                                                        "shorter",
                                                        "not_helping",
                                                        "consent_setup",
                                                        "consent_ratings",
                                                        "consent_yes",
                                                        "consent_no",
                                                        "remembered",
                                                        "not_remembered",
                                                        "known",
                                                        "known_nothing",
                                                        "export_done",
                                                        "export_nothing",
                                                        "forgotten",
                                                        "quiet_on",
                                                        "undone",
                                                        "undo_nothing",
                                                        "region_set",
                                                        "region_unknown_country",
                                                        "text_only",
                                                        "not_kept",
                                                        "too_long",
                                                        "old_press",
                                                        "why_nothing",
                                                        "feeling_heard"};

constexpr auto more_common_steps = std::to_array<std::string_view>({"stuck",
                                                                    "heard_alarm",
                                                                    "heard_waiting",
                                                                    "heard_harsh",
                                                                    "heard_far",
                                                                    "heard_unfair",
                                                                    "heard_heavy",
                                                                    "heard_lighter",
                                                                    "heard_question",
                                                                    "heard_plain",
                                                                    "dont_know",
                                                                    "left_out",
                                                                    "pick_for_you",
                                                                    "listen_on",
                                                                    "person",
                                                                    "switched_off_private",
                                                                    "not_forgotten",
                                                                    "flag_noted",
                                                                    "hours_vary",
                                                                    "line_emergency",
                                                                    "line_police",
                                                                    "lines_elsewhere",
                                                                    "lines_anywhere",
                                                                    "ask_country",
                                                                    "lines_other_country",
                                                                    "number_unknown",
                                                                    "line_unknown",
                                                                    "known_country",
                                                                    "known_zone",
                                                                    "known_body",
                                                                    "known_off",
                                                                    "known_ratings",
                                                                    "known_consent",
                                                                    "kept_long",
                                                                    "kept_this_talk",
                                                                    "switched_on",
                                                                    "stranger_press",
                                                                    "was_not_reachable",
                                                                    "no_exercise_now",
                                                                    "card_instead",
                                                                    "switched_off",
                                                                    "room_heavy",
                                                                    "too_fast",
                                                                    "shut_out",
                                                                    "which_country",
                                                                    "sos",
                                                                    "loop_seen",
                                                                    "second_topic",
                                                                    "joined",
                                                                    "read_sign",
                                                                    "turn_over"});

// And for each thing of a person's own world its name, and the line that tells it: thing_safe_place, known_safe_place.
constexpr std::array<std::string_view, 7> own_steps{"own_told",  "own_shown",  "own_forgotten", "own_unknown",
                                                    "flag_gone", "known_more", "known_gentle"};

constexpr std::array<std::string_view, 61> reminder_steps{
    "set_once",     "set_series", "set_notes",      "changed",         "kept",          "kept_short", "kept_room",     "guess_half",
    "guess_time",   "guess_day",  "guess_daytime",  "guess_week",      "guess_year",    "ask_what",   "ask_when",      "ask_event",
    "ask_new_time", "ask_zone",   "ask_which_zone", "ask_half",        "ask_date",      "ask_which",  "ask_move",      "over",
    "too_far",      "too_often",  "no_such_day",    "room_permission", "not_possible",  "too_many",   "too_long",      "none",
    "no_words",     "list",       "list_more",      "list_rest",       "paused_mark",   "cancelled",  "cancelled_all", "paused",
    "paused_all",   "resumed",    "resumed_all",    "skipped",         "skipped_all",   "put_off",    "snoozed",       "done",
    "shown",        "fired",      "fired_bare",     "fired_discreet",  "fired_room",    "late",       "missed",        "moved",
    "not_moved",    "zone_set",   "zone_guessed",   "imported",        "import_nothing"};

constexpr auto checkin_steps = std::to_array<std::string_view>({"none_private",
                                                                "title_affirmation",
                                                                "title_question",
                                                                "title_moment",
                                                                "title_reflection",
                                                                "open",
                                                                "first",
                                                                "read",
                                                                "in_private",
                                                                "offer",
                                                                "open_private",
                                                                "mine_end",
                                                                "rate",
                                                                "off_private",
                                                                "on",
                                                                "plan",
                                                                "quiet_note",
                                                                "guess_time",
                                                                "off",
                                                                "none",
                                                                "permission",
                                                                "ask_when",
                                                                "ask_days",
                                                                "ask_zone",
                                                                "zone_set",
                                                                "too_often",
                                                                "left_out",
                                                                "counted_in",
                                                                "own_how",
                                                                "own_long",
                                                                "own_link",
                                                                "own_many",
                                                                "own_added",
                                                                "own_list",
                                                                "own_none",
                                                                "own_which",
                                                                "own_dropped",
                                                                "reads_not",
                                                                "reads_along",
                                                                "words",
                                                                "kinds"});
constexpr auto checkin_lines_steps = std::to_array<std::string_view>({"affirmation", "question", "moment", "reflection"});
constexpr auto for_two_steps = std::to_array<std::string_view>(
    {"who",          "busy",      "how_long",       "why",        "asked",      "not_together", "ask",
     "ask_time_out", "ask_off",   "first_off",      "thanks",     "not_now",    "stepped_back", "stopped_apart",
     "stopped",      "time",      "lapsed",         "propose",    "begun",      "joined",       "longer",
     "longer_once",  "one_back",  "back_noted",     "back_alone", "both_back",  "over",         "call",
     "speak",        "say_back",  "say_back_again", "more",       "speak_more", "makes_sense",  "listening_end",
     "glad",         "glad_more", "hurt",           "heard",      "side",       "team_end",     "words"});
constexpr auto time_out_steps = std::to_array<std::string_view>({"start", "apart", "leave", "no_longer", "too_long", "over", "together"});

constexpr std::array<std::string_view, 5> safety_intents{"medical_emergency", "crisis_suicide", "crisis_self_harm", "crisis_harm_others",
                                                         "crisis_abuse"};

}  // namespace

std::string_view name(Word word) noexcept { return word_names[static_cast<std::size_t>(word)]; }

std::optional<Word> word_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(word_names, name);
  if (found == word_names.end()) return std::nullopt;
  return static_cast<Word>(found - word_names.begin());
}

const Step* Script::find(std::string_view step) const noexcept {
  const auto found = std::ranges::find(steps, step, &Step::id);
  return found == steps.end() ? nullptr : &*found;
}

const Script* Library::find_script(std::string_view id) const noexcept {
  const auto found = std::ranges::find(scripts, id, &Script::id);
  return found == scripts.end() ? nullptr : &*found;
}

const Script* Library::script_of(Intent intent) const noexcept {
  for (const Script& script : scripts) {
    if (std::ranges::find(script.intents, intent) != script.intents.end()) return &script;
  }
  return nullptr;
}

const Script* Library::script_named_by(PhraseId phrase) const noexcept {
  const auto found = std::ranges::find(scripts, std::optional{phrase}, &Script::names);
  return found == scripts.end() ? nullptr : &*found;
}

const Script* Library::script_asked_for(const std::vector<PhraseId>& said) const noexcept {
  const auto asked = [&](const std::optional<PhraseId>& phrase) { return phrase && std::ranges::binary_search(said, *phrase); };
  for (const auto by : {&Script::names, &Script::phrases}) {
    for (const Script& script : scripts) {
      if (asked(script.*by)) return &script;
    }
  }
  return nullptr;
}

const Step* Library::find(const Place& place) const noexcept {
  const Script* script = find_script(place.script);
  return script == nullptr ? nullptr : script->find(place.step);
}

const Region* Library::find_region(std::string_view code) const noexcept {
  const auto found = std::ranges::find(regions, code, &Region::code);
  return found == regions.end() ? nullptr : &*found;
}

const std::vector<Place>& steps_that_the_engine_needs() {
  static const std::vector<Place> needed = [] {
    std::vector<Place> places;
    for (const auto step : common_steps) places.push_back({"common", std::string(step)});
    for (const auto step : more_common_steps) places.push_back({"common", std::string(step)});
    for (const auto step : own_steps) places.push_back({"common", std::string(step)});
    for (std::size_t i = 0; i < own_count; ++i) {
      for (const auto* prefix : {"known_", "thing_"}) places.push_back({"common", prefix + std::string(name(static_cast<Own>(i)))});
    }
    for (const auto step : reminder_steps) places.push_back({"reminders", std::string(step)});
    for (const auto step : checkin_steps) places.push_back({"checkin", std::string(step)});
    for (const auto step : checkin_lines_steps) places.push_back({"checkin_lines", std::string(step)});
    for (const auto step : for_two_steps) places.push_back({"for_two", std::string(step)});
    for (const auto step : time_out_steps) places.push_back({"time_out", std::string(step)});
    for (const auto intent : safety_intents) {
      places.push_back({"safety.concern", std::string(intent)});
      for (const auto* step : {"start", "emergency", "other", "minor", "stay", "safe_end", "not_meant_end"}) {
        places.push_back({"safety." + std::string(intent), step});
      }
    }
    return places;
  }();
  return needed;
}

}  // namespace nurturer::dialogue
