#include <algorithm>
#include <unordered_map>

#include "content/check.hpp"
#include "content/names.hpp"
#include "content/texts.hpp"
#include "content/utf8.hpp"
#include "engine/text/text.hpp"

namespace nurturer::content {
namespace {

using WordSet = std::vector<std::string>;

constexpr double too_alike = 0.8;        // share of words in common
constexpr double lines_too_alike = 0.5;  // of the lines of check-ins, in all kinds: who reads them daily remembers
constexpr std::size_t few_words = 4;     // of shorter ones only equal ones are told: "In." and "Out." have much in common

WordSet words_of(std::string_view text) {
  WordSet words;
  std::string word;
  for (const char byte : text::fold(text) + ' ') {
    const auto value = static_cast<unsigned char>(byte);
    if (value >= 0x80U || (value >= 'a' && value <= 'z') || (value >= '0' && value <= '9') || byte == '\'') {
      word += byte;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  std::ranges::sort(words);
  const auto rest = std::ranges::unique(words);
  words.erase(rest.begin(), rest.end());
  return words;
}

bool alike(const WordSet& a, const WordSet& b, double share = too_alike) {
  if (a == b) return true;
  if (std::min(a.size(), b.size()) < few_words) return false;
  WordSet common;
  std::ranges::set_intersection(a, b, std::back_inserter(common));
  const std::size_t all = a.size() + b.size() - common.size();
  return static_cast<double>(common.size()) >= share * static_cast<double>(all);
}

void check_variants(const Content& content, const dialogue::Step& step, Diagnostics& diagnostics) {
  std::vector<WordSet> sets;
  sets.reserve(step.say.size());
  for (const auto& text : step.say) sets.push_back(words_of(text));
  for (std::size_t later = 1; later < sets.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (!alike(sets[earlier], sets[later])) continue;
      tell_at(content, step.source, step.say[later], "this variant is nearly the same as " + in_quotes(step.say[earlier]),
              "say it in other words, or take one of the two away", diagnostics);
      break;
    }
  }
}

// Lines of check-ins are read one a day, whatever their kind.
void check_lines(const Content& content, const dialogue::Script& script, Diagnostics& diagnostics) {
  std::vector<std::pair<WordSet, const std::string*>> earlier;
  for (const auto& step : script.steps) {
    for (const std::string& text : step.say) {
      WordSet words = words_of(text);
      const auto like = std::ranges::find_if(earlier, [&](const auto& other) { return alike(other.first, words, lines_too_alike); });
      if (like != earlier.end()) {
        tell_at(content, step.source, text, "this line has half of its words in common with " + in_quotes(*like->second),
                "say another thing, or take one of the two away", diagnostics);
      }
      earlier.emplace_back(std::move(words), &text);
    }
  }
}

}  // namespace

void check_repeats(const Content& content, Diagnostics& diagnostics) {
  std::unordered_map<std::string, const dialogue::Step*> first;
  for (const auto& script : content.library.scripts) {
    if (script.id == "checkin_lines") check_lines(content, script, diagnostics);
    for (const auto& step : script.steps) {
      check_variants(content, step, diagnostics);
      if (step.fixed) continue;
      for (const auto& text : step.say) {
        if (characters(text) <= longest_brief) continue;
        const auto [found, is_new] = first.emplace(text::fold(text), &step);
        if (is_new || found->second == &step) continue;
        const Source& other = found->second->source;
        tell_at(
            content, step.source, text,
            "this text stands in another step too: " + in_quotes(found->second->id) + ", " + other.file + ":" + std::to_string(other.line),
            "say it in other words, so that nobody reads it twice in one talk", diagnostics);
      }
    }
  }
}

}  // namespace nurturer::content
