#include <array>
#include <utility>

#include "content/intents.hpp"

namespace nurturer::content {
namespace {

using understanding::CueSource;
using understanding::Intent;

/// What all cues of a file share.
struct Cues {
  std::optional<Intent> intent;  // empty: the file tells a flag
  understanding::Flags flags;
  const Scopes& scopes;
  std::vector<std::string> default_unless;
  std::map<std::string, std::uint32_t, std::less<>> ids;  // and the line of the first
};

std::vector<std::string> scopes_of(const std::vector<Words>& names, const Scopes& scopes, Mistakes& mistakes) {
  std::vector<std::string> known_ones;
  const Names known(scopes.ids.begin(), scopes.ids.end());
  for (const Words& scope : names) {
    if (scopes.ids.contains(scope.text)) {
      known_ones.push_back(scope.text);
    } else if (scopes.readable) {
      mistakes.add(scope.line, "there is no scope " + in_quotes(scope.text),
                   did_you_mean(scope.text, known, "the scopes are " + one_of(known)), scope.text);
    }
  }
  return known_ones;
}

int points_of(Table& table) {
  using namespace understanding;
  static constexpr std::array<std::pair<std::string_view, int>, 4> weights{
      {{"strong", strong_points}, {"weak", weak_points}, {"hint", hint_points}, {"against", -strong_points}}};
  const Value* const value = table.take("weight");
  if (value == nullptr) return strong_points;
  Names names;
  if (value->kind == Value::Kind::text) {
    for (const auto& [name, points] : weights) {
      if (value->text == name) return points;
      names.push_back(name);
    }
  } else if (value->kind == Value::Kind::number && value->number >= -100 && value->number <= 100) {
    return static_cast<int>(value->number);
  }
  table.mistakes().add(value->line, value->kind == Value::Kind::text ? "there is no weight " + in_quotes(value->text) : "this is no weight",
                       did_you_mean(value->text, names, "write strong, weak, hint or against, or a whole number from -100 to 100"),
                       value->text);
  return strong_points;
}

void read_level(Table& table, std::optional<Intent> intent, CueSource& cue) {
  const auto written = table.text("level");
  if (!written) return;
  const auto level = understanding::level_named(written->text);
  if (!level || *level == understanding::Level::none) {
    table.mistakes().add(written->line, "there is no level " + in_quotes(written->text),
                         did_you_mean(written->text, {"concern", "crisis", "emergency"}, ""), written->text);
  } else if (!intent || understanding::kind(*intent) != understanding::Kind::safety) {
    table.mistakes().add(written->line, "only the safety intents have a level",
                         "take the line away, or move the cue to a safety intent such as crisis_suicide.toml");
  } else {
    cue.level = level;
  }
}

void read_subject(Table& table, CueSource& cue) {
  const auto written = table.text("subject");
  if (!written) return;
  if (written->text == name(understanding::Subject::self)) {
    cue.subject = understanding::Subject::self;
  } else if (written->text == name(understanding::Subject::other)) {
    cue.subject = understanding::Subject::other;
  } else {
    table.mistakes().add(written->line, "there is no subject " + in_quotes(written->text),
                         did_you_mean(written->text, {"self", "other"}, ""), written->text);
  }
}

void read_evidence(Table& table, CueSource& cue) {
  const auto one = table.text("pattern");
  cue.patterns = without_lines(table.texts("patterns"));
  if (one) cue.patterns.push_back(one->text);
  if (const auto regex = table.text("regex")) cue.regex = regex->text;
  cue.with = without_lines(table.texts("with"));
  cue.without = without_lines(table.texts("without"));
  const int given = (table.has("pattern") ? 1 : 0) + (table.has("patterns") ? 1 : 0) + (table.has("regex") ? 1 : 0);
  if (given == 0) {
    table.mistakes().add(table.line(), "this cue has no pattern, so it can never be found", "add a line such as: pattern = \"he left me\"");
  } else if (given > 1) {
    table.mistakes().add(table.line(), "this cue has more than one of pattern, patterns and regex",
                         "keep one of them: patterns = [\"...\", \"...\"] holds several");
  }
}

void read_id(Table& table, Cues& cues, CueSource& cue) {
  const auto id = table.text("id", "id = \"no_reply\"");
  cue.id = "line " + std::to_string(table.line());  // so that the engine takes it, and says what else is wrong with it
  if (!id) return;
  const auto [first, is_new] = cues.ids.emplace(id->text, id->line);
  if (is_new) {
    cue.id = id->text;
    return;
  }
  table.mistakes().add(
      id->line, "two cues of this file have the id " + in_quotes(id->text) + "; the first stands in line " + std::to_string(first->second),
      "give this one a name of its own", id->text);
}

void read_cue(const Value& entry, Cues& cues, std::vector<CueSource>& into, Mistakes& mistakes) {
  Table table(entry, "cue", mistakes);
  CueSource cue;
  cue.intent = cues.intent;
  cue.source = mistakes.at(entry.line);
  read_id(table, cues, cue);
  read_evidence(table, cue);
  if (cues.intent) {
    cue.points = points_of(table);
    read_level(table, cues.intent, cue);
  }
  read_subject(table, cue);
  const auto unless = table.texts("unless");
  cue.unless = table.has("unless") ? scopes_of(unless, cues.scopes, mistakes) : cues.default_unless;
  cue.flags = flags_of(table.texts("flags"), mistakes);
  cue.flags.add(cues.flags);
  cue.should_find = without_lines(table.texts("should_find", "should_find = [\"a sentence in which the cue must be found\"]"));
  cue.should_not_find = without_lines(table.texts("should_not_find"));
  table.finish({{"about", "at the top of the file, before the first [[cue]]"},
                {"default_unless", "at the top of the file, before the first [[cue]]"},
                {"weight", "to cues of intents: a flag has no weight"},
                {"level", "to cues of intents: a flag has no level"}});
  if (!cue.patterns.empty() || !cue.regex.empty()) into.push_back(std::move(cue));  // else it was told
}

void read_cues(const Value& file, Cues cues, std::vector<CueSource>& into, Mistakes& mistakes) {
  Table table(file, "file", mistakes);
  (void)table.text("about", "about = \"Fears to be left.\"");
  const auto unless = table.texts("default_unless");
  cues.default_unless = table.has("default_unless") ? scopes_of(unless, cues.scopes, mistakes) : cues.scopes.default_unless;
  for (const Value* const entry : table.tables("cue", "[[cue]]")) read_cue(*entry, cues, into, mistakes);
  table.finish();
}

}  // namespace

void read_intent(const Value& file, const Scopes& scopes, std::vector<CueSource>& into, Mistakes& mistakes) {
  const auto label = mistakes.page().name();
  const auto intent = understanding::intent_named(label);
  if (!intent) {
    Names known;
    for (std::size_t i = 0; i < understanding::intent_count; ++i) known.push_back(name(static_cast<Intent>(i)));
    mistakes.add(0, "there is no intent " + in_quotes(label) + ", and the file's name says which intent its cues are for",
                 did_you_mean(label, known, "rename the file to one of the labels in docs, such as panic.toml"));
  }
  // Also without a label everything in it is looked at, as evidence for no intent.
  read_cues(file, {intent.value_or(Intent::none), {}, scopes, {}, {}}, into, mistakes);
}

void read_flag(const Value& file, const Scopes& scopes, std::vector<CueSource>& into, Mistakes& mistakes) {
  const auto label = mistakes.page().name();
  understanding::Flags flags;
  if (const auto flag = understanding::flag_named(label)) {
    flags.add(*flag);
  } else {
    mistakes.add(0, "there is no flag " + in_quotes(label) + ", and the file's name says which flag its cues tell",
                 did_you_mean(label, flag_names(), "the flags are " + one_of(flag_names())));
  }
  const auto intent = flags.empty() ? std::optional(Intent::none) : std::nullopt;
  read_cues(file, {intent, flags, scopes, {}, {}}, into, mistakes);
}

}  // namespace nurturer::content
