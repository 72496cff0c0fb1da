#pragma once
// What a message was found to mean.

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/text/text.hpp"
#include "engine/understanding/labels.hpp"

namespace nurturer::understanding {

/// Where a message was written. In a group small talk needs more evidence before it becomes a feeling.
enum class Setting : std::uint8_t { dm, group };

struct Evidence {
  std::uint32_t cue = 0;       // index into Model::cues()
  text::Span span;             // in the message
  std::string_view vetoed_by;  // empty: it counted; else the scope (or "with", "without") that overruled it; lives as long as the model
};

struct Alternative {
  Intent intent = Intent::none;
  float confidence = 0;
  int points = 0;
  bool said = false;  // by cues: it would have been the meaning, had it stood alone
};

/// What a message means. Holds no text of it.
struct Reading {
  Intent intent = Intent::none;
  Subject subject = Subject::self;
  Level level = Level::none;
  Flags flags;
  std::int32_t rule = -1;                 // the cue that decided, index into Model::cues(); -1: none
  std::int32_t leaning = -1;              // where no cue did: the row of the leanings that spoke most; -1: none
  bool guessed = false;                   // the leanings made it so: cues alone would have read nothing, or something else
  float confidence = 0;                   // 0..1
  std::vector<Alternative> alternatives;  // other intents with evidence, best first
  std::vector<Evidence> evidence;         // of the intent chosen and of all others, in order of cues, one for each; vetoed ones too
};

}  // namespace nurturer::understanding
