// `nurturer classify`: what messages mean, JSON Lines in, JSON Lines out in the same order.
#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "adapters/console/line_reader.hpp"
#include "app/commands.hpp"
#include "app/loading.hpp"

namespace nurturer::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using understanding::Reading;

double rounded(float confidence) { return static_cast<double>(static_cast<int>(confidence * 1000.0F + 0.5F)) / 1000.0; }

constexpr std::size_t most_leanings = 3;  // shown; a message has a hundred

ordered_json as_json(const Reading& reading, const understanding::Model& model, const text::Text& text, const understanding::Model::Scratch& scratch) {
  ordered_json flags = ordered_json::array();
  for (const auto* flag = understanding::begin_flags(); flag != understanding::end_flags(); ++flag) {
    if (understanding::is_label(*flag) && reading.flags.has(*flag)) flags.push_back(name(*flag));
  }
  ordered_json alternatives = ordered_json::array();
  for (const auto& other : reading.alternatives) {
    alternatives.push_back({{"intent", name(other.intent)}, {"confidence", rounded(other.confidence)}});
  }
  ordered_json evidence = ordered_json::array();
  for (const auto& piece : reading.evidence) {
    if (!piece.vetoed_by.empty()) continue;
    evidence.push_back({{"source", model.where(static_cast<std::int32_t>(piece.cue))}, {"span", {piece.span.begin, piece.span.end}}});
  }
  for (const auto& leaning : model.leanings(text, reading.intent, most_leanings, scratch)) {
    evidence.push_back({{"source", leaning.where}, {"span", {leaning.span.begin, leaning.span.end}}});
  }
  return {{"intent", name(reading.intent)}, {"subject", name(reading.subject)}, {"level", name(reading.level)}, {"flags", flags},
          {"rule", reading.rule < 0 ? ordered_json(nullptr) : ordered_json(model.reason(reading))},
          {"confidence", rounded(reading.confidence)}, {"alternatives", alternatives}, {"evidence", evidence}};
}

// The message of a line, or why it has none.
tl::expected<std::pair<std::string, understanding::Setting>, std::string> read_message(const std::string& line) {
  const json row = json::parse(line, nullptr, false);
  if (row.is_discarded()) return tl::unexpected<std::string>("this line is no JSON (or not UTF-8)");
  if (!row.is_object()) return tl::unexpected<std::string>("a line must be a JSON object, as {\"text\": \"hello\"}");
  const auto text = row.find("text");
  if (text == row.end() || !text->is_string()) return tl::unexpected<std::string>("text is missing, or no string");
  const json setting = row.value("setting", json("dm"));
  if (setting != "dm" && setting != "group") return tl::unexpected<std::string>("setting must be \"dm\" or \"group\"");
  return std::pair{text->get<std::string>(), setting == "group" ? understanding::Setting::group : understanding::Setting::dm};
}

ExitCode tell_closed() {
  fmt::print(stderr, "nurturer: standard output is closed or full; the rest was not classified.\n");
  return ExitCode::input_output;
}

}  // namespace

ExitCode classify(const std::string& content_folder) {
  const auto content = load_content(content_folder);
  if (!content) return ExitCode::configuration;
  text::Text text;
  understanding::Model::Scratch scratch;
  Reading reading;
  bool faults = false;
  console::LineReader reader(STDIN_FILENO);
  while (const auto line = reader.next()) {
    if (line->bytes.find_first_not_of(" \t") == std::string::npos) continue;
    const auto message = line->too_long ? tl::unexpected<std::string>("this line is longer than 4 MiB") : read_message(line->bytes);
    ordered_json answer;
    if (message) {
      text::read(message->first, content->language.lexicon(), text);
      content->model.understand(text, message->second, scratch, reading);
      answer = as_json(reading, content->model, text, scratch);
    } else {
      faults = true;
      answer = {{"error", message.error()}};
    }
    const std::string written = answer.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    if (std::fwrite(written.data(), 1, written.size(), stdout) != written.size()) return tell_closed();
  }
  if (std::fflush(stdout) != 0) return tell_closed();
  return faults ? ExitCode::bad_input : ExitCode::done;
}

ExitCode explain(const std::string& text, bool group, const std::string& content_folder) {
  const auto content = load_content(content_folder);
  if (!content) return ExitCode::configuration;
  fmt::print("{}", content->model.explain(text, group ? understanding::Setting::group : understanding::Setting::dm));
  return ExitCode::done;
}

}  // namespace nurturer::app
