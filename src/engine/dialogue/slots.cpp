#include "engine/dialogue/slots.hpp"

#include <algorithm>
#include <array>

#include "engine/dialogue/fitting.hpp"
#include "engine/dialogue/help_lines.hpp"
#include "engine/dialogue/look_back.hpp"

namespace nurturer::dialogue {
namespace {

constexpr std::size_t longest_text = 300;
constexpr std::size_t longest_fixed_text = 700;

std::string region(const Stage& stage) { return region_of(stage.person, stage.event, stage.around); }

std::string title_of(const Script* script) { return script == nullptr ? std::string{} : script->title; }

std::string title_of(const Stage& stage, const std::string& id) { return title_of(stage.library.find_script(id)); }

std::optional<Own> own_slot(std::string_view name) { return name == "name" ? Own::call_me : own_named(name); }

// Of several the newest, or by chance another one.
std::string own_value(const Stage& stage, Own own) {
  const auto all = told(stage.person.world, own);
  if (all.empty()) return {};
  const std::string& value = own == Own::nurturer ? all.front() : all[stage.moment.dice % all.size()];
  return own == Own::believed || own == Own::call_me || own == Own::little_me || own == Own::nurturer_calls ? value : turned(value);
}

// "they", "them", "their" of the partner; always filled.
std::string partner_word(const Stage& stage, std::string_view name) {
  const std::string& told = stage.person.world.partner;
  const std::size_t who = told == "he" ? 0 : told == "she" ? 1 : 2;
  constexpr std::array<std::array<std::string_view, 3>, 3> words{{{"he", "she", "they"}, {"him", "her", "them"}, {"his", "her", "their"}}};
  for (const auto& forms : words) {
    if (forms[2] == name) return std::string(forms.at(who));
  }
  return {};
}

std::string number_slot(const Stage& stage, std::string_view name) {
  using Kind = HelpLine::Kind;
  constexpr std::array<std::pair<std::string_view, Kind>, 4> kinds{
      {{"medical", Kind::medical}, {"police", Kind::police}, {"abuse", Kind::abuse}, {"child", Kind::child}}};
  const auto found = std::ranges::find(kinds, name, &std::pair<std::string_view, Kind>::first);
  return found == kinds.end() ? std::string{} : number_for(stage.library, region(stage), found->second);
}

std::string program_slot(const Stage& stage, std::string_view name) {
  const Intent intent = stage.talk.crisis ? stage.talk.crisis->intent : Intent::crisis_suicide;
  if (name == "lines") return lines_for(stage.library, region(stage), intent, stage.flags().has(understanding::Flag::minor));
  if (name == "country") return country_name(region(stage));
  if (name == "offered") return title_of(stage, stage.talk.pending);
  if (name == "running") return title_of(stage, stage.talk.set_aside.empty() ? stage.talk.at.script : stage.talk.set_aside.script);
  if (name == "zone") return stage.person.zone;
  if (name == "what_helped") return title_of(what_helped(stage));
  if (name == "look_back") return look_back(stage);
  if (std::string word = partner_word(stage, name); !word.empty()) return word;
  return number_slot(stage, name);
}

std::string slot(const Stage& stage, std::string_view name) {
  if (std::string value = program_slot(stage, name); !value.empty()) return value;
  if (const auto own = own_slot(name)) return own_value(stage, *own);
  const auto found = std::ranges::find(stage.talk.slots, name, &std::pair<std::string, std::string>::first);
  return found == stage.talk.slots.end() ? std::string{} : found->second;
}

struct Slot {
  std::string_view name;
  std::optional<std::string_view> otherwise;
};

/// Cuts the text up to and with its next slot off; empty: no slot is left, and all of it went to `before`.
std::optional<Slot> next_slot(std::string_view& text, std::string_view& before) {
  const std::size_t open = text.find('{');
  const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
  before = text.substr(0, close == std::string_view::npos ? text.size() : open);
  if (close == std::string_view::npos) {
    text = {};
    return std::nullopt;
  }
  const std::string_view inside = text.substr(open + 1, close - open - 1);
  const std::size_t bar = inside.find('|');
  text.remove_prefix(close + 1);
  if (bar == std::string_view::npos) return Slot{inside, std::nullopt};
  return Slot{inside.substr(0, bar), inside.substr(bar + 1)};
}

bool begins_sentence(std::string_view before) {
  const std::size_t last = before.find_last_not_of(" \n");
  if (last == std::string_view::npos) return true;
  return std::string_view(".!?").find(before[last]) != std::string_view::npos && last + 1 < before.size();
}

std::string fill_with(const Stage& stage, std::string_view text, bool of_person) {
  std::string filled;
  std::string_view before;
  while (const auto found = next_slot(text, before)) {
    filled += before;
    const bool personal = own_slot(found->name).has_value() || std::ranges::find(stage.talk.slots, found->name, &std::pair<std::string, std::string>::first) != stage.talk.slots.end();
    std::string value = personal && !of_person && found->otherwise ? std::string{} : slot(stage, found->name);
    if (value.empty() && found->otherwise) value = *found->otherwise;
    const bool own = own_slot(found->name).has_value() || !partner_word(stage, found->name).empty();
    if (own && !value.empty() && value[0] >= 'a' && value[0] <= 'z' && begins_sentence(filled)) value[0] = static_cast<char>(value[0] - 'a' + 'A');
    filled += value;
  }
  return filled.append(before);
}

}  // namespace

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string fill(const Stage& stage, std::string_view text, bool long_text) {
  std::string filled = fill_with(stage, text, true);
  if (characters(filled) <= (long_text ? longest_fixed_text : longest_text)) return filled;
  return fill_with(stage, text, false);
}

bool can_be_filled(const Stage& stage, std::string_view text) {
  std::string_view before;
  while (const auto found = next_slot(text, before)) {
    const auto own = own_slot(found->name);
    if (own && !found->otherwise && told(stage.person.world, *own).empty()) return false;
    if (found->name == "what_helped" && !found->otherwise && what_helped(stage) == nullptr) return false;
  }
  return true;
}

bool speaks_of_own(const Stage& stage, std::string_view text) {
  std::string_view before;
  while (const auto found = next_slot(text, before)) {
    const auto own = own_slot(found->name);
    if (own && !told(stage.person.world, *own).empty()) return true;
  }
  return false;
}

}  // namespace nurturer::dialogue
