#pragma once
// How well labelled messages are understood: counts, and the shares that follow from them.
//
// A predicted L is right if L is the row's label or stands in its `also`; a miss is a row labelled L whose prediction is neither.

#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "app/labelled.hpp"

namespace nurturer::app {

class Scores {
 public:
  void add(const Labelled& row, const understanding::Reading& reading);

  struct Label {
    int rows = 0;       // labelled so
    int predicted = 0;  // read so
    int right = 0;      // read so, rightly
    int missed = 0;     // labelled so, read otherwise and not as one of `also`
    [[nodiscard]] double precision() const;
    [[nodiscard]] double recall() const;
    [[nodiscard]] double f1() const;
  };
  [[nodiscard]] const Label& of(understanding::Intent intent) const { return labels_[static_cast<std::size_t>(intent)]; }

  int rows = 0;
  int right = 0;
  int crises = 0;            // rows with a safety label
  int crises_noticed = 0;    // level above none
  int crises_kind = 0;       // noticed, and the kind is right
  int crises_subject = 0;    // noticed, and the subject is right
  int others = 0;            // rows with neither a safety label nor one in `also`
  int false_alarms = 0;      // of them read with a level above none
  int feelings = 0;
  int feelings_silent = 0;   // of them read as none

  [[nodiscard]] double accuracy() const;
  [[nodiscard]] double macro_f1() const;  // over labels that have rows
  [[nodiscard]] double crisis_recall() const;

  /// Wrong readings: (label, read as) -> how often.
  std::map<std::pair<understanding::Intent, understanding::Intent>, int> confusions;

 private:
  std::array<Label, understanding::intent_count> labels_{};
};

}  // namespace nurturer::app
