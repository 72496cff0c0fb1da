// "What do you know about me": the truth in plain lines.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/own.hpp"
#include "engine/dialogue/speech.hpp"

namespace nurturer::dialogue {
namespace {

// "what to call you: Sam": the words are the steps known_... of `common`.
void add_line(const Stage& stage, std::vector<std::string>& known, const char* step, const std::string& value) {
  const Step* wording = stage.library.find({"common", step});
  if (value.empty() || wording == nullptr) return;
  std::string line = wording->say.front();
  const std::string slot = "{known}";
  if (const auto at = line.find(slot); at != std::string::npos) line.replace(at, slot.size(), value);
  known.push_back(std::move(line));
}

// As many lines together as a message may hold.
std::vector<std::string> in_messages(const std::vector<std::string>& lines) {
  constexpr std::size_t longest = 600;
  std::vector<std::string> messages;
  for (const std::string& line : lines) {
    if (line.empty()) continue;
    if (messages.empty() || messages.back().size() + line.size() > longest) {
      messages.push_back(line);
    } else {
      messages.back().append("\n").append(line);
    }
  }
  return messages;
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

// "1 December".
std::string date_in_words(Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  constexpr std::array<std::string_view, 12> months{"January", "February", "March",     "April",   "May",      "June",
                                                    "July",    "August",   "September", "October", "November", "December"};
  return std::to_string(static_cast<unsigned>(day.day())) + " " + std::string(months.at(static_cast<unsigned>(day.month()) - 1));
}

}  // namespace

void what_do_you_know(Stage& stage) {
  stage.private_ = true;
  const Person& person = stage.person;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < own_count; ++i) known.push_back(own_in_words(stage, static_cast<Own>(i)));
  add_line(stage, known, "known_country", person.region.empty() ? "" : country_name(person.region));
  add_line(stage, known, "known_zone", person.zone);
  add_line(stage, known, "known_body", flags_in_words(person.flags));
  add_line(stage, known, "known_off", scripts_in_words(stage));
  add_line(stage, known, "known_gentle", stage.moment.now < person.gentle_until ? date_in_words(person.gentle_until) : "");
  add_line(stage, known, "known_ratings", person.rated.empty() ? "" : std::to_string(person.rated.size()));
  const bool kept = person.setup == Consent::yes || person.ratings == Consent::yes;
  std::vector<std::string> messages = in_messages(known);
  if (messages.empty() && !kept) return say_common(stage, "known_nothing");
  if (messages.empty()) messages.push_back(words_of(stage, "known_consent"));
  say_filled(stage, "known", {{"known", messages.front()}, {"kept", words_of(stage, kept ? "kept_long" : "kept_this_talk")}});
  for (std::size_t i = 1; i < messages.size() && stage.messages < longest_answer; ++i) say_filled(stage, "known_more", {{"known", messages[i]}});
}

}  // namespace nurturer::dialogue
