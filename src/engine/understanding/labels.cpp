#include "engine/understanding/labels.hpp"

#include <algorithm>
#include <array>

namespace nurturer::understanding {
namespace {

constexpr std::array<std::string_view, intent_count> intent_names = {
    "medical_emergency",
    "crisis_suicide",
    "crisis_self_harm",
    "crisis_harm_others",
    "crisis_abuse",
    "stop",
    "privacy",
    "reminder_cancel",
    "reminder_list",
    "reminder_set",
    "checkin_off",
    "checkin_on",
    "nurturer_setup",
    "breathing",
    "safe_place",
    "heart_scan",
    "little_me",
    "inner_parts",
    "pattern_reflection",
    "nature_grounding",
    "team_us",
    "affirmation",
    "bot_identity",
    "help",
    "panic",
    "shutdown",
    "protest_urge",
    "rejection_fear",
    "conflict",
    "anger",
    "heartbreak",
    "boundary_doubt",
    "invalidation",
    "engulfment",
    "self_criticism",
    "chemistry_confusion",
    "support_other",
    "loneliness",
    "sadness",
    "feeling_better",
    "thanks",
    "greeting",
    "none",
};
static_assert(intent_names.back() == "none");

constexpr std::array<std::string_view, 4> level_names = {"none", "concern", "crisis", "emergency"};

constexpr std::array<Flag, 18> all_flags = {
    Flag::heart,  Flag::first_attack, Flag::minor,      Flag::sexual_violence, Flag::eating_disorder, Flag::psychosis,
    Flag::drugs,  Flag::pregnant,     Flag::intrusive,  Flag::asthma,          Flag::dissociation,    Flag::driving,
    Flag::danger, Flag::punished_no,  Flag::fresh_loss, Flag::dizzy,           Flag::recent_crisis,   Flag::very_loud,
};
constexpr std::array<std::string_view, all_flags.size()> flag_names = {
    "heart",     "first_attack", "minor",        "sexual_violence", "eating_disorder", "psychosis",   "drugs",      "pregnant",
    "intrusive", "asthma",       "dissociation", "driving",         "danger",          "punished_no", "fresh_loss", "dizzy",
    "recent_crisis", "very_loud",
};

template <std::size_t count>
std::optional<std::size_t> index_of(const std::array<std::string_view, count>& names, std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

std::string_view name(Intent intent) noexcept { return intent_names[static_cast<std::size_t>(intent)]; }

std::optional<Intent> intent_named(std::string_view name) noexcept {
  const auto index = index_of(intent_names, name);
  return index ? std::optional(static_cast<Intent>(*index)) : std::nullopt;
}

Kind kind(Intent intent) noexcept {
  if (intent <= Intent::crisis_abuse) return Kind::safety;
  if (intent <= Intent::help) return Kind::request;
  if (intent <= Intent::feeling_better) return Kind::feeling;
  return intent == Intent::none ? Kind::none : Kind::courtesy;
}

std::string_view name(Level level) noexcept { return level_names[static_cast<std::size_t>(level)]; }

std::optional<Level> level_named(std::string_view name) noexcept {
  const auto index = index_of(level_names, name);
  return index ? std::optional(static_cast<Level>(*index)) : std::nullopt;
}

std::string_view name(Subject subject) noexcept { return subject == Subject::self ? "self" : "other"; }

std::string_view name(Flag flag) noexcept {
  const auto found = std::find(all_flags.begin(), all_flags.end(), flag);
  return found == all_flags.end() ? std::string_view{} : flag_names[static_cast<std::size_t>(found - all_flags.begin())];
}

std::optional<Flag> flag_named(std::string_view name) noexcept {
  const auto index = index_of(flag_names, name);
  return index ? std::optional(all_flags[*index]) : std::nullopt;
}

const Flag* begin_flags() noexcept { return all_flags.data(); }
const Flag* end_flags() noexcept { return all_flags.data() + all_flags.size(); }

bool is_label(Flag flag) noexcept { return flag <= Flag::intrusive; }

}  // namespace nurturer::understanding
