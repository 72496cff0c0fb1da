// `./dev fit`: fits the leanings to labelled messages and writes intents/<language>/leanings.tsv. Offline and reproducible: the same messages
// give the same file. A linear support vector machine for each intent against all others (LIBLINEAR, dual coordinate descent), over TF-IDF;
// then a logistic regression for each that says what its scores and its cues are worth together.
#include <fmt/core.h>
#include <linear.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/labelled.hpp"
#include "app/loading.hpp"
#include "content/files.hpp"
#include "engine/understanding/features.hpp"
#include "engine/understanding/leanings.hpp"
#include "engine/understanding/verdict.hpp"

namespace nurturer {
namespace {

using understanding::Feature;
using understanding::Intent;

struct Options {
  std::string content, out;
  std::vector<std::string> files;
  int least = 3;         // messages that a feature must stand in
  double cost = 2;       // of a message on the wrong side
};

struct Example {
  std::vector<std::string> features;  // sorted, each once
  Intent label = Intent::none;
  understanding::Subject subject = understanding::Subject::self;
  std::size_t words = 0;
  std::array<float, understanding::column_count> cues{};  // what the cues of each column tell, in the unit of Worth::cues
};

/// Of each word the base of its family: the shortest word of the messages that has it among its forms.
std::map<std::string, std::string> bases_of(const std::set<std::string>& words, const understanding::Language& language) {
  std::vector<std::string> shortest_first(words.begin(), words.end());
  std::stable_sort(shortest_first.begin(), shortest_first.end(), [](const auto& one, const auto& two) { return one.size() < two.size(); });
  std::map<std::string, std::string> bases;
  for (const std::string& word : shortest_first) {
    if (bases.contains(word)) continue;
    for (const std::string& form : language.forms(word)) {
      if (words.contains(form)) bases.emplace(form, word);
    }
  }
  return bases;
}

/// Reads messages, with memory that serves one after the other.
class Reader {
 public:
  explicit Reader(const content::Content& content) : content_(content), features_(content.language) {}

  Example read(const app::Labelled& row) {
    Example example{{}, row.label, row.subject, 0, {}};
    text::read(row.text, content_.language.lexicon(), text_);
    example.words = text_.tokens.size();
    features_.read(text_, row.setting, scratch_, found_);
    std::set<std::string> names;
    for (const Feature& feature : found_) names.insert(understanding::name(feature));
    example.features.assign(names.begin(), names.end());
    content_.model.understand(text_, row.setting, memory_, reading_);
    const auto sums = understanding::add_up(content_.model.cues(), memory_.fired);
    for (std::size_t i = 0; i < understanding::intent_count; ++i) example.cues[i] = understanding::weighed(sums.points[i]) / understanding::points_of_odds;
    const auto& cues = content_.model.cues();
    example.cues[understanding::column_other] = understanding::speaks_of_other(cues, understanding::deciding(cues, memory_.fired, row.label));
    return example;
  }

