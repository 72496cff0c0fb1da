#include "engine/dialogue/own.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "engine/dialogue/consent.hpp"
#include "engine/dialogue/speech.hpp"

namespace nurturer::dialogue {
namespace {

using text::Break;
using understanding::Flag;

constexpr std::size_t longest_name = 5;  // words

std::string list_of(const char* prefix, Own own) { return std::string(prefix) + std::string(name(own)); }

// How many words of the list's longest entry stand at `at`; 0: none.
std::size_t words_at(const Stage& stage, const std::string& list, std::size_t at) {
  const auto found = stage.language.lists().find(list);
  if (found == stage.language.lists().end()) return 0;
  const std::span tokens(stage.text.tokens);
  std::size_t most = 0;
  for (const auto& words : found->second) {
    if (words.size() <= most || at + words.size() > tokens.size()) continue;
    if (std::ranges::equal(words, tokens.subspan(at, words.size()), {}, {}, &text::Token::id)) most = words.size();
  }
  return most;
}

std::size_t after_words(const Stage& stage, const std::string& list, std::size_t at) {
  for (std::size_t count = words_at(stage, list, at); count > 0; count = words_at(stage, list, at)) at += count;
  return at;
}

bool is_name(Own own) { return own != Own::safe_place && own != Own::believed && own != Own::nurturer_voice; }

// A hyphen or a full stop within a name ("Mary-Jane") holds nothing apart.
bool parted(const Stage& stage, std::size_t at, Break least) {
  const auto& token = stage.text.tokens[at];
  return token.before >= least && token.span.begin > stage.text.tokens[at - 1].span.end + 1;
}

struct Lead {
  Own own{};
  std::size_t value = 0;  // the token after it
};

std::optional<Lead> lead_at(const Stage& stage, std::size_t at) {
  std::optional<Lead> longest_lead;
  for (std::size_t i = 0; i < own_count; ++i) {
    const Own own = static_cast<Own>(i);
    const std::size_t count = words_at(stage, list_of("own_", own), at);
    if (count > 0 && (!longest_lead || at + count > longest_lead->value)) longest_lead = Lead{own, at + count};
  }
  return longest_lead;
}

std::size_t end_of_value(const Stage& stage, Own own, std::size_t first) {
  const auto& tokens = stage.text.tokens;
  std::size_t end = first + 1;
  for (; end < tokens.size(); ++end) {
    if (parted(stage, end, is_name(own) ? Break::clause : Break::line)) break;
    if (is_name(own) && stage.listed("ends_name", tokens[end].id)) break;
    if (stage.listed("own_joins", tokens[end].id) && lead_at(stage, after_words(stage, "own_filler", end + 1))) break;
  }
  while (end > first + 1) {
    std::size_t shorter = end;
    for (std::size_t at = first + 1; at < end && shorter == end; ++at) {
      if (const std::size_t count = words_at(stage, "own_tail", at); count > 0 && at + count == end) shorter = at;
    }
    if (shorter == end) break;
    end = shorter;
  }
  return end;
}

std::string shortened(std::string value, std::size_t most) {
  if (value.size() <= most) return value;
  const std::size_t space = value.rfind(' ', most);
  value.resize(space == std::string::npos ? 0 : space);
  return value;
}

std::string value_at(const Stage& stage, Own own, std::size_t first) {
  const auto& tokens = stage.text.tokens;
  if (first >= tokens.size()) return {};
  const std::size_t end = end_of_value(stage, own, first);
  const std::size_t begin = tokens[first].span.begin;
  std::string value = stage.event.text.substr(begin, tokens[end - 1].span.end - begin);
  std::ranges::replace(value, '\n', ' ');
  std::erase_if(value, [](char c) { return c == '{' || c == '}'; });
  return shortened(std::move(value), longest(own));
}

std::string pronoun_at(const Stage& stage, std::size_t first) {
  for (const char* pronoun : {"he", "she", "they"}) {
    if (words_at(stage, std::string("pronoun_") + pronoun, first) > 0) return pronoun;
  }
  return {};
}

// What stands there, if it can be such a thing: "call me later" is no name.
std::string told_at(const Stage& stage, const Lead& lead) {
  const auto& tokens = stage.text.tokens;
  if (lead.value >= tokens.size() || stage.listed("not_a_name", tokens[lead.value].id)) return {};
  if (lead.own == Own::partner) return pronoun_at(stage, lead.value);
  const std::size_t end = end_of_value(stage, lead.own, lead.value);
  if (is_name(lead.own) && end - lead.value > longest_name) return {};
  const auto number = [&](const text::Token& token) { return token.kind == text::TokenKind::number || stage.listed("number", token.id); };
  const auto value = std::span(tokens).subspan(lead.value, end - lead.value);
  if (lead.own == Own::little_age && std::ranges::none_of(value, number)) return {};
  return value_at(stage, lead.own, lead.value);
}

struct Told {
  Own own{};
  std::string value;
};

// "I want you to sound like my Nana, and call me pet": each where a clause begins.
std::vector<Told> all_told(const Stage& stage) {
  std::vector<Told> all;
  const auto& tokens = stage.text.tokens;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const bool begins = at == 0 || tokens[at].before != Break::none || stage.listed("own_joins", tokens[at - 1].id);
    if (!begins || tokens[at].quoted) continue;
    const auto lead = lead_at(stage, after_words(stage, "own_filler", at));
    if (!lead) continue;
    std::string value = told_at(stage, *lead);
    if (!value.empty() && (all.empty() || all.back().own != lead->own)) all.push_back({lead->own, std::move(value)});
  }
  return all;
}

// The thing that is the whole rest of the message from `at` on.
std::optional<Own> thing_at(const Stage& stage, std::size_t at) {
  for (std::size_t i = 0; i < own_count; ++i) {
    const std::size_t count = words_at(stage, list_of("thing_", static_cast<Own>(i)), at);
    if (count > 0 && after_words(stage, "own_tail", at + count) == stage.text.tokens.size()) return static_cast<Own>(i);
  }
  return std::nullopt;
}

std::optional<Own> thing_after(const Stage& stage, const char* lead) {
  const std::size_t start = after_words(stage, "own_filler", 0);
  const std::size_t count = words_at(stage, lead, start);
  return count == 0 ? std::nullopt : thing_at(stage, start + count);
}

// "I'm not pregnant any more", "forget my asthma": the whole message.
bool hear_flag_gone(Stage& stage) {
  const std::size_t start = after_words(stage, "own_filler", 0);
  const std::size_t forgets = words_at(stage, "forget_lead", start);
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    const std::string flag_name(understanding::name(*flag));
    const std::size_t gone = words_at(stage, "gone_" + flag_name, start);
    const std::size_t thing = forgets == 0 ? 0 : words_at(stage, "thing_" + flag_name, start + forgets);
    const std::size_t end = gone > 0 ? start + gone : start + forgets + thing;
    if ((gone == 0 && thing == 0) || after_words(stage, "own_tail", end) != stage.text.tokens.size()) continue;
    before_change(stage);
    Flags clears;
    clears.add(*flag);
    tell_flags(stage, {}, clears);
    stage.person.flags.remove(*flag);
    say_common(stage, "flag_gone");
    return true;
  }
  return false;
}

