#pragma once
// What the companion can say: scripts made of steps, exercise cards, help lines. Loaded once, immutable, shared by threads.
//
// A script is one file of responses/<language>/: its name is the file's name. A step says one message and then asks, goes on to
// another step (a second message of the same answer, at most three), or ends the script. The engine knows no sentence of
// its own: also what it says in between ("say that in other words?") are steps, of the script `common`.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diagnostic.hpp"
#include "engine/dialogue/when.hpp"
#include "engine/understanding/labels.hpp"
#include "engine/understanding/phrasebook.hpp"

namespace nurturer::dialogue {

using understanding::Flags;
using understanding::Intent;
using understanding::PhraseId;

/// A step by name, as state remembers it: names outlive a change of the content.
struct Place {
  std::string script;
  std::string step;
  friend bool operator==(const Place&, const Place&) = default;
  [[nodiscard]] bool empty() const noexcept { return script.empty(); }
};

/// Where a choice or a step leads.
struct Go {
  enum class To : std::uint8_t {
    step,     // of this or another script
    end,      // the script is over
    resume,   // what was running before an interruption says its step once more
    pending,  // the script that was offered
    stay,     // ask again, later: nothing happens
    helped,   // the exercise that helped this person most
  };
  To to = To::end;
  Place place;  // with To::step
};

/// Something that can be pressed, or said: by its label, its number, its words.
struct Choice {
  std::string id;     // "panic.start.1", "consent.setup.yes": unique in the library
  std::string label;  // up to 40 characters
  Go go;
  std::optional<PhraseId> words;         // the label and the author's further words
  std::optional<PhraseId> heard;         // said before the question came: then it is not asked
  Flags sets;                            // what the person told by choosing it
  Flags clears;                          // ... is not so
  BodyState state = BodyState::unknown;  // how the body is, told by choosing it
  std::optional<Own> tells;              // of their own world, told by choosing it
  std::string as;                        // ... in these words; slots are filled
};

struct RatingRange {
  int up_to = 10;
  Go go;
};

/// A branch of a free question: taken when its words stand in the answer, or when the answer is read as one of these intents.
struct Answer {
  std::optional<PhraseId> words;
  std::vector<Intent> intents;
  Go go;
  Flags sets;
};

struct Ask {
  enum class Kind : std::uint8_t { none, choice, rating, free };
  Kind kind = Kind::none;
  std::vector<Choice> choices;      // choice; with rating and free: further buttons
  std::vector<RatingRange> ranges;  // rating, ascending, the last covers 10
  std::string keep;                 // rating: "before" | "after"; free: the slot that takes the answer, for this talk
  std::optional<Own> tells;         // free: the answer is a thing of the person's own world, kept as they agreed
  std::vector<Answer> answers;      // free
  Go go;                            // free: where every other answer leads
};

/// The first whose condition holds leads on to another step in place of this one.
struct Turning {
  When when;
  std::string step;  // of the same script
};

/// A line in a paced run, `after` seconds from the line before.
struct PacedLine {
  std::string text;
  std::chrono::seconds after{0};
};

/// Lines that come with the rhythm of an exercise. Where the platform cannot animate, `held` is one message with the rhythm in words.
struct Paced {
  std::vector<PacedLine> lines;
  int times = 1;
  std::string held;
};

struct Step {
  std::string id;
  std::vector<std::string> say;  // variants: one of these, none again before all were used
  std::string brief;             // up to 60 characters: on "shorter", and when all variants were used
  std::optional<Paced> paced;    // after `say`
  std::vector<std::string> why;  // on "why"; empty: the script's
  Ask ask;
  std::optional<Go> go;           // without an ask
  std::chrono::minutes lasts{0};  // a turn of two at one phone: when it is over, that is told, once; 0: it takes its time
  Flags not_with;                 // people with one of these are led to `instead`, a step of this script
  std::string instead;
  std::vector<Turning> turns;
  Flags checks;        // skipped (by `go`) when the talk knows all of these already
  bool fixed = false;  // numbers, disclosure: may be said twice
  Source source;
};

/// What an exercise needs, and for whom it is not (safety.md, "Exercise cards"). The engine never offers it against a flag.
struct Card {
  int minutes = 3;
  std::string eyes = "open";
  std::vector<std::string> needs;
  Flags not_with;
  std::string ends;
  std::string instead;      // the script that is led in its place
  bool asked_only = false;  // led only when asked for, never proposed
};

/// Where a script begins for some people: the first whose condition holds. One that leads to another script counts only where a meaning led
/// here: who asks for a script by its name gets it.
struct Entry {
  When when;
  Place place;
};

struct Script {
  std::string id;
  std::string title;            // within a sentence: "a moment for the alarm"; default: the name, with spaces
  std::string about;            // one line for help and for "what can you do"
  std::vector<int> rows;        // of concepts.md
  std::vector<Intent> intents;  // that lead here
  std::vector<std::string> why;
  std::optional<Card> card;
  std::vector<Entry> enter;
  std::vector<Step> steps;                                // the first is where it begins
  std::optional<PhraseId> names;                          // what a person may type to get it
  std::optional<PhraseId> phrases;                        // other ways of asking for it
  std::vector<std::string> should_find, should_not_find;  // samples of these ways
  Source source;