 private:
  const content::Content& content_;
  understanding::Features features_;
  text::Text text_;
  understanding::Features::Scratch scratch_;
  std::vector<Feature> found_;
  understanding::Model::Scratch memory_;
  understanding::Reading reading_;
};

/// "texted~" becomes "text~": all forms are one feature. A family of one word is no news beside the word.
void name_families(std::vector<Example>& examples, const understanding::Language& language) {
  std::set<std::string> words;
  const auto is_family = [](const std::string& feature) { return feature.size() > 1 && feature.ends_with('~') && feature.find(' ') == std::string::npos; };
  for (const Example& example : examples) {
    for (const std::string& feature : example.features) {
      if (is_family(feature)) words.insert(feature.substr(0, feature.size() - 1));
    }
  }
  const auto bases = bases_of(words, language);
  std::map<std::string, int> sizes;
  for (const auto& [word, base] : bases) ++sizes[base];
  for (Example& example : examples) {
    std::set<std::string> named;
    for (const std::string& feature : example.features) {
      if (!is_family(feature)) {
        named.insert(feature);
        continue;
      }
      const std::string& base = bases.at(feature.substr(0, feature.size() - 1));
      if (sizes.at(base) > 1) named.insert(base + "~");
    }
    example.features.assign(named.begin(), named.end());
  }
}

bool read_examples(const Options& options, const content::Content& content, std::vector<Example>& examples) {
  Reader reader(content);
  for (const std::string& file : options.files) {
    std::ifstream in(file);
    if (!in) {
      fmt::print(stderr, "fit: {}: cannot be read\n", file);
      return false;
    }
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      const auto row = app::read_labelled(line);
      if (!row) {
        fmt::print(stderr, "fit: {}:{}: {}\n", file, number, row.error());
        return false;
      }
      examples.push_back(reader.read(*row));
    }
  }
  name_families(examples, content.language);
  return true;
}

struct Vocabulary {
  std::vector<std::string> names;  // sorted
  std::vector<double> rarities;
  std::map<std::string, int> index;
};

Vocabulary vocabulary_of(const std::vector<Example>& examples, int least) {
  std::map<std::string, int> counts;
  for (const Example& example : examples) {
    for (const std::string& feature : example.features) ++counts[feature];
  }
  Vocabulary vocabulary;
  const auto all = static_cast<double>(examples.size());
  for (const auto& [feature, count] : counts) {
    if (count < least) continue;
    vocabulary.index.emplace(feature, static_cast<int>(vocabulary.names.size()));
    vocabulary.names.push_back(feature);
    vocabulary.rarities.push_back(std::round((std::log((1 + all) / (1 + count)) + 1) * 100) / 100);
  }
  return vocabulary;
}

std::vector<feature_node> vector_of(const Example& example, const Vocabulary& vocabulary) {
  std::vector<feature_node> nodes;
  double square = 0;
  for (const std::string& feature : example.features) {
    const auto known = vocabulary.index.find(feature);
    if (known == vocabulary.index.end()) continue;
    const double rarity = vocabulary.rarities[static_cast<std::size_t>(known->second)];
    nodes.push_back({known->second + 1, rarity});
    square += rarity * rarity;
  }
  for (feature_node& node : nodes) node.value /= std::sqrt(square);
  nodes.push_back({static_cast<int>(vocabulary.names.size()) + 1, 1.0});  // the points that an intent starts with
  nodes.push_back({-1, 0});
  return nodes;
}

/// Messages as the solver takes them, all of one width.
struct Task {
  std::vector<feature_node*> rows;
  std::vector<double> targets;  // 1 or -1
  int width = 0;
};

std::vector<double> solve(Task& task, parameter how) {
  problem all{};
  all.l = static_cast<int>(task.rows.size());
  all.n = task.width;
  all.y = task.targets.data();
  all.x = task.rows.data();
  all.bias = 1;
  how.eps = 0.01;
  std::srand(1);  // the solver shuffles by rand(): the same messages must give the same file
  model* trained = train(&all, &how);
  const double sign = trained->label[0] == 1 ? 1 : -1;
  std::vector<double> result(trained->w, trained->w + task.width);
  for (double& weight : result) weight *= sign;
  free_and_destroy_model(&trained);
  return result;
}

/// One intent against all others; the last weight is what the intent starts with.
std::vector<double> train_one(Task& task, double classes, double cost) {
  const auto own = static_cast<double>(std::count(task.targets.begin(), task.targets.end(), 1.0));
  parameter how{};
  how.solver_type = L2R_L2LOSS_SVC_DUAL;
  how.C = cost;
  // A rare intent counts as much as a frequent one.
  int labels[] = {1, -1};
  double weights[] = {static_cast<double>(task.targets.size()) / (classes * own), 1};
  how.nr_weight = 2;
  how.weight_label = labels;
  how.weight = weights;
  return solve(task, how);
}

constexpr std::size_t folds = 5;

/// The score of each message by weights that were fitted without it: one fifth of all is left out at a time.
std::vector<double> scores_of_strangers(const Task& all, double classes, double cost) {
  std::vector<double> scores(all.rows.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    Task others{{}, {}, all.width};
    for (std::size_t i = 0; i < all.rows.size(); ++i) {
      if (i % folds == fold) continue;
      others.rows.push_back(all.rows[i]);
      others.targets.push_back(all.targets[i]);
    }
    const auto weights = train_one(others, classes, cost);
    for (std::size_t i = fold; i < all.rows.size(); i += folds) {
      for (const feature_node* node = all.rows[i]; node->index != -1; ++node) scores[i] += node->value * weights[static_cast<std::size_t>(node->index - 1)];
    }
  }
  return scores;
}

/// What scores and cues are worth together, by logistic regression.
understanding::Worth worth_of(const std::vector<double>& scores, const std::vector<double>& targets, const std::vector<const Example*>& examples, std::size_t column) {
  std::vector<std::array<feature_node, 5>> rows;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const double length = understanding::length_of(examples[i]->words);
    rows.push_back({{{1, scores[i]}, {2, length * scores[i]}, {3, examples[i]->cues[column]}, {4, 1.0}, {-1, 0}}});
  }
  Task task{{}, targets, 4};
  for (auto& row : rows) task.rows.push_back(row.data());
  parameter how{};
  how.solver_type = L2R_LR;
  how.C = 10;
  const auto weights = solve(task, how);
  const auto of = [&](std::size_t i) { return static_cast<float>(weights[i]); };
  return {of(0), of(1), of(2), of(3)};
}

struct Column {
  std::vector<double> weights;
  understanding::Worth worth;
};

std::string worth_rows(const std::map<std::string, Column>& columns) {
  std::string rows;
  for (const auto& [row, part] : understanding::worth_rows) {
    rows += fmt::format("{}\t1", row);
    for (const auto& [name, column] : columns) rows += fmt::format("\t{}", std::lround(column.worth.*part * 100));
    rows += '\n';
  }
  return rows;
}

