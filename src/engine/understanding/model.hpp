#pragma once
// Says what a message means. Compiled from Rules once; immutable and shared by threads afterwards, each with a Scratch of its own.
//
// Order of work (each step is explained by `nurturer explain`):
//   1. read the text, find all patterns of cues and scopes in one pass
//   2. a cue counts unless one of its matches stands in a scope that it names; each cue counts once
//   3. the safety net decides first: its cues, its levels, its subject
//   4. then requests, feelings, courtesies weigh against each other and against `none` (labels.md, "Order of precedence")

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/diagnostic.hpp"
#include "engine/text/text.hpp"
#include "engine/understanding/labels.hpp"
#include "engine/understanding/language.hpp"
#include "engine/understanding/leanings.hpp"
#include "engine/understanding/matcher.hpp"
#include "engine/understanding/regex_cues.hpp"
#include "engine/understanding/rules.hpp"
#include "engine/understanding/scope_field.hpp"
#include "engine/understanding/verdict.hpp"

namespace nurturer::understanding {

class Model {
 public:
  /// Memory of one reading, used again by the next; one for each thread.
  struct Scratch {
    Matcher::Scratch matcher;
    std::vector<Hit> hits;
    std::vector<RegexCues::Find> finds;
    std::vector<OpenScope> scopes;
    std::vector<Fired> fired;
    Leanings::Scratch leanings;
    std::vector<std::uint32_t> met;  // by condition: the number of the last message that met it
    std::uint32_t message = 0;
  };

  /// Compiles. Every mistake becomes a diagnostic and its rule is left out: whoever gets diagnostics must not serve people with the
  /// model. `language` takes the words of the patterns and must outlive the model.
  static Model compile(Rules rules, Language& language, Diagnostics& diagnostics);

  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;
  ~Model();

  /// `text` was read with the language's lexicon. `into` is overwritten.
  void understand(const text::Text& text, Setting setting, Scratch& scratch, Reading& into) const;
  /// The same for one message, with memory of its own: for tests and commands.
  [[nodiscard]] Reading understand(std::string_view utf8, Setting setting = Setting::dm) const;

  /// A table for a person who asks why: words, scopes, cues, sums, what overruled what.
  [[nodiscard]] std::string explain(std::string_view utf8, Setting setting) const;

  [[nodiscard]] const std::vector<CueSource>& cues() const noexcept;
  [[nodiscard]] std::string where(std::int32_t cue) const;  // "intents/en/panic.toml:12"; empty for -1
  /// Of the cue that decided, else of the leaning that spoke most; empty if nothing spoke.
  [[nodiscard]] std::string reason(const Reading& reading) const;

  /// The leanings that speak most for what was read, strongest first; of the message that `scratch` read last.
  struct Leaning {
    std::string where;  // "intents/en/leanings.tsv:120"
    std::string feature;
    float points = 0;
    text::Span span;
  };
  [[nodiscard]] std::vector<Leaning> leanings(const text::Text& text, Intent intent, std::size_t most, const Scratch& scratch) const;

  /// should_find and should_not_find of cues and scopes, run as tests.
  [[nodiscard]] Diagnostics check_samples() const;

 private:
  friend class ModelCompiler;

  Model();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace nurturer::understanding
