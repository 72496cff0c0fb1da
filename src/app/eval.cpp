// `nurturer eval`: labelled messages against the reading, in figures.
#include <fmt/core.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/commands.hpp"
#include "app/loading.hpp"
#include "app/scores.hpp"

namespace nurturer::app {
namespace {

using nlohmann::ordered_json;
using understanding::Intent;

struct Miss {
  std::string file;
  int line = 0;
  Labelled row;
  Intent read = Intent::none;
  std::string rule;
};

struct Tally {
  Scores scores;
  std::vector<Miss> misses;
  int faults = 0;  // lines that could not be read
};

bool read_file(const std::string& file, const content::Content& content, Tally& tally) {
  std::ifstream in(file);
  if (!in) {
    fmt::print(stderr, "nurturer: {}: cannot be read. Is the name right?\n", file);
    return false;
  }
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto row = read_labelled(line);
    if (!row) {
      ++tally.faults;
      fmt::print(stderr, "nurturer: {}:{}: {}\n", file, number, row.error());
      continue;
    }
    const understanding::Reading reading = content.model.understand(row->text, row->setting);
    tally.scores.add(*row, reading);
    const bool safety = understanding::kind(row->label) == understanding::Kind::safety;
    const bool false_alarm = !safety && reading.level != understanding::Level::none;
    const bool subject = safety && reading.subject != row->subject;
    if (!row->right(reading.intent) || false_alarm || subject) {
      tally.misses.push_back({file, number, *row, reading.intent, content.model.reason(reading)});
    }
  }
  return true;
}

template <class Visit>
void for_each_label(const Scores& scores, Visit visit) {
  for (std::size_t i = 0; i < understanding::intent_count; ++i) {
    const auto intent = static_cast<Intent>(i);
    if (scores.of(intent).rows > 0 || scores.of(intent).predicted > 0) visit(intent, scores.of(intent));
  }
}

ordered_json as_json(const Scores& scores) {
  ordered_json labels = ordered_json::object();
  for_each_label(scores, [&](Intent intent, const Scores::Label& label) {
    labels[std::string(name(intent))] = {{"rows", label.rows}, {"precision", label.precision()}, {"recall", label.recall()}, {"f1", label.f1()}};
  });
  ordered_json confusions = ordered_json::array();
  for (const auto& [pair, count] : scores.confusions) {
    confusions.push_back({{"label", name(pair.first)}, {"read", name(pair.second)}, {"count", count}});
  }
  return {{"rows", scores.rows}, {"right", scores.right}, {"accuracy", scores.accuracy()}, {"macro_f1", scores.macro_f1()},
          {"crises", scores.crises}, {"crises_noticed", scores.crises_noticed}, {"crisis_recall", scores.crisis_recall()},
          {"crises_right_kind", scores.crises_kind}, {"crises_right_subject", scores.crises_subject},
          {"not_crises", scores.others}, {"false_alarms", scores.false_alarms}, {"feelings", scores.feelings},
          {"feelings_read_as_none", scores.feelings_silent}, {"labels", labels}, {"confusions", confusions}};
}

void print_confusions(const Scores& scores) {
  std::vector<std::pair<int, std::string>> rows;
  for (const auto& [pair, count] : scores.confusions) {
    rows.emplace_back(count, fmt::format("{} read as {}", name(pair.first), name(pair.second)));
  }
  std::ranges::sort(rows, std::greater{});
  constexpr std::size_t shown = 15;
  fmt::print("\nmost frequent confusions\n");
  for (std::size_t i = 0; i < std::min(shown, rows.size()); ++i) fmt::print("{:5}  {}\n", rows[i].first, rows[i].second);
}

void print_scores(const Scores& scores) {
  fmt::print("{:20} {:>5} {:>10} {:>7} {:>6}\n", "label", "rows", "precision", "recall", "F1");
  for_each_label(scores, [](Intent intent, const Scores::Label& label) {
    fmt::print("{:20} {:5} {:10.3f} {:7.3f} {:6.3f}\n", name(intent), label.rows, label.precision(), label.recall(), label.f1());
  });
  print_confusions(scores);
  const auto share = [](int part, int whole) { return whole == 0 ? 0.0 : 100.0 * part / whole; };
  fmt::print("\naccuracy      {:.3f}  ({} of {})\nmacro F1      {:.3f}\n", scores.accuracy(), scores.right, scores.rows, scores.macro_f1());
  fmt::print("crisis recall {:.3f}  ({} of {} noticed; right kind {}, right subject {})\n", scores.crisis_recall(), scores.crises_noticed,
             scores.crises, scores.crises_kind, scores.crises_subject);
  fmt::print("false alarms  {:.1f} % ({} of {} others)\n", share(scores.false_alarms, scores.others), scores.false_alarms, scores.others);
  fmt::print("silent        {:.1f} % ({} of {} feelings read as none)\n", share(scores.feelings_silent, scores.feelings), scores.feelings_silent,
             scores.feelings);
}

void print_misses(const std::vector<Miss>& misses) {
  for (const Miss& miss : misses) {
    fmt::print("{}:{}: {} read as {} {}\n    {}\n", miss.file, miss.line, name(miss.row.label), name(miss.read), miss.rule, miss.row.text);
  }
}

}  // namespace

ExitCode eval(const EvalOptions& options) {
  const auto content = load_content(options.content);
  if (!content) return ExitCode::configuration;
  Tally tally;
  for (const std::string& file : options.files) {
    if (!read_file(file, *content, tally)) return ExitCode::bad_input;
  }
  if (options.json) {
    ordered_json figures = as_json(tally.scores);
    if (options.misses) {
      figures["misses"] = ordered_json::array();
      for (const Miss& miss : tally.misses) {
        figures["misses"].push_back({{"file", miss.file}, {"line", miss.line}, {"label", name(miss.row.label)}, {"read", name(miss.read)}, {"rule", miss.rule}});
      }
    }
    fmt::print("{}\n", figures.dump(2));
  } else {
    if (options.misses) print_misses(tally.misses);
    print_scores(tally.scores);
  }
  return tally.faults > 0 ? ExitCode::bad_input : ExitCode::done;
}

}  // namespace nurturer::app