std::string table_of(const Vocabulary& vocabulary, const std::map<std::string, Column>& columns) {
  std::string table = "feature\trarity";
  for (const auto& [name, column] : columns) table += "\t" + name;
  table += "\n# How words lean: made by ./dev fit from the labelled messages. A row may be changed or taken out by hand until the next fit.\n";
  const auto row = [&](const std::string& name, double rarity, std::size_t index) {
    std::string cells;
    std::size_t written = 0;  // up to the last cell that is not empty
    for (const auto& [of, column] : columns) {
      const long points = std::lround(column.weights[index] * rarity * understanding::points_of_one);
      constexpr long faint = 3;  // leaving out what is fainter makes the table a twentieth smaller, and reads strangers no worse
      cells += '\t';
      if (std::labs(points) < faint) continue;
      cells += std::to_string(points);
      written = cells.size();
    }
    cells.resize(written);
    if (written > 0) table += name + '\t' + fmt::format("{}", rarity) + cells + '\n';
  };
  table += worth_rows(columns);
  row("#start", 1, vocabulary.names.size());
  for (std::size_t i = 0; i < vocabulary.names.size(); ++i) row(vocabulary.names[i], vocabulary.rarities[i], i);
  return table;
}

// A table that nobody can read would stop the program, and the next fit with it: the old one stays.
int write_table(const Options& options, const std::string& table) {
  if (table.size() > content::largest_file) {
    fmt::print(stderr, "fit: the table would have {} bytes, and {} are read at most; leave rare words out: --least {}\n", table.size(),
               content::largest_file, options.least + 1);
    return 65;
  }
  std::ofstream out(options.out);
  out << table;
  out.close();
  if (out) return 0;
  fmt::print(stderr, "fit: {}: cannot be written\n", options.out);
  return 74;
}

/// Messages, and the same as the solver takes them.
struct Messages {
  std::vector<const Example*> examples;
  std::vector<feature_node*> rows;
};

/// A column that tells those messages apart which `belongs` is true of; none where too few are.
std::optional<Column> fit_column(const Messages& all, int width, std::size_t column, double classes, double cost, const auto& belongs) {
  Task task{all.rows, {}, width};
  for (const Example* example : all.examples) task.targets.push_back(belongs(*example) ? 1 : -1);
  if (std::ranges::count(task.targets, 1.0) <= static_cast<std::ptrdiff_t>(folds)) return std::nullopt;
  const auto scores = scores_of_strangers(task, classes, cost);
  return Column{train_one(task, classes, cost), worth_of(scores, task.targets, all.examples, column)};
}

std::map<std::string, Column> fit_columns(const Messages& all, int width, double cost) {
  std::map<std::string, Column> columns;
  for (std::size_t i = 0; i < understanding::intent_count; ++i) {
    auto column = fit_column(all, width, i, understanding::intent_count, cost, [&](const Example& one) { return one.label == static_cast<Intent>(i); });
    if (column) columns.emplace(name(static_cast<Intent>(i)), std::move(*column));
  }
  // Whom a danger is about is learned from dangers alone: elsewhere people speak of others all the time.
  Messages dangers;
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    if (kind(all.examples[i]->label) != understanding::Kind::safety) continue;
    dangers.examples.push_back(all.examples[i]);
    dangers.rows.push_back(all.rows[i]);
  }
  auto other = fit_column(dangers, width, understanding::column_other, 2, cost, [](const Example& one) { return one.subject == understanding::Subject::other; });
  if (other) columns.emplace("other", std::move(*other));
  return columns;
}

int fit(const Options& options) {
  const auto content = app::load_content(options.content);
  if (!content) return 78;
  std::vector<Example> examples;
  if (!read_examples(options, *content, examples)) return 65;
  const Vocabulary vocabulary = vocabulary_of(examples, options.least);
  std::vector<std::vector<feature_node>> vectors;
  for (const Example& example : examples) vectors.push_back(vector_of(example, vocabulary));
  Messages all;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    all.examples.push_back(&examples[i]);
    all.rows.push_back(vectors[i].data());
  }
  set_print_string_function([](const char*) {});
  const auto columns = fit_columns(all, static_cast<int>(vocabulary.names.size()) + 1, options.cost);
  if (const int failed = write_table(options, table_of(vocabulary, columns)); failed != 0) return failed;
  fmt::print(stderr, "fit: {} messages, {} features, {} columns: {}\n", examples.size(), vocabulary.names.size(), columns.size(), options.out);
  return 0;
}

}  // namespace
}  // namespace nurturer

int main(int count, char** words) {
  nurturer::Options options;
  CLI::App app("Fits the leanings to labelled messages.", "nurturer_fit");
  app.add_option("--content", options.content, "the content folder");
  app.add_option("--out", options.out, "the table to write")->required();
  app.add_option("--least", options.least, "messages that a feature must stand in");
  app.add_option("--cost", options.cost, "of a message on the wrong side");
  app.add_option("files", options.files, "labelled messages, JSON Lines")->required();
  CLI11_PARSE(app, count, words);
  return nurturer::fit(options);
}
