#include "engine/understanding/scope_field.hpp"

#include <algorithm>

namespace nurturer::understanding {
namespace {

using text::Break;

bool overlaps(const Hit& exception, const Hit& trigger) noexcept {
  for (std::size_t token = trigger.first; token <= trigger.last; ++token) {
    if (trigger.takes(token) && exception.takes(token)) return true;
  }
  return false;
}

/// How far tokens go on from `token` without a break of this strength before one, at most `words` of them (0: all); the end.
std::size_t forward(const text::Text& text, std::size_t token, Break cut, int words) noexcept {
  const std::size_t size = text.tokens.size();
  const std::size_t limit = words > 0 ? std::min(size, token + static_cast<std::size_t>(words)) : size;
  while (token < limit && text.tokens[token].before < cut) ++token;
  return token;
}

std::size_t backward(const text::Text& text, std::size_t token, Break cut, int words) noexcept {
  const std::size_t limit = words > 0 && token > static_cast<std::size_t>(words) ? token - static_cast<std::size_t>(words) : 0;
  while (token > limit && text.tokens[token].before < cut) --token;
  return token;
}

void limit(OpenScope& scope, const ScopeHits& hits) noexcept {
  for (const Hit* stop = hits.stops; stop != hits.stops_end; ++stop) {
    if (stop->first > scope.trigger.last) scope.end = std::min(scope.end, std::size_t{stop->first});
    if (stop->last < scope.trigger.first) scope.begin = std::max(scope.begin, std::size_t{stop->last} + 1);
  }
  scope.end = std::max(scope.end, scope.begin);
}

void reach_out(OpenScope& scope, const text::Text& text, int words) noexcept {
  const std::size_t first = scope.trigger.first;
  const std::size_t behind = std::size_t{scope.trigger.last} + 1;
  switch (scope.reach) {
    case Reach::match:
      scope.begin = first;
      scope.end = behind;
      break;
    case Reach::after:
      scope.begin = behind;
      scope.end = forward(text, behind, Break::clause, words);
      break;
    case Reach::before:
      scope.begin = backward(text, first, Break::clause, words);
      scope.end = first;
      break;
    case Reach::clause:
      scope.begin = backward(text, first, Break::clause, 0);
      scope.end = forward(text, behind, Break::clause, 0);
      break;
    case Reach::sentence:
      scope.begin = backward(text, first, Break::sentence, 0);
      scope.end = forward(text, behind, Break::sentence, 0);
      break;
    case Reach::message:
      scope.begin = 0;
      scope.end = text.tokens.size();
      break;
  }
}

bool reaches(const OpenScope& scope, std::size_t token) noexcept {
  if (scope.reach == Reach::match) return scope.trigger.takes(token);
  return token >= scope.begin && token < scope.end;
}

}  // namespace

void open_scopes(const text::Text& text, const ScopeSource& source, std::uint32_t index, std::uint32_t id, const ScopeHits& hits,
                 std::vector<OpenScope>& scopes) {
  for (const Hit* trigger = hits.opens; trigger != hits.opens_end; ++trigger) {
    if (std::any_of(hits.excepts, hits.excepts_end, [&](const Hit& exception) { return overlaps(exception, *trigger); })) continue;
    OpenScope scope;
    scope.source = index;
    scope.id = id;
    scope.reach = source.reach;
    scope.trigger = *trigger;
    reach_out(scope, text, source.words);
    limit(scope, hits);
    scopes.push_back(scope);
  }
}

bool stands_in(const Hit& hit, const OpenScope& scope) noexcept {
  if (!reaches(scope, hit.first) && !reaches(scope, hit.last)) return false;
  for (std::size_t token = scope.trigger.first; token <= scope.trigger.last; ++token) {
    if (scope.trigger.takes(token) && !hit.takes(token)) return true;
  }
  return false;
}

std::uint32_t scope_of(const Hit& hit, ScopeSet set, const text::Text& text, const std::vector<OpenScope>& scopes) noexcept {
  const auto named = [set](std::uint32_t id) { return (set >> id & 1U) != 0; };
  // Both ends: a single word in quotation marks ("my "friend" hit me") is still the sender's own
  if (named(quoted_scope) && text.tokens[hit.first].quoted && text.tokens[hit.last].quoted) return quoted_scope;
  if (named(question_scope) && text.tokens[hit.last].question) return question_scope;
  for (const OpenScope& scope : scopes) {
    if (named(scope.id) && stands_in(hit, scope)) return scope.id;
  }
  return most_scopes;
}

}  // namespace nurturer::understanding
