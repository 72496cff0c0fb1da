#include "content/texts.hpp"

#include <algorithm>

#include "content/outline.hpp"
#include "content/utf8.hpp"
#include "engine/dialogue/world.hpp"

namespace nurturer::content {
namespace {

void check_slot(std::string_view inside, const Words& text, const std::vector<std::string>& kept, Mistakes& mistakes) {
  const auto bar = inside.find('|');
  const std::string name(inside.substr(0, bar));
  const bool of_person = is_own_slot(name);
  const bool of_talk = std::ranges::find(kept, name) != kept.end();
  const bool of_program = std::ranges::find(slots_of_program(), name) != slots_of_program().end();
  const std::string written = "{" + std::string(inside) + "}";
  if (!of_person && !of_talk && !of_program) {
    Names known = slots_of_program();
    known.insert(known.end(), kept.begin(), kept.end());
    for (std::size_t i = 0; i < dialogue::own_count; ++i) known.push_back(dialogue::name(static_cast<dialogue::Own>(i)));
    known.push_back("name");
    const auto near = nearest(name, known);
    mistakes.add(text.line, "nothing fills the slot " + written,
                 near ? "did you mean {" + std::string(*near) + "}?"
                      : "write a slot of the program, or one that a free question of this script keeps",
                 written);
  } else if (of_talk && bar == std::string_view::npos) {
    mistakes.add(text.line, "the slot " + written + " stays empty for people who told nothing there",
                 "say what stands there then: {" + name + "|that}", written);
  }
}

// The first slot of the person's own world without a replacement, or of what helped them.
std::string bare_own_slot(std::string_view text) {
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const auto inside = text.substr(open + 1, text.find('}', open) - open - 1);
    if (is_own_slot(inside) || inside == "what_helped") return std::string(inside);
  }
  return {};
}

}  // namespace

const Names& slots_of_program() {
  static const Names names{"lines",   "medical", "police", "abuse", "child", "country", "offered",
                           "running", "about",   "known",  "kept",  "place", "zone", "what_helped", "look_back", "they", "them", "their", "when", "text", "relative", "guess", "list", "count", "first", "second", "speaker", "listener", "what"};
  return names;
}

bool is_own_slot(std::string_view name) { return name == "name" || dialogue::own_named(name).has_value(); }

void check_for_everybody(const std::vector<Words>& variants, Mistakes& mistakes) {
  if (variants.empty() || std::ranges::any_of(variants, [](const Words& text) { return bare_own_slot(text.text).empty(); })) return;
  const std::string slot = bare_own_slot(variants.front().text);
  mistakes.add(variants.front().line, "for people who have not told {" + slot + "} there is nothing to say here",
               "add a text without it, or say what stands there then: {" + slot + "|" + (slot == "what_helped" ? "something small" : "friend") + "}",
               "{" + slot + "}");
}

void check_length(const Words& text, std::size_t most, std::string_view what, Mistakes& mistakes) {
  const std::size_t length = characters(text.text);
  if (length <= most) return;
  mistakes.add(text.line,
               std::string(what) + " has " + std::to_string(length) + " characters, and " + std::to_string(most) + " are the most",
               most >= longest_text ? "say it in fewer words, or make two steps of it" : "say it in fewer words", text.text);
}

void check_slots(const Words& text, const std::vector<std::string>& kept, Mistakes& mistakes) {
  std::string_view rest = text.text;
  while (true) {
    const auto open = rest.find_first_of("{}");
    if (open == std::string_view::npos) return;
    const auto close = rest.find_first_of("{}", open + 1);
    if (rest[open] == '}' || close == std::string_view::npos || rest[close] == '{') {
      mistakes.add(text.line, "{ and } hold a slot, and here one stands without the other",
                   "write it like {name|friend}, or take the bracket away", rest.substr(open, 1));
      return;
    }
    check_slot(rest.substr(open + 1, close - open - 1), text, kept, mistakes);
    rest.remove_prefix(close + 1);
  }
}

}  // namespace nurturer::content
