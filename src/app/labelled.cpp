#include "app/labelled.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace nurturer::app {
namespace {

using nlohmann::json;
using understanding::Intent;

tl::expected<Intent, std::string> read_intent(const json& value) {
  if (!value.is_string()) return tl::unexpected<std::string>("a label must be a string");
  const auto intent = understanding::intent_named(value.get<std::string>());
  if (!intent) return tl::unexpected("there is no label called \"" + value.get<std::string>() + "\"");
  return *intent;
}

}  // namespace

bool Labelled::right(Intent predicted) const noexcept {
  return predicted == label || std::ranges::find(also, predicted) != also.end();
}

tl::expected<Labelled, std::string> read_labelled(std::string_view line) {
  const json row = json::parse(line, nullptr, false);
  if (!row.is_object()) return tl::unexpected<std::string>("this line is no JSON object");
  if (!row.contains("text") || !row["text"].is_string()) return tl::unexpected<std::string>("text is missing");
  if (!row.contains("label")) return tl::unexpected<std::string>("label is missing");
  Labelled read;
  read.text = row["text"].get<std::string>();
  const auto label = read_intent(row["label"]);
  if (!label) return tl::unexpected(label.error());
  read.label = *label;
  for (const json& also : row.value("also", json::array())) {
    const auto intent = read_intent(also);
    if (!intent) return tl::unexpected(intent.error());
    read.also.push_back(*intent);
  }
  if (row.value("subject", json("self")) == "other") read.subject = understanding::Subject::other;
  if (row.value("setting", json("dm")) == "group") read.setting = understanding::Setting::group;
  return read;
}

}  // namespace nurturer::app
