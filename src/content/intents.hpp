#pragma once
// Readers of intents/<language>/: word lists, scopes and cues, as authors wrote them. Patterns are compiled later, by the engine.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "content/reader.hpp"
#include "engine/understanding/rules.hpp"

namespace nurturer::content {

/// What the files of lists/ share: a name is taken once in the whole language.
using Taken = std::map<std::string, Source, std::less<>>;

void read_lists(const Value& file, Taken& taken, understanding::LanguageSource& into, Mistakes& mistakes);

/// Of a file that cannot be read: whatever may be a list's name becomes a list, so that one mistake does not make hundreds.
void guess_lists(const Page& page, Taken& taken, understanding::LanguageSource& into, Mistakes& mistakes);

/// The scopes, and what a cue that says nothing must not stand in.
struct Scopes {
  std::vector<understanding::ScopeSource> all;
  std::set<std::string, std::less<>> ids;
  std::vector<std::string> default_unless;
  bool readable = false;  // false: nobody is told of unknown scopes, since all would be
};

void read_scopes(const Value& file, Scopes& into, Mistakes& mistakes);

/// The cues of intents/<language>/LABEL.toml; the label is the page's name.
void read_intent(const Value& file, const Scopes& scopes, std::vector<understanding::CueSource>& into, Mistakes& mistakes);

/// The cues of intents/<language>/flags/FLAG.toml.
void read_flag(const Value& file, const Scopes& scopes, std::vector<understanding::CueSource>& into, Mistakes& mistakes);

}  // namespace nurturer::content