  [[nodiscard]] const Step* find(std::string_view step) const noexcept;
};

/// The words that work in every state, and short answers that mean the same everywhere.
enum class Word : std::uint8_t {
  stop,
  help,
  exit,
  why,
  back,
  again,
  go_on,
  slower,
  shorter,
  something_else,
  not_helping,
  remember_me,
  dont_remember_me,
  what_do_you_know,
  export_my_data,
  forget_me,
  quiet,
  reminders,
  undo,
  yes,
  no,
  ok,
  safe_now,
  not_meant,
  not_that,
  switch_on,
  sos,
  dont_know,
  alarm,  // stands anywhere in the message
  bye,
};
inline constexpr std::size_t word_count = static_cast<std::size_t>(Word::bye) + 1;
[[nodiscard]] std::string_view name(Word word) noexcept;
[[nodiscard]] std::optional<Word> word_named(std::string_view name) noexcept;

/// A help line as published. Data: responses/help_lines/REGION.toml.
struct HelpLine {
  enum class Kind : std::uint8_t { medical, police, crisis, abuse, child };
  Kind kind = Kind::crisis;
  std::string name;    // may be empty
  std::string number;  // verbatim, with how to reach it: "116 123", "text SHOUT to 85258"
  std::vector<std::string> languages;
  std::string hours;       // "24 h" or "unknown"
  std::string checked_on;  // "2026-11-24"
  std::string from;        // source
  Source source;
};

struct Region {
  std::string code;  // ISO 3166, "GB"
  std::string country;
  std::vector<HelpLine> lines;
};

/// A place that people name: a country, a town.
struct Town {
  std::string name;  // folded
  std::string region;
  std::string zone;  // empty: the country has several and the name does not tell
};

class Library {
 public:
  std::vector<Script> scripts;
  std::vector<Region> regions;
  std::vector<std::string> likely_regions;     // shown by name when the region is unknown
  std::vector<Town> towns;                     // sorted by name
  std::vector<std::optional<PhraseId>> words;  // by Word
  understanding::Phrasebook phrases;

  [[nodiscard]] const Script* find_script(std::string_view id) const noexcept;
  [[nodiscard]] const Script* script_of(Intent intent) const noexcept;
  [[nodiscard]] const Script* script_named_by(PhraseId phrase) const noexcept;
  /// By its names, else by another way of asking for it. `said` ascending.
  [[nodiscard]] const Script* script_asked_for(const std::vector<PhraseId>& said) const noexcept;
  [[nodiscard]] const Step* find(const Place& place) const noexcept;
  [[nodiscard]] const Region* find_region(std::string_view code) const noexcept;
};

/// The steps of `common` and of the safety scripts that the engine itself calls by name; the loader demands every one.
[[nodiscard]] const std::vector<Place>& steps_that_the_engine_needs();

}  // namespace nurturer::dialogue
