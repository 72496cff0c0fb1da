// Buttons and select menus. They live as long as the message does, over restarts and versions, so that all that a press means stands in
// the custom_id: "n1:WHO:CHOICE", of a menu "n1:WHO:" with the choice's id as the value.
#include <algorithm>

#include "adapters/discord/requests.hpp"
#include "adapters/discord/split.hpp"

namespace nurturer::discord {
namespace {

constexpr std::size_t longest_id = 100;
constexpr std::size_t most_buttons = 5;
constexpr std::size_t most_options = 25;
constexpr std::string_view version = "n1:";

std::string shortened(const std::string& label, std::size_t most) {
  const std::string good = valid(label);
  if (length(good) <= most) return good;
  const auto pieces = split(good, most - 1);
  return pieces.empty() ? std::string("?") : pieces.front() + "…";
}

}  // namespace

Json components(const std::vector<channel::Choice>& choices, const std::string& for_user) {
  const std::string head = std::string(version) + for_user + ":";
  Json elements = Json::array();
  const bool menu = choices.size() > most_buttons;
  for (const auto& [id, label] : choices) {
    const std::string whole = menu ? id : head + id;
    if (whole.size() > longest_id || label.empty() || id.empty() || elements.size() >= most_options) continue;
    if (menu)
      elements.push_back({{"label", shortened(label, 100)}, {"value", whole}});
    else
      elements.push_back({{"type", 2}, {"style", 2}, {"label", shortened(label, 80)}, {"custom_id", whole}});
  }
  if (elements.empty()) return Json::array();
  if (menu)
    elements = Json::array({{{"type", 3}, {"custom_id", head}, {"options", std::move(elements)}, {"min_values", 1}, {"max_values", 1}}});
  return Json::array({{{"type", 1}, {"components", std::move(elements)}}});
}

std::optional<Pressed> read_custom_id(const std::string& custom_id, const std::vector<std::string>& values) {
  if (!custom_id.starts_with(version) || custom_id.size() > longest_id) return std::nullopt;
  const std::size_t end = custom_id.find(':', version.size());
  if (end == std::string::npos) return std::nullopt;
  Pressed pressed{custom_id.substr(version.size(), end - version.size()), custom_id.substr(end + 1)};
  if (pressed.choice.empty() && values.size() == 1) pressed.choice = values.front();
  if (pressed.choice.empty() || pressed.choice.size() > longest_id) return std::nullopt;
  return pressed;
}

}  // namespace nurturer::discord
