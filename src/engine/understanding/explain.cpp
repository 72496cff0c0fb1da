#include <algorithm>
#include <cmath>
#include <string>

#include "engine/understanding/model.hpp"
#include "engine/understanding/model_parts.hpp"

namespace nurturer::understanding {
namespace {

std::string_view shown(const text::Text& text, std::size_t token) {
  const text::Span span = text.tokens[token].folded;
  return std::string_view(text.folded).substr(span.begin, span.end - span.begin);
}

std::string_view mark_before(text::Break before) {
  switch (before) {
    case text::Break::none: return " ";
    case text::Break::clause: return " , ";
    case text::Break::line: return " / ";
    case text::Break::sentence: return " . ";
  }
  return " ";
}

// Words that no rule knows stand in brackets.
std::string words_table(const text::Text& text, const text::Lexicon& lexicon) {
  std::string line = "words    ";
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const text::Token& token = text.tokens[i];
    if (i > 0) line += mark_before(token.before);
    const bool known = token.id != text::unknown_word || token.variant != text::unknown_word;
    line += known ? std::string(shown(text, i)) : "[" + std::string(shown(text, i)) + "]";
    if (token.id != text::unknown_word && token.variant != text::unknown_word) line += "=" + std::string(lexicon.word(token.variant));
    if (token.quoted) line += "\"";
    if (token.question) line += "?";
  }
  if (text.truncated) line += "  (the middle of the message was left out)";
  return line + "\n";
}

std::string words_of(const text::Text& text, const Hit& hit) {
  std::string words;
  bool gap = false;
  for (std::size_t token = hit.first; token <= hit.last; ++token) {
    if (!hit.takes(token)) {
      if (!gap) words += " ...";
      gap = true;
      continue;
    }
    gap = false;
    if (!words.empty()) words += ' ';
    words += shown(text, token);
  }
  return words;
}

std::string range_of(const text::Text& text, std::size_t begin, std::size_t end) {
  if (begin >= end) return "nothing";
  return end - begin == 1 ? std::string(shown(text, begin)) : std::string(shown(text, begin)) + " .. " + std::string(shown(text, end - 1));
}

std::string place(const Source& source) { return source.file + ":" + std::to_string(source.line); }

std::string padded(std::string_view word, std::size_t width) {
  std::string cell(word);
  cell.resize(std::max(width, cell.size()), ' ');
  return cell;
}

std::string quoted(const std::string& words) { return "\"" + words + "\""; }

std::string cue_line(const CueSource& cue, const Fired& fired, const text::Text& text) {
  const std::string points = (cue.points > 0 ? "+" : "") + std::to_string(cue.intent ? cue.points : 0);
  std::string line = "cue      " + padded(cue.intent ? name(*cue.intent) : "(flags only)", 20) + padded(points, 5) + place(cue.source) +
                     " " + cue.id + "  " + quoted(words_of(text, fired.hit));
  if (fired.counts() && fired.about_other) line += "  about somebody else";
  if (!fired.counts()) line += "  overruled by " + std::string(fired.vetoed_by);
  return line + "\n";
}

std::string sums_table(const Sums& sums, Setting setting) {
  std::string lines;
  for (std::size_t i = 0; i < intent_count; ++i) {
    if (sums.points[i] == 0 && !sums.found[i]) continue;
    const auto intent = static_cast<Intent>(i);
    lines += "sum      " + padded(name(intent), 20) + padded(std::to_string(sums.points[i]), 5) + "of " +
             std::to_string(needed(intent, sums, setting)) + " needed\n";
  }
  return lines;
}

std::string totals_table(const Sums& sums, const Lean& lean) {
  std::vector<std::pair<float, Intent>> totals;
  for (std::size_t i = 0; i < intent_count; ++i) totals.emplace_back(total(static_cast<Intent>(i), sums, lean), static_cast<Intent>(i));
  constexpr std::ptrdiff_t shown = 4;
  std::partial_sort(totals.begin(), totals.begin() + shown, totals.end(), [](const auto& one, const auto& two) { return one.first > two.first; });
  std::string lines;
  for (const auto* at = totals.data(); at != totals.data() + shown; ++at) {
    const float leans = lean.points[static_cast<std::size_t>(at->second)];
    lines += "total    " + padded(name(at->second), 20) + padded(std::to_string(std::lround(at->first)), 5) + "of which leanings " +
             std::to_string(std::lround(leans)) + "\n";
  }
  return lines;
}

std::string reading_line(const Reading& reading, const std::string& rule) {
  std::string flags;
  for (const Flag* flag = begin_flags(); flag != end_flags(); ++flag) {
    if (reading.flags.has(*flag)) flags += " " + std::string(name(*flag));
  }
  const long percent = std::lround(reading.confidence * 100.0F);
  return "reading  " + std::string(name(reading.intent)) + "  level " + std::string(name(reading.level)) + "  subject " +
         std::string(name(reading.subject)) + "  flags" + (flags.empty() ? " none" : flags) + "  confidence " + std::to_string(percent) +
         " %  decided by " + (rule.empty() ? "nothing" : rule) + "\n";
}

}  // namespace

std::string Model::explain(std::string_view utf8, Setting setting) const {
  text::Text text;
  Scratch scratch;
  Reading reading;
  text::read(utf8, parts_->language->lexicon(), text);
  understand(text, setting, scratch, reading);
  std::string table = words_table(text, parts_->language->lexicon());
  for (const OpenScope& scope : scratch.scopes) {
    table += "scope    " + padded(parts_->scope_names[scope.id], 25) + place(parts_->rules.scopes[scope.source].source) + "  " +
             quoted(words_of(text, scope.trigger)) + " reaches " + range_of(text, scope.begin, scope.end) + "\n";
  }
  for (const Fired& fired : scratch.fired) table += cue_line(parts_->rules.cues[fired.cue], fired, text);
  const Sums sums = add_up(parts_->rules.cues, scratch.fired);
  table += sums_table(sums, setting);
  const Lean lean = parts_->leanings.lean(text, setting, scratch.leanings);
  if (lean.known) {
    constexpr std::size_t shown = 6;
    for (const Leaning& leaning : leanings(text, reading.intent, shown, scratch)) {
      table += "leaning  " + padded(name(reading.intent), 20) + "+" + padded(std::to_string(std::lround(leaning.points)), 4) +
               leaning.where + "  " + quoted(leaning.feature) + "\n";
    }
    table += totals_table(sums, lean);
  }
  return table + reading_line(reading, reason(reading));
}

}  // namespace nurturer::understanding
