#include "content/outline.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nurturer::content {
namespace {

using dialogue::Go;

constexpr std::array<std::pair<std::string_view, Go::To>, 5> words{
    {{"end", Go::To::end}, {"resume", Go::To::resume}, {"pending", Go::To::pending}, {"stay", Go::To::stay}, {"helped", Go::To::helped}}};

const std::string* text_in(const Value& table, std::string_view key) noexcept {
  const Value* const value = table.find(key);
  return value != nullptr && value->kind == Value::Kind::text ? &value->text : nullptr;
}

Go to_step(std::string_view script, std::string_view step) { return {Go::To::step, {std::string(script), std::string(step)}}; }

}  // namespace

std::optional<Go::To> go_word(std::string_view written) noexcept {
  for (const auto& [word, to] : words) {
    if (word == written) return to;
  }
  return std::nullopt;
}

bool good_name(std::string_view name) noexcept {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

bool Outlined::has(std::string_view step) const noexcept { return std::ranges::find(steps, step) != steps.end(); }

void Outline::add(std::string_view script, const Value* file) {
  Outlined& outlined = scripts_[std::string(script)];
  if (file == nullptr) return;
  outlined.readable = true;
  const Value* const steps = file->find("step");
  if (steps == nullptr) return;
  for (const Value& step : steps->items) {
    if (const auto* const id = text_in(step, "id")) outlined.steps.push_back(*id);
    const Value* const ask = step.find("ask");
    const std::string* const keep = ask == nullptr ? nullptr : text_in(*ask, "keep");
    const std::string* const kind = ask == nullptr ? nullptr : text_in(*ask, "kind");
    if (keep != nullptr && kind != nullptr && *kind == "free") outlined.slots.push_back(*keep);
  }
}

const Outlined* Outline::find(std::string_view script) const noexcept {
  const auto found = scripts_.find(script);
  return found == scripts_.end() ? nullptr : &found->second;
}

Names Outline::scripts() const {
  Names names;
  for (const auto& [name, outlined] : scripts_) names.push_back(name);
  return names;
}

std::optional<Go> Outline::follow(const Words& written, std::string_view script, Mistakes& mistakes) const {
  if (const auto to = go_word(written.text)) return Go{*to, {}};
  if (written.text.starts_with('@')) return into_script(written, mistakes);
  const Outlined* const here = find(script);
  if (here == nullptr || !here->readable || here->has(written.text)) return to_step(script, written.text);
  Names known(here->steps.begin(), here->steps.end());
  for (const auto& [word, to] : words) known.push_back(word);
  const auto near = nearest(written.text, known);
  const std::string remedy = find(written.text) != nullptr ? "there is a script of that name: write \"@" + written.text + "\""
                             : near                        ? "did you mean " + in_quotes(*near) + "?"
                                                           : "add a step with this id; to lead to another script write \"@script\"";
  mistakes.add(written.line, "there is no step " + in_quotes(written.text) + " in this script", remedy, written.text);
  return std::nullopt;
}

std::optional<Go> Outline::into_script(const Words& written, Mistakes& mistakes) const {
  const std::string_view target = std::string_view(written.text).substr(1);
  if (const Outlined* const whole = find(target)) return to_step(target, whole->steps.empty() ? std::string_view{} : whole->steps.front());
  const auto dot = target.rfind('.');
  const std::string_view script = target.substr(0, dot);
  const Outlined* const other = dot == std::string_view::npos ? nullptr : find(script);
  if (other == nullptr) {
    mistakes.add(written.line,
                 "there is no script " + in_quotes(script) + ", that is no file " + std::string(script) + ".toml among the responses",
                 did_you_mean(script, scripts(), "write \"@\" and the name of a file, without .toml"), target);
    return std::nullopt;
  }
  const std::string_view step = target.substr(dot + 1);
  if (!other->readable || other->has(step)) return to_step(script, step);
  mistakes.add(
      written.line, "there is no step " + in_quotes(step) + " in the script " + in_quotes(script),
      did_you_mean(step, Names(other->steps.begin(), other->steps.end()), "look into " + std::string(script) + ".toml for its ids"), step);
  return std::nullopt;
}

}  // namespace nurturer::content
