#pragma once
// Readers of responses/<language>/: scripts, their steps and questions, and the words that work in every state.

#include <map>
#include <string>
#include <vector>

#include "content/intents.hpp"
#include "content/outline.hpp"
#include "content/phrases.hpp"
#include "engine/dialogue/script.hpp"

namespace nurturer::content {

/// What the readers of all scripts share.
struct Drafting {
  const Outline& outline;
  dialogue::Library& library;
  Phrases& phrases;
  Taken choices = {};  // ids of choices
  Taken names = {};    // what people may type to get a script
  Taken intents = {};  // that a script has taken
};

/// Appends the script to the library. Its id is the page's name.
void read_script(const Value& file, Drafting& drafting, Mistakes& mistakes);

/// The intent of this name, or a mistake.
[[nodiscard]] std::optional<understanding::Intent> intent_of(const Words& written, Mistakes& mistakes);

/// responses/<language>/words.toml.
void read_words(const Value& file, Drafting& drafting, Mistakes& mistakes);

/// Reads the steps of one script.
class StepReader {
 public:
  StepReader(std::string_view script, Drafting& drafting, Mistakes& mistakes);
  [[nodiscard]] dialogue::Step read(const Value& entry);

 private:
  void read_id(Table& table, dialogue::Step& step);
  void read_texts(Table& table, dialogue::Step& step);
  void read_brief(Table& table, const std::vector<Words>& say, dialogue::Step& step);
  void read_paced(Table& table, dialogue::Step& step);
  void read_card(Table& table, dialogue::Step& step);
  void read_turns(Table& table, dialogue::Step& step);
  void read_way(Table& table, dialogue::Step& step);
  /// Of a step with `checks`.
  void check_skip(Table& table, bool leads_out);
  void read_ask(const Value& entry, dialogue::Step& step);
  void read_rating(Table& table, dialogue::Ask& ask);
  void read_free(Table& table, dialogue::Ask& ask);
  void read_choices(Table& table, std::string_view step, dialogue::Ask& ask);
  [[nodiscard]] dialogue::Choice read_choice(const Value& entry, std::string_view step, std::size_t number);
  void read_told(Table& table, dialogue::Choice& choice);
  void read_answer(const Value& entry, dialogue::Ask& ask);
  void read_choice_id(Table& table, std::uint32_t line, const std::string& by_default, dialogue::Choice& choice);
  [[nodiscard]] std::optional<dialogue::Go> read_go(Table& table, std::string_view example);
  void check_text(const Words& text, std::size_t most, std::string_view what);
  [[nodiscard]] bool safety() const noexcept { return script_.starts_with("safety."); }

  std::string script_;
  const Outlined& outlined_;
  Drafting& drafting_;
  Mistakes& mistakes_;
  std::map<std::string, std::uint32_t, std::less<>> ids_;
};

}  // namespace nurturer::content
