// "What do you know about me": the truth in plain lines.
#include <algorithm>
#include <string>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/speech.hpp"

namespace nurturer::dialogue {
namespace {

// "what to call you: Sam": the words are the steps known_... of `common`.
void add_line(const Stage& stage, std::string& known, const char* step, const std::string& value) {
  const Step* wording = stage.library.find({"common", step});
  if (value.empty() || wording == nullptr) return;
  if (!known.empty()) known += '\n';
  std::string line = wording->say.front();
  const std::string slot = "{known}";
  if (const auto at = line.find(slot); at != std::string::npos) line.replace(at, slot.size(), value);
  known += line;
}

std::string words_of(const Stage& stage, const char* step) {
  const Step* wording = stage.library.find({"common", step});
  return wording == nullptr ? std::string{} : wording->say.front();
}

std::string flags_in_words(Flags flags) {
  std::string words;
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    if (!flags.has(*flag)) continue;
    if (!words.empty()) words += ", ";
    words += understanding::name(*flag);
  }
  std::ranges::replace(words, '_', ' ');
  return words;
}

std::string scripts_in_words(const Stage& stage) {
  std::string words;
  for (const std::string& script : stage.person.switched_off) {
    if (!words.empty()) words += ", ";
    words += script;
  }
  std::ranges::replace(words, '_', ' ');
  return words;
}

}  // namespace

void what_do_you_know(Stage& stage) {
  stage.private_ = true;
  const Person& person = stage.person;
  std::string known;
  add_line(stage, known, "known_name", person.call_me);
  add_line(stage, known, "known_country", person.region.empty() ? "" : country_name(person.region));
  add_line(stage, known, "known_zone", person.zone);
  add_line(stage, known, "known_body", flags_in_words(person.flags));
  add_line(stage, known, "known_off", scripts_in_words(stage));
  if (!person.rated.empty()) add_line(stage, known, "known_ratings", std::to_string(person.rated.size()));
  const bool kept = person.setup == Consent::yes || person.ratings == Consent::yes;
  if (known.empty() && !kept) return say_common(stage, "known_nothing");
  if (known.empty()) known = words_of(stage, "known_consent");
  say_filled(stage, "known", {{"known", known}, {"kept", words_of(stage, kept ? "kept_long" : "kept_this_talk")}});
}

}  // namespace nurturer::dialogue
