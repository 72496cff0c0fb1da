#pragma once
// What people say, as authors wrote it: word lists, short forms, scopes and cues, before they are compiled into a Model.
// The content loader fills these from intents/<language>/; tests fill them by hand.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/diagnostic.hpp"
#include "engine/understanding/labels.hpp"

namespace nurturer::understanding {

/// A shared word list, {name} in patterns. Entries are words or phrases; `word~` stands for all its forms; {other} includes a list.
struct ListSource {
  std::string name;
  std::vector<std::string> entries;
  Source source;
};

/// "rn" -> "right now": read in place of it, in messages and in patterns.
struct ShortForm {
  std::string written;
  std::string meant;
  Source source;
};

/// How far a scope reaches from the words that open it.
enum class Reach : std::uint8_t { match, after, before, clause, sentence, message };

/// Words that change what stands near them: negation, somebody else, the past, a quote, a joke.
/// A cue names the scopes it must not stand in. Words of a scope that the cue's own pattern takes do not count.
struct ScopeSource {
  std::string id;  // "negated", "other", "overcome", "quoted", "figure", ...; several may share it
  std::vector<std::string> patterns;
  Reach reach = Reach::after;
  int words = 0;                     // bound of `after` and `before` in words; 0: to the end of the clause
  std::vector<std::string> ends_at;  // patterns at which the reach ends ("i", "but")
  std::vector<std::string> not_in;   // patterns in which the opening words do not count ("not only")
  Source source;
  std::vector<std::string> should_find, should_not_find;
};

/// Weighs of evidence. `speaks` points make a reading.
inline constexpr int strong_points = 20;
inline constexpr int weak_points = 10;
inline constexpr int hint_points = 5;
inline constexpr int speaks = 20;

/// One piece of evidence for an intent, or for a flag alone.
struct CueSource {
  std::optional<Intent> intent;  // empty: the cue only tells flags
  std::string id;
  std::vector<std::string> patterns;  // any of them
  std::string regex;                  // RE2 over the folded text, instead of patterns
  std::vector<std::string> with;      // and any of these, anywhere in the message
  std::vector<std::string> without;   // and none of these, anywhere in the message
  int points = strong_points;         // negative: speaks against the intent
  std::vector<std::string> unless;    // ids of scopes
  std::optional<Level> level;         // safety intents only; empty there: crisis
  std::optional<Subject> subject;     // what the words themselves say; empty: by the scope "other"
  Flags flags;
  Source source;
  std::vector<std::string> should_find, should_not_find;
};

/// The words that all rules share.
struct LanguageSource {
  std::vector<ListSource> lists;
  std::vector<ShortForm> short_forms;
  std::vector<std::vector<std::string>> irregular_forms;  // each: base and its other forms ("leave", "left", ...)
  std::vector<std::string> maskable;                      // words that people mask: "suicide", "kill"
  std::vector<std::string> addressing;                    // names of the companion: they carry no meaning
  std::vector<std::string> common_words;                  // commonest first: words that make poor anchors
};

/// How cues and leanings make the odds of an intent, as a logarithm: start + (leaning + longer * length) * score + cues * points / 20.
struct Worth {
  float leaning = 3, longer = 0, cues = 1, start = 0;
};
/// The rows of the table that hold them, in hundredths.
inline constexpr std::pair<std::string_view, float Worth::*> worth_rows[] = {
    {"#worth:leaning", &Worth::leaning}, {"#worth:longer", &Worth::longer}, {"#worth:cues", &Worth::cues}, {"#worth:start", &Worth::start}};

/// So many points of the table make a score of 1.
inline constexpr int points_of_one = 20;

/// Speaks for somebody else being the one in danger.
inline constexpr std::uint8_t column_other = static_cast<std::uint8_t>(intent_count);
inline constexpr std::size_t column_count = intent_count + 1;

/// The table of leanings (leanings.hpp) as it was read. Laid out flat: it has tens of thousands of rows.
struct LeaningTable {
  struct Point {
    std::uint8_t column = 0;  // an Intent, or column_other
    std::int16_t points = 0;  // see points_of_one
  };
  struct Row {
    float rarity = 1;  // inverse document frequency, above 0
    std::uint32_t line = 0;
    std::uint32_t name = 0, name_size = 0;  // in `names`: "not text", "{silence}"; empty: the points that each column starts with
    std::uint32_t begin = 0, count = 0;     // in `points`
  };

  std::string file;
  std::string names;
  std::array<Worth, column_count> worths{};
  std::vector<Row> rows;
  std::vector<Point> points;

  /// A row; its points are those that were put into `points` since the row before.
  void add(std::string_view feature, float rarity, std::uint32_t line) {
    const std::uint32_t begin = rows.empty() ? 0 : rows.back().begin + rows.back().count;
    rows.push_back({rarity, line, static_cast<std::uint32_t>(names.size()), static_cast<std::uint32_t>(feature.size()), begin,
                    static_cast<std::uint32_t>(points.size()) - begin});
    names += feature;
  }
  [[nodiscard]] std::string_view name(const Row& row) const noexcept { return std::string_view(names).substr(row.name, row.name_size); }
};

struct Rules {
  std::vector<ScopeSource> scopes;
  std::vector<CueSource> cues;
  LeaningTable leanings;
};

}  // namespace nurturer::understanding
