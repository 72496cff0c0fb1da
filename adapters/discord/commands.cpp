#include "adapters/discord/commands.hpp"

#include <algorithm>
#include <utility>

#include "adapters/discord/requests.hpp"
#include "adapters/discord/split.hpp"

namespace nurturer::discord {
namespace {

constexpr std::size_t most_choices = 25;
constexpr const char* write_choice = "~write";
constexpr const char* wrote_choice = "~wrote";
constexpr const char* remind_form = "~remind";
constexpr const char* message_command_name = "Help me with this";

enum OptionType { sub_command = 1, text_option = 3, whole_number = 4, user = 6 };

Json option_of(OptionType type, const char* name, const char* description) {
  return {{"type", type}, {"name", name}, {"description", description}, {"required", false}};
}

Json command(const char* name, const char* description, Json options = Json::array()) {
  Json json{{"name", name}, {"type", 1}, {"description", description}, {"integration_types", {0, 1}}, {"contexts", {0, 1, 2}}};
  if (!options.empty()) json["options"] = std::move(options);
  return json;
}

Json exercise_option(const std::vector<channel::Choice>& exercises) {
  Json option = option_of(text_option, "with", "What it is about");
  if (exercises.size() > most_choices) {
    option["autocomplete"] = true;
    return option;
  }
  Json choices = Json::array();
  for (const auto& [id, label] : proposals(exercises, {})) choices.push_back({{"name", label}, {"value", id}});
  if (!choices.empty()) option["choices"] = std::move(choices);
  return option;
}

Json my_data() {
  Json options = Json::array();
  options.push_back({{"type", sub_command}, {"name", "show"}, {"description", "What is kept about you"}});
  options.push_back({{"type", sub_command}, {"name", "export"}, {"description", "A file of all that is kept about you"}});
  options.push_back({{"type", sub_command}, {"name", "forget"}, {"description", "Delete all that is kept about you"}});
  return options;
}

Json text_field(const char* id, const char* label, int style, const std::string& value) {
  Json input{{"type", 4}, {"custom_id", id}, {"style", style}, {"required", true}, {"max_length", style == 2 ? 4'000 : 200}};
  if (!value.empty() && length(value) <= 200) input["value"] = value;
  return {{"type", 18}, {"label", label}, {"component", std::move(input)}};
}

Json form(const std::string& custom_id, const char* title, Json fields) {
  return {{"custom_id", custom_id}, {"title", title}, {"components", std::move(fields)}};
}

std::string id_for(const std::string& who, const char* choice) { return "n1:" + who + ":" + choice; }

std::string reminder_text(const std::string& what, const std::string& when) { return "remind me to " + what + " " + when; }

Meaning remind(const Interaction& interaction) {
  const std::string what = option(interaction, "what");
  const std::string when = option(interaction, "when");
  if (!what.empty() && !when.empty()) return {reminder_text(what, when), {}, {}};
  Json fields = Json::array(
      {text_field("what", "What shall I remind you of?", 1, what), text_field("when", "When? (tomorrow at 8, every monday ...)", 1, when)});
  return {{}, {}, form(id_for(interaction.user, remind_form), "A reminder", std::move(fields))};
}

std::string my_data_text(const Interaction& interaction) {
  const std::string what = option(interaction, "");
  if (what == "export") return "export my data";
  if (what == "forget") return "forget me";
  return "what do you know";
}

std::string check_in(const Interaction& interaction) {
  const std::string when = option(interaction, "when");
  return when.empty() ? "check in" : "check in " + when;
}

std::string break_for_two(const Interaction& interaction) {
  const std::string minutes = option(interaction, "minutes");
  const std::string with = option(interaction, "with");
  return "i need a break" + (minutes.empty() ? std::string{} : " for " + minutes + " minutes") +
         (with.empty() ? std::string{} : " @" + with);
}

std::optional<Meaning> of_command(const Interaction& interaction) {
  static constexpr std::pair<std::string_view, const char*> plain_words[] = {
      {"sos", "/sos"}, {"breathe", "/breathing"}, {"affirm", "/affirmation"}, {"safe-place", "/safe_place"}, {"reminders", "reminders"},
      {"help", "help"}};
  const auto* found = std::ranges::find(plain_words, interaction.command, &std::pair<std::string_view, const char*>::first);
  if (found != std::end(plain_words)) return Meaning{found->second, {}, {}};
  if (interaction.command == "soothe") {
    const std::string with = option(interaction, "with");
    return Meaning{with.empty() ? "help" : with, {}, {}};
  }
  if (interaction.command == "remind") return remind(interaction);
  if (interaction.command == "checkin") return Meaning{check_in(interaction), {}, {}};
  if (interaction.command == "break-for-two") return Meaning{break_for_two(interaction), {}, {}};
  if (interaction.command == "my-data") return Meaning{my_data_text(interaction), {}, {}};
  return std::nullopt;
}

std::optional<Meaning> of_component(const Interaction& interaction) {
  const auto pressed = read_custom_id(interaction.custom_id, interaction.values);
  if (!pressed) return std::nullopt;
  if (!pressed->for_user.empty() && pressed->for_user != interaction.user) return Meaning{{}, "~" + pressed->choice, {}};
  if (pressed->choice != write_choice) return Meaning{{}, pressed->choice, {}};
  Json fields = Json::array({text_field("text", "In your own words", 2, {})});
  return Meaning{{}, {}, form(id_for(interaction.user, wrote_choice), "Write to me", std::move(fields))};
}

std::optional<Meaning> of_form(const Interaction& interaction) {
  const auto pressed = read_custom_id(interaction.custom_id, {});
  if (!pressed) return std::nullopt;
  if (pressed->choice == remind_form) return Meaning{reminder_text(option(interaction, "what"), option(interaction, "when")), {}, {}};
  if (pressed->choice == wrote_choice) return Meaning{option(interaction, "text"), {}, {}};
  return std::nullopt;
}

}  // namespace

Json command_definitions(const std::vector<channel::Choice>& exercises) {
  Json when = option_of(text_option, "when", "As \"tomorrow at 8\" or \"every monday at 18:00\"");
  Json minutes = option_of(whole_number, "minutes", "How long; 20 is good for most");
  minutes["min_value"] = 5;
  minutes["max_value"] = 1440;
  Json all = Json::array();
  all.push_back(command("sos", "Help lines, now. Only you see the answer"));
  all.push_back(command("soothe", "An exercise for what is going on", Json::array({exercise_option(exercises)})));
  all.push_back(command("breathe", "Breathe out longer, together"));
  all.push_back(command("affirm", "A kind sentence that fits"));
  all.push_back(command("safe-place", "Build your safe place, or go there"));
  all.push_back(command("remind", "Be reminded of something that helps",
                        Json::array({option_of(text_option, "what", "What I shall remind you of"), when})));
  all.push_back(command("reminders", "Your reminders"));
  all.push_back(command("checkin", "A gentle check-in, here", Json::array({when})));
  all.push_back(command("break-for-two", "A time-out for two, with a time to return",
                        Json::array({minutes, option_of(user, "with", "The other person")})));
  all.push_back(command("my-data", "What is kept about you", my_data()));
  all.push_back(command("help", "What I can do"));
  all.push_back({{"name", message_command_name}, {"type", 3}, {"integration_types", {0, 1}}, {"contexts", {0, 1, 2}}});
  return all;
}

std::string fingerprint(const Json& definitions) { return nonce(dump(definitions), 0); }

std::optional<Meaning> meaning(const Interaction& interaction) {
  switch (interaction.kind) {
    case Interaction::Kind::command: return of_command(interaction);
    case Interaction::Kind::component: return of_component(interaction);
    case Interaction::Kind::modal: return of_form(interaction);
    case Interaction::Kind::message_command: break;
    case Interaction::Kind::proposals:
    case Interaction::Kind::other: return std::nullopt;
  }
  if (interaction.command != message_command_name) return std::nullopt;
  // What somebody else wrote is no word of this person's: the net then speaks of helping them.
  if (interaction.target_author == interaction.user) return Meaning{interaction.target_text, {}, {}};
  return Meaning{"my friend wrote: \"" + interaction.target_text + "\"", {}, {}};
}

std::vector<channel::Choice> proposals(const std::vector<channel::Choice>& exercises, const std::string& typed) {
  const auto lowered = [](const std::string& text) {
    std::string low = text;
    for (char& c : low) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return low;
  };
  std::vector<channel::Choice> found;
  for (const auto& one : exercises) {
    const bool fits = lowered(one.label).find(lowered(typed)) != std::string::npos || one.id.find(lowered(typed)) != std::string::npos;
    const bool written = one.id.size() <= 100 && !one.label.empty() && length(one.label) <= 100;
    if (fits && written && found.size() < most_choices) found.push_back(one);
  }
  return found.empty() && !typed.empty() ? proposals(exercises, {}) : found;
}

Json with_write_button(Json components, const std::string& for_user) {
  const Json button{{"type", 2}, {"style", 1}, {"label", "write to me"}, {"custom_id", id_for(for_user, write_choice)}};
  const bool has_room = !components.empty() && components[0]["components"][0]["type"] == 2 && components[0]["components"].size() < 5;
  if (has_room)
    components[0]["components"].push_back(button);
  else
    components.push_back({{"type", 1}, {"components", Json::array({button})}});
  return components;
}

}  // namespace nurturer::discord