const char* kept_step(const Stage& stage) { return stage.person.setup == Consent::yes ? "kept_long" : "kept_this_talk"; }

void say_told(Stage& stage, const std::vector<Told>& all) {
  std::string known;
  for (const Told& each : all) known += (known.empty() ? "" : "\n") + own_in_words(stage, each.own);
  const Step* kept = stage.library.find({"common", kept_step(stage)});
  say_filled(stage, "own_told", {{"known", known}, {"kept", kept == nullptr ? "" : kept->say.front()}});
  ask_to_keep(stage);
}

void say_of(Stage& stage, std::string_view step, Own own) {
  const Step* thing = stage.library.find({"common", "thing_" + std::string(name(own))});
  say_filled(stage, step, {{"known", thing == nullptr ? "" : thing->say.front()}});
}

bool hear_forget(Stage& stage) {
  const auto own = thing_after(stage, "forget_lead");
  if (!own) return false;
  const bool known = !told(stage.person.world, *own).empty();
  if (known) {
    before_change(stage);
    forget(stage.person.world, *own);
  }
  say_of(stage, known ? "own_forgotten" : "own_unknown", *own);
  return true;
}

// "What is Little Me" asks for the map; "what is my safe place" for what they told.
bool hear_show(Stage& stage) {
  if (stage.library.script_asked_for(stage.phrases) != nullptr) return false;
  const auto own = thing_after(stage, "show_lead");
  if (!own) return false;
  const std::string known = own_in_words(stage, *own);
  if (known.empty())
    say_of(stage, "own_unknown", *own);
  else
    say_filled(stage, "own_shown", {{"known", known}});
  return true;
}

bool hear_told(Stage& stage) {
  if (understanding::kind(stage.reading.intent) == understanding::Kind::feeling) return false;
  const auto all = all_told(stage);
  const Step* open = stage.library.find(stage.talk.asking);
  if (all.empty() || (open != nullptr && open->ask.tells == all.front().own)) return false;
  const Person before = stage.person;
  for (const Told& each : all) tell_own(stage, each.own, each.value);
  stage.talk.undo = before;
  say_told(stage, all);
  return true;
}

}  // namespace

bool hear_own(Stage& stage) {
  if (stage.text.tokens.empty()) return false;
  const bool was_private = stage.private_;
  stage.private_ = was_private || stage.event.group;
  if (hear_forget(stage) || hear_show(stage) || hear_flag_gone(stage) || hear_told(stage)) return true;
  stage.private_ = was_private;
  return false;
}

void tell_own(Stage& stage, Own own, const std::string& value) {
  before_change(stage);
  tell(stage.person.world, own, value);
}

std::string answer_without_lead(const Stage& stage, Own own) {
  std::size_t at = after_words(stage, "own_filler", 0);
  if (const auto lead = lead_at(stage, at); lead && lead->own == own) at = lead->value;
  if (own != Own::believed) at = after_words(stage, "own_answer", at);  // "I am allowed to rest" is whole
  if (own == Own::partner) return pronoun_at(stage, at);
  return value_at(stage, own, at);
}

std::string own_in_words(const Stage& stage, Own own) {
  std::string all;
  for (const std::string& each : told(stage.person.world, own)) all += (all.empty() ? "" : "; ") + (own == Own::believed ? each : turned(each));
  const Step* wording = stage.library.find({"common", "known_" + std::string(name(own))});
  if (all.empty() || wording == nullptr) return {};
  std::string line = wording->say.front();
  const std::string slot = "{known}";
  if (const auto at = line.find(slot); at != std::string::npos) line.replace(at, slot.size(), all);
  return line;
}

}  // namespace nurturer::dialogue
