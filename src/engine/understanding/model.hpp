#pragma once
// Says what a message means. Compiled from Rules once; immutable and shared by threads afterwards.
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
#include "engine/understanding/matcher.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::understanding {

/// Where a message was written. In a group small talk needs more evidence before it becomes a feeling.
enum class Setting : std::uint8_t { dm, group };

struct Evidence {
  std::uint32_t cue = 0;      // index into Model::cues()
  text::Span span;            // in the message
  std::string_view vetoed_by;  // empty: it counted; else the scope (or "with", "without") that overruled it
};

struct Alternative {
  Intent intent = Intent::none;
  float confidence = 0;
  int points = 0;
};

/// What a message means. Holds no text of it.
struct Reading {
  Intent intent = Intent::none;
  Subject subject = Subject::self;
  Level level = Level::none;
  Flags flags;
  std::int32_t rule = -1;  // the cue that decided, index into Model::cues(); -1: none
  float confidence = 0;    // 0..1
  std::vector<Alternative> alternatives;  // other intents with evidence, best first
  std::vector<Evidence> evidence;         // of the intent chosen and of all others, in order of cues; vetoed ones too
};

class Model {
 public:
  /// Memory of one reading, used again by the next; one for each thread.
  struct Scratch {
    Matcher::Scratch matcher;
    std::vector<Hit> hits;
    std::vector<std::int32_t> points;
    std::vector<std::uint32_t> work;
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

  /// should_find and should_not_find of cues and scopes, run as tests.
  [[nodiscard]] Diagnostics check_samples() const;

 private:
  Model();
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace nurturer::understanding
