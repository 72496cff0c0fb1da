#include "app/scores.hpp"

#include <algorithm>

namespace nurturer::app {
namespace {

using understanding::Intent;
using understanding::Kind;
using understanding::Level;

double share(int part, int whole) { return whole == 0 ? 0.0 : static_cast<double>(part) / whole; }

bool safety(Intent intent) { return understanding::kind(intent) == Kind::safety; }

}  // namespace

double Scores::Label::precision() const { return share(right, predicted); }
double Scores::Label::recall() const { return share(rows - missed, rows); }
double Scores::Label::f1() const {
  const double sum = precision() + recall();
  return sum == 0 ? 0.0 : 2 * precision() * recall() / sum;
}

double Scores::accuracy() const { return share(right, rows); }
double Scores::crisis_recall() const { return share(crises_noticed, crises); }

double Scores::macro_f1() const {
  double sum = 0;
  int count = 0;
  for (const Label& label : labels_) {
    if (label.rows == 0) continue;
    sum += label.f1();
    ++count;
  }
  return count == 0 ? 0.0 : sum / count;
}

void Scores::add(const Labelled& row, const understanding::Reading& reading) {
  const bool is_right = row.right(reading.intent);
  ++rows;
  right += is_right ? 1 : 0;
  Label& expected = labels_[static_cast<std::size_t>(row.label)];
  Label& predicted = labels_[static_cast<std::size_t>(reading.intent)];
  ++expected.rows;
  ++predicted.predicted;
  predicted.right += is_right ? 1 : 0;
  expected.missed += is_right ? 0 : 1;
  if (!is_right) ++confusions[{row.label, reading.intent}];

  const bool noticed = reading.level != Level::none;
  if (safety(row.label)) {
    ++crises;
    crises_noticed += noticed ? 1 : 0;
    crises_kind += noticed && is_right ? 1 : 0;
    crises_subject += noticed && reading.subject == row.subject ? 1 : 0;
  } else if (std::ranges::none_of(row.also, safety)) {
    ++others;
    false_alarms += noticed ? 1 : 0;
  }
  if (understanding::kind(row.label) == Kind::feeling) {
    ++feelings;
    feelings_silent += reading.intent == Intent::none ? 1 : 0;
  }
}

}  // namespace nurturer::app
