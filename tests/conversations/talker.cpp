#include "talker.hpp"

#include <algorithm>
#include <stdexcept>

namespace nurturer::test {
namespace {

std::size_t characters(const std::string& utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// What stands between two slots: the text is known by it, also where it begins with somebody's name.
std::string longest_piece(const std::string& text) {
  std::string longest;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t open = std::min(text.find('{', begin), text.size());
    if (open - begin > longest.size()) longest = text.substr(begin, open - begin);
    begin = std::min(text.find('}', open), text.size() - 1) + 1;
  }
  return longest;
}

}  // namespace

bool fixed_or_safety(const channel::Outgoing& out) {
  if (out.about.script.starts_with("safety.") || out.about.level.value_or("none") != "none") return true;
  const auto& scripts = content().library.scripts;
  // Fixed texts (help lines, consent, privacy) have the longer limit wherever they stand.
  return std::ranges::any_of(scripts, [&](const auto& script) {
    return std::ranges::any_of(script.steps, [&](const auto& step) {
      return step.fixed && std::ranges::any_of(step.say, [&](const std::string& say) {
               const std::string piece = longest_piece(say).substr(0, 24);
               return piece.size() > 8 && out.text.find(piece) != std::string::npos;  // "{lines}" has none
             });
    });
  });
}

Talker::Talker(std::string region, std::uint64_t seed)
    : region_(std::move(region)),
      dice_(seed),
      now_(std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{21}),
      store_(store::open_memory()) {
  can_ = {.edit = false, .remove = true, .choices = true, .private_answer = true, .animates = false, .longest = 4000};
  restarts();
}

void Talker::restarts() {
  app::Bot::Options options;
  options.region = region_;
  // Of its own: a talker that is returned by value moves, and `this` would point to where it was.
  options.dice = [dice = std::make_shared<std::uint64_t>(dice_)] { return (*dice)++; };
  dice_ += 1'000;
  options.answer_within = std::chrono::minutes{30};
  bot_ = std::make_unique<app::Bot>(content(), *store_, std::move(options));
  last_.clear();
}

Answer Talker::hears(channel::Incoming incoming) {
  incoming.from = from;
  incoming.room = room;
  incoming.room_kind = room == "dm" ? channel::RoomKind::direct : channel::RoomKind::group;
  incoming.mention = mention;
  incoming.zone = zone;
  incoming.locale = locale;
  incoming.at = now_ - late;
  last_ = bot_->receive("console", can_, incoming, now_);
  for (const auto& out : last_) bot_->acknowledge("console", {out.id, channel::Delivery::sent, {}}, now_);
  now_ += std::chrono::seconds{20};
  return last_;
}

Answer Talker::says(const std::string& text) {
  channel::Incoming incoming;
  if (edit) incoming.kind = channel::Incoming::Kind::edit;
  incoming.text = text;
  return hears(std::move(incoming));
}

Answer Talker::presses(const std::string& label) {
  for (const auto& choice : choices_of(last_)) {
    if (choice.label == label || choice.id == label) return presses_id(choice.id);
  }
  throw std::runtime_error("there is no choice \"" + label + "\" beside: " + text_of(last_));
}

Answer Talker::presses_id(const std::string& id) {
  channel::Incoming incoming;
  incoming.kind = channel::Incoming::Kind::press;
  incoming.press = id;
  return hears(std::move(incoming));
}

std::string text_of(const Answer& answer) {
  std::string text;
  for (const auto& out : answer) text += (text.empty() ? "" : "\n") + out.text;
  return text;
}

std::vector<channel::Choice> choices_of(const Answer& answer) {
  for (auto out = answer.rbegin(); out != answer.rend(); ++out) {
    if (!out->choices.empty()) return out->choices;
  }
  return {};
}

std::string place_of(const Answer& answer) {
  if (answer.empty() || answer.back().about.script.empty()) return {};
  return answer.back().about.script + "." + answer.back().about.step;
}

std::string broken_rule(const Answer& answer) {
  std::size_t messages = 0;
  for (const auto& out : answer) {
    if (out.kind != channel::Outgoing::Kind::say) continue;
    ++messages;
    const std::size_t limit = fixed_or_safety(out) ? 760 : 300;  // 700, and the disclosure below the first one
    if (characters(out.text) > limit) return "a message is too long: " + out.text;
    if (out.text.find('{') != std::string::npos || out.text.find('}') != std::string::npos) return "a slot is not filled: " + out.text;
    if (out.text.find_first_not_of(" \n") == std::string::npos) return "a message is empty";
  }
  return messages > 4 ? "more than three messages: " + text_of(answer) : "";
}

}  // namespace nurturer::test
