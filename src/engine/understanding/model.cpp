#include "engine/understanding/model.hpp"

#include <algorithm>

#include "engine/understanding/model_compiler.hpp"
#include "engine/understanding/model_parts.hpp"

namespace nurturer::understanding {

Model::Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

Model Model::compile(Rules rules, Language& language, Diagnostics& diagnostics) {
  Model model;
  model.parts_ = std::make_unique<Parts>(std::move(rules), language);
  ModelCompiler(*model.parts_, language, diagnostics).compile();
  return model;
}

void Model::understand(const text::Text& text, Setting setting, Scratch& scratch, Reading& into) const {
  parts_->look(text, scratch);
  into.evidence.clear();
  for (const Fired& fired : scratch.fired) {
    const text::Span span{text.tokens[fired.hit.first].span.begin, text.tokens[fired.hit.last].span.end};
    into.evidence.push_back({fired.cue, span, fired.vetoed_by});
  }
  const Lean lean = parts_->leanings.lean(text, setting, scratch.leanings);
  decide({parts_->rules.cues, scratch.fired, lean, setting}, into);
  into.leaning = into.rule >= 0 || !lean.known ? -1 : parts_->leanings.best_row(into.intent, scratch.leanings);
}

Reading Model::understand(std::string_view utf8, Setting setting) const {
  text::Text text;
  Scratch scratch;
  Reading reading;
  text::read(utf8, parts_->language->lexicon(), text);
  understand(text, setting, scratch, reading);
  return reading;
}

const std::vector<CueSource>& Model::cues() const noexcept { return parts_->rules.cues; }

std::string Model::where(std::int32_t cue) const {
  if (cue < 0) return {};
  const Source& source = parts_->rules.cues[static_cast<std::size_t>(cue)].source;
  return source.file + ":" + std::to_string(source.line);
}

std::string Model::reason(const Reading& reading) const {
  if (reading.rule >= 0 || reading.leaning < 0) return where(reading.rule);
  return parts_->leanings.where(static_cast<std::uint32_t>(reading.leaning));
}

std::vector<Model::Leaning> Model::leanings(const text::Text& text, Intent intent, std::size_t most, const Scratch& scratch) const {
  std::vector<Leaning> leanings;
  if (text.tokens.empty()) return leanings;
  for (const Leanings::Reason& reason : parts_->leanings.best(intent, most, scratch.leanings)) {
    leanings.push_back({parts_->leanings.where(reason.row), std::string(parts_->leanings.feature(reason.row)), reason.points,
                        {text.tokens[reason.from].span.begin, text.tokens[reason.to].span.end}});
  }
  return leanings;
}

void Model::Parts::look(const text::Text& text, Scratch& scratch) const {
  scratch.hits.clear();
  scratch.finds.clear();
  scratch.scopes.clear();
  scratch.fired.clear();
  matcher.find(text, scratch.matcher, scratch.hits);
  note_conditions(scratch);
  regexes.find(text, scratch.finds);
  const auto regex_owners = static_cast<std::uint32_t>(owners.size() - rules.cues.size());
  for (const RegexCues::Find& find : scratch.finds) {
    const PatternId pattern{regex_owners + find.cue};
    scratch.hits.push_back({pattern, static_cast<std::uint16_t>(find.first), static_cast<std::uint16_t>(find.last), 0xFFFF'FFFFU});
  }
  const auto key = [this](const Hit& hit) {
    return std::uint64_t{ranks[static_cast<std::size_t>(hit.pattern)]} << 32U | std::uint64_t{hit.first} << 16U | hit.last;
  };
  std::sort(scratch.hits.begin(), scratch.hits.end(), [&](const Hit& one, const Hit& two) { return key(one) < key(two); });
  look_for_scopes(text, scratch);
  look_for_cues(text, scratch);
}

// What is asked for need not be sorted: that it stands somewhere is all.
void Model::Parts::note_conditions(Scratch& scratch) const {
  if (scratch.met.size() < conditions || ++scratch.message == 0) {
    scratch.met.assign(conditions, 0);
    scratch.message = 1;
  }
  const auto noted = [&](const Hit& hit) {
    if (owner(hit).role != Role::condition) return false;
    scratch.met[owner(hit).index] = scratch.message;
    return true;
  };
  scratch.hits.erase(std::remove_if(scratch.hits.begin(), scratch.hits.end(), noted), scratch.hits.end());
}

bool Model::Parts::any(const std::vector<std::uint32_t>& conditions, const Scratch& scratch) noexcept {
  return std::any_of(conditions.begin(), conditions.end(), [&](std::uint32_t id) { return scratch.met[id] == scratch.message; });
}

// The hits of scopes lie behind those of cues; of one scope first what opens it, then what ends it, then its exceptions.
void Model::Parts::look_for_scopes(const text::Text& text, Scratch& scratch) const {
  const Hit* const end = scratch.hits.data() + scratch.hits.size();
  const Hit* at = std::partition_point(static_cast<const Hit*>(scratch.hits.data()), end,
                                       [this](const Hit& hit) { return owner(hit).role < Role::opens; });
  const auto until = [&](const Hit* from, Owner wanted) {
    return std::find_if(from, end, [&](const Hit& hit) { return owner(hit) != wanted; });
  };
  while (at != end) {
    const std::uint32_t scope = owner(*at).index;
    ScopeHits hits;
    hits.opens = at;
    hits.opens_end = hits.stops = until(at, {Role::opens, scope});
    hits.stops_end = hits.excepts = until(hits.stops, {Role::stops, scope});
    hits.excepts_end = at = until(hits.excepts, {Role::excepts, scope});
    open_scopes(text, rules.scopes[scope], scope, scope_ids[scope], hits, scratch.scopes);
  }
}

void Model::Parts::look_for_cues(const text::Text& text, Scratch& scratch) const {
  const Hit* const end = scratch.hits.data() + scratch.hits.size();
  for (const Hit* at = scratch.hits.data(); at != end && owner(*at).role == Role::cue;) {
    const Owner own = owner(*at);
    const Hit* const own_end = std::find_if(at, end, [&](const Hit& hit) { return owner(hit) != own; });
    Fired fired = judge(own.index, at, own_end, text, scratch);
    if (fired.counts() && !rules.cues[own.index].with.empty() && !any(with[own.index], scratch)) fired.vetoed_by = "with";
    if (fired.counts() && any(without[own.index], scratch)) fired.vetoed_by = "without";
    scratch.fired.push_back(fired);
    at = own_end;
  }
}

Fired Model::Parts::judge(std::uint32_t cue, const Hit* begin, const Hit* end, const text::Text& text, const Scratch& scratch) const {
  Fired fired{cue, *begin, {}, true};
  std::uint32_t veto = most_scopes;
  bool counts = false;
  for (const Hit* hit = begin; hit != end; ++hit) {
    const std::uint32_t scope = unless[cue] == 0 ? most_scopes : scope_of(*hit, unless[cue], text, scratch.scopes);
    if (scope != most_scopes) {
      if (veto == most_scopes) veto = scope;
      continue;
    }
    // Of finds that count, one that speaks of the sender tells more than one that speaks of somebody else
    const bool about_other = other != 0 && scope_of(*hit, other, text, scratch.scopes) != most_scopes;
    if (!counts || !about_other) fired = {cue, *hit, {}, about_other};
    counts = true;
    if (!about_other) break;
  }
  if (!counts) fired.vetoed_by = scope_names[veto];
  return fired;
}

bool Model::Parts::opens(std::uint32_t scope, const text::Text& text, Scratch& scratch) const {
  look(text, scratch);
  return std::any_of(scratch.scopes.begin(), scratch.scopes.end(), [&](const OpenScope& open) { return open.source == scope; });
}

}  // namespace nurturer::understanding
