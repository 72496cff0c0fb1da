// "What do you know about me": the truth in plain lines.
#include <algorithm>
#include <string>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/speech.hpp"

namespace nurturer::dialogue {
namespace {

void add_line(std::string& known, const std::string& what, const std::string& value) {
  if (value.empty()) return;
  if (!known.empty()) known += '\n';
  known += what + ": " + value;
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
  add_line(known, "what to call you", person.call_me);
  add_line(known, "country", person.region.empty() ? "" : country_name(person.region));
  add_line(known, "time zone", person.zone);
  add_line(known, "your body", flags_in_words(person.flags));
  add_line(known, "switched off", scripts_in_words(stage));
  if (!person.rated.empty()) add_line(known, "ratings before and after", std::to_string(person.rated.size()));
  const bool kept = person.setup == Consent::yes || person.ratings == Consent::yes;
  if (known.empty() && !kept) return say_common(stage, "known_nothing");
  if (known.empty()) known = "only that you said I may remember you";
  say_filled(stage, "known", {{"known", known}, {"kept", kept ? "kept until you say forget me" : "only in this talk, then gone"}});
}

}  // namespace nurturer::dialogue
