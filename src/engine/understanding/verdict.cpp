#include "engine/understanding/verdict.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

namespace nurturer::understanding {
namespace {

std::size_t index(Intent intent) noexcept { return static_cast<std::size_t>(intent); }
Intent intent_at(std::size_t index) noexcept { return static_cast<Intent>(index); }

bool is_evidence_for(const CueSource& cue, const Fired& fired, Intent intent) noexcept {
  return fired.counts() && cue.intent == intent && cue.points > 0;
}

Level level_of(const CueSource& cue) noexcept {
  const Level level = cue.level.value_or(Level::crisis);
  return level == Level::none ? Level::concern : level;
}

/// The level of a safety intent that speaks: the highest that its cues tell; a concern if none of them would speak alone.
Level level_of(const std::vector<CueSource>& cues, const std::vector<Fired>& fired, Intent intent, const Sums& sums) noexcept {
  if (!sums.strong[index(intent)]) return Level::concern;
  Level level = Level::concern;
  for (const Fired& one : fired) {
    if (is_evidence_for(cues[one.cue], one, intent)) level = std::max(level, level_of(cues[one.cue]));
  }
  return level;
}

std::optional<Intent> safety(const std::vector<CueSource>& cues, const std::vector<Fired>& fired, const Sums& sums, Level& level) noexcept {
  std::optional<Intent> best;
  for (std::size_t i = 0; kind(intent_at(i)) == Kind::safety; ++i) {
    if (!sums.found[i] || sums.points[i] < speaks) continue;
    const Level own = level_of(cues, fired, intent_at(i), sums);
    if (best && std::tuple(own, sums.points[i]) <= std::tuple(level, sums.points[index(*best)])) continue;
    best = intent_at(i);
    level = own;
  }
  return best;
}

std::optional<Intent> best_of(Kind wanted, const Sums& sums, Setting setting) noexcept {
  std::optional<Intent> best;
  for (std::size_t i = 0; i < intent_count; ++i) {
    if (!sums.found[i] || kind(intent_at(i)) != wanted || sums.points[i] < needed(intent_at(i), sums, setting)) continue;
    if (!best || sums.points[i] > sums.points[index(*best)]) best = intent_at(i);
  }
  return best;
}

Intent ordinary(const Sums& sums, Setting setting) noexcept {
  std::optional<Intent> best = best_of(Kind::request, sums, setting);
  if (!best) best = best_of(Kind::feeling, sums, setting);
  if (!best) best = best_of(Kind::courtesy, sums, setting);
  const int against = sums.points[index(Intent::none)];
  return best && against <= sums.points[index(*best)] ? *best : Intent::none;
}

/// Plain words for one request outweigh a mere likeness to another: "what will you remind me of?" is like setting a reminder in each word.
Intent plainer(Intent best, const Sums& sums, Setting setting) noexcept {
  if (kind(best) != Kind::request || sums.found[index(best)]) return best;
  const auto told = best_of(Kind::request, sums, setting);
  return told && sums.strong[index(*told)] ? *told : best;
}

/// Of the intents of safety, or of all others: which has most.
Intent heaviest(bool safety, const Sums& sums, const Lean& lean) noexcept {
  Intent best = safety ? intent_at(0) : Intent::none;
  for (std::size_t i = 0; i < intent_count; ++i) {
    if ((kind(intent_at(i)) == Kind::safety) == safety && total(intent_at(i), sums, lean) > total(best, sums, lean)) best = intent_at(i);
  }
  return best;
}

/// How likely each intent is, cues and leanings weighed together; all add up to 1.
using Chances = std::array<float, intent_count>;
Chances chances(const Sums& sums, const Lean& lean) noexcept {
  Chances chances{};
  float most = -std::numeric_limits<float>::max(), sum = 0;
  for (std::size_t i = 0; i < intent_count; ++i) most = std::max(most, chances[i] = total(intent_at(i), sums, lean));
  for (float& one : chances) sum += one = std::exp((one - most) / points_of_odds);
  for (float& one : chances) one /= sum;
  return chances;
}

bool tells_flag(const Case& the_case) noexcept {
  return std::any_of(the_case.fired.begin(), the_case.fired.end(),
                     [&](const Fired& one) { return one.counts() && !the_case.cues[one.cue].flags.empty(); });
}

/// The danger to ask about, and at which level, by words and leanings together.
std::optional<Intent> weighed_danger(const Case& the_case, const Sums& sums, const Chances& chances, Level& level) noexcept {
  const Lean& lean = the_case.lean;
  const auto told = safety(the_case.cues, the_case.fired, sums, level);
  if (told && level >= Level::crisis) return told;  // plain words of a crisis stand, whatever else leans
  level = Level::none;
  const Intent danger = heaviest(true, sums, lean);
  // "I have asthma" tells a fact, and no more.
  constexpr std::size_t few = 5;
  if (lean.words < few && tells_flag(the_case) && !sums.found[index(danger)]) return std::nullopt;
  float chance = 0;
  for (std::size_t i = 0; kind(intent_at(i)) == Kind::safety; ++i) chance += chances[i];
  // Few words lean every way.
  const float asks = danger_asks + (lean.words < few ? 0.1F * static_cast<float>(few - lean.words) : 0.0F);
  if (chance < asks || (lean.words <= few_words && total(danger, sums, lean) < unlike_all)) return std::nullopt;
  level = Level::concern;
  return danger;
}

// Grows with the points and with their distance to the next best: 20 points alone give 0.71, 40 give 0.83, a tie halves it.
float confidence(int points, int next_best) noexcept {
  if (points <= 0) return 0;
  const float strength = static_cast<float>(points) / (static_cast<float>(points) + 8.0F);
  const float margin = static_cast<float>(std::max(points - std::max(next_best, 0), 0)) / static_cast<float>(points);
  return strength * (0.5F + 0.5F * margin);
}

// Without any evidence it is a guess; points that did not suffice for something else make it less sure.
float confidence_of_nothing(int next_best) noexcept {
  return 0.5F * (1.0F - static_cast<float>(std::clamp(next_best, 0, 2 * speaks)) / static_cast<float>(4 * speaks));
}

void list_alternatives(const Sums& sums, Reading& into) {
  into.alternatives.clear();
  const int chosen = std::max(sums.points[index(into.intent)], 0);
  for (std::size_t i = 0; i < intent_count; ++i) {
    const int points = sums.points[i];
    if (!sums.found[i] || points <= 0 || intent_at(i) == into.intent) continue;
    into.alternatives.push_back(
        {intent_at(i), 0.5F * confidence(points, 0) * static_cast<float>(points) / static_cast<float>(points + chosen), points, points >= speaks});
  }
  std::stable_sort(into.alternatives.begin(), into.alternatives.end(),
                   [](const Alternative& one, const Alternative& two) { return one.points > two.points; });
}

}  // namespace

Sums add_up(const std::vector<CueSource>& cues, const std::vector<Fired>& fired) noexcept {
  Sums sums;
  for (const Fired& one : fired) {
    const CueSource& cue = cues[one.cue];
    if (!one.counts() || !cue.intent) continue;
    const std::size_t intent = index(*cue.intent);
    sums.points[intent] += cue.points;
    sums.strong[intent] = sums.strong[intent] || cue.points >= strong_points;
    sums.found[intent] = sums.found[intent] || cue.points > 0;
  }
  return sums;
}

int needed(Intent intent, const Sums& sums, Setting setting) noexcept {
  const bool small_talk = setting == Setting::group && kind(intent) != Kind::safety && !sums.strong[index(intent)];
  return small_talk ? 2 * speaks : speaks;
}

const Fired* deciding(const std::vector<CueSource>& cues, const std::vector<Fired>& fired, Intent intent) noexcept {
  const bool safety = kind(intent) == Kind::safety;
  const auto weight = [&](const Fired& one) {
    const CueSource& cue = cues[one.cue];
    return std::tuple(safety ? level_of(cue) : Level::none, cue.points, cue.subject.has_value(), !one.about_other);
  };
  const Fired* best = nullptr;
  for (const Fired& one : fired) {
    if (is_evidence_for(cues[one.cue], one, intent) && (best == nullptr || weight(one) > weight(*best))) best = &one;
  }
  return best;
}

float speaks_of_other(const std::vector<CueSource>& cues, const Fired* reason) noexcept {
  if (reason == nullptr) return 0;
  const auto said = cues[reason->cue].subject;
  if (said) return *said == Subject::other ? 1.0F : -1.0F;
  return reason->about_other ? 0.5F : -0.5F;
}

// The more cues found the same thing, the less each further one tells; a few weak ones tell little: 5 points count 3, 10 count 9, 20 count
// 19, 60 count 27.
float weighed(int points) noexcept {
  const auto all = static_cast<float>(points);
  return points > 0 ? 28.0F * all * all / (all * all + 196.0F) : all;
}

float total(Intent intent, const Sums& sums, const Lean& lean) noexcept {
  return lean.cue_worth[index(intent)] * weighed(sums.points[index(intent)]) + lean.points[index(intent)];
}

namespace {

// The words of a cue, its scope and the leanings are weighed together: "my son wrote that he wont be here for the summer" has the words of
// one who speaks of themselves.
Subject subject_of(const Case& the_case, Intent intent, const Fired* reason) noexcept {
  const float told = speaks_of_other(the_case.cues, reason);
  const bool weighed = the_case.lean.known && kind(intent) == Kind::safety;
  const float other = weighed ? the_case.lean.other + points_of_odds * the_case.lean.cue_worth_other * told : told;
  return other > 0 ? Subject::other : Subject::self;
}

void list_leaning_alternatives(const Sums& sums, const Lean& lean, const Chances& chances, Reading& into) {
  into.alternatives.clear();
  for (std::size_t i = 0; i < intent_count; ++i) {
    const bool said = sums.points[i] >= speaks;
    constexpr float far_behind = 0.03F;
    if (intent_at(i) == into.intent || (chances[i] < far_behind && !said)) continue;
    into.alternatives.push_back({intent_at(i), chances[i], static_cast<int>(total(intent_at(i), sums, lean)), said});
  }
  std::stable_sort(into.alternatives.begin(), into.alternatives.end(),
                   [](const Alternative& one, const Alternative& two) { return one.points > two.points; });
  constexpr std::size_t most = 5;
  if (into.alternatives.size() > most) into.alternatives.resize(most);
  into.confidence = chances[index(into.intent)];
}

}  // namespace

void decide(const Case& the_case, Reading& into) {
  const auto& [cues, fired, lean, setting] = the_case;
  const Sums sums = add_up(cues, fired);
  into.level = Level::none;
  into.guessed = false;
  const Chances chance = lean.known ? chances(sums, lean) : Chances{};
  into.intent = lean.known ? weighed_danger(the_case, sums, chance, into.level).value_or(Intent::none)
                           : safety(cues, fired, sums, into.level).value_or(Intent::none);
  into.guessed = into.intent != Intent::none && !sums.strong[index(into.intent)];
  if (into.intent == Intent::none && lean.known) {
    const Intent heavy = plainer(heaviest(false, sums, lean), sums, setting);
    const bool like_it = lean.words > few_words || total(heavy, sums, lean) > unlike_all;
    into.intent = like_it ? heavy : ordinary(sums, setting);
    into.guessed = into.intent != ordinary(sums, setting);
  } else if (into.intent == Intent::none) {
    into.intent = ordinary(sums, setting);
  }
  const Fired* reason = deciding(cues, fired, into.intent);
  into.rule = reason == nullptr ? -1 : static_cast<std::int32_t>(reason->cue);
  into.subject = subject_of(the_case, into.intent, reason);
  into.flags = {};
  for (const Fired& one : fired) {
    if (one.counts()) into.flags.add(cues[one.cue].flags);
  }
  if (lean.known && into.level <= Level::concern) return list_leaning_alternatives(sums, lean, chance, into);
  list_alternatives(sums, into);
  const int next_best = into.alternatives.empty() ? 0 : into.alternatives.front().points;
  into.confidence = reason == nullptr ? confidence_of_nothing(next_best) : confidence(sums.points[index(into.intent)], next_best);
}

}  // namespace nurturer::understanding
