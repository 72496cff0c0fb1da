#include "engine/dialogue/world.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace nurturer::dialogue {
namespace {

constexpr std::size_t most = 5;  // nurturers, sentences, people

constexpr std::array<std::string_view, own_count> names{"call_me",        "little_me",  "little_age", "nurturer", "nurturer_voice",
                                                        "nurturer_calls", "safe_place", "believed",   "someone",  "partner"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> turns{{{"my", "your"},
                                                                               {"mine", "yours"},
                                                                               {"me", "you"},
                                                                               {"i", "you"},
                                                                               {"i'm", "you're"},
                                                                               {"i've", "you've"},
                                                                               {"i'd", "you'd"},
                                                                               {"myself", "yourself"},
                                                                               {"am", "are"},
                                                                               {"our", "your"}}};

std::string lowered(std::string_view word) {
  std::string low(word);
  std::ranges::transform(low, low.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return low;
}

void put_first(std::vector<std::string>& list, const std::string& value) {
  std::erase_if(list, [&](const std::string& other) { return lowered(other) == lowered(value); });
  list.insert(list.begin(), value);
  if (list.size() > most) list.resize(most);
}

void choose_nurturer(std::vector<Nurturer>& list, const std::string& who) {
  const auto found = std::ranges::find_if(list, [&](const Nurturer& other) { return lowered(other.who) == lowered(who); });
  if (found != list.end()) {
    std::rotate(list.begin(), found, found + 1);
    return;
  }
  if (!list.empty() && list.front().who.empty()) {
    list.front().who = who;  // how they speak was told before who they are
    return;
  }
  list.insert(list.begin(), {who, "", ""});
  if (list.size() > most) list.resize(most);
}

Nurturer& chosen(World& world) {
  if (world.nurturers.empty()) world.nurturers.emplace_back();
  return world.nurturers.front();
}

std::string* single(World& world, Own own) {
  switch (own) {
    case Own::call_me: return &world.call_me;
    case Own::little_me: return &world.little_me;
    case Own::little_age: return &world.little_age;
    case Own::nurturer_voice: return &chosen(world).voice;
    case Own::nurturer_calls: return &chosen(world).calls;
    case Own::safe_place: return &world.safe_place;
    case Own::partner: return &world.partner;
    case Own::nurturer:
    case Own::believed:
    case Own::someone: break;
  }
  return nullptr;
}

}  // namespace

std::string_view name(Own own) noexcept { return names[static_cast<std::size_t>(own)]; }

std::optional<Own> own_named(std::string_view name) noexcept {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Own>(found - names.begin());
}

std::vector<std::string> told(const World& world, Own own) {
  std::vector<std::string> all;
  if (own == Own::believed) {
    all = world.sentences;
  } else if (own == Own::someone) {
    all = world.people;
  } else if (own == Own::nurturer) {
    for (const Nurturer& nurturer : world.nurturers) all.push_back(nurturer.who);
  } else {
    World copy = world;
    all.push_back(*single(copy, own));
  }
  std::erase(all, std::string{});
  return all;
}

void tell(World& world, Own own, const std::string& value) {
  if (value.empty() || value.size() > longest(own)) return;
  if (own == Own::believed) return put_first(world.sentences, value);
  if (own == Own::someone) return put_first(world.people, value);
  if (own == Own::nurturer) return choose_nurturer(world.nurturers, value);
  *single(world, own) = value;
}

void forget(World& world, Own own) {
  if (own == Own::believed) {
    world.sentences.clear();
  } else if (own == Own::someone) {
    world.people.clear();
  } else if (own == Own::nurturer) {
    world.nurturers.clear();
  } else {
    single(world, own)->clear();
  }
  std::erase(world.nurturers, Nurturer{});
}

std::size_t longest(Own own) noexcept {
  switch (own) {
    case Own::little_age: return 20;
    case Own::safe_place:
    case Own::believed: return 120;
    case Own::nurturer:
    case Own::nurturer_voice: return 60;
    case Own::call_me:
    case Own::little_me:
    case Own::nurturer_calls:
    case Own::someone:
    case Own::partner: break;
  }
  return 40;
}

std::string turned(std::string_view words) {
  std::string out;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(" ,.;:!?()\""), words.size());
    const std::string_view word = words.substr(0, end);
    const auto found = std::ranges::find(turns, lowered(word), &std::pair<std::string_view, std::string_view>::first);
    // An initial is no pronoun: "the house of Aunt I." is rare, "I" is not.
    out += found == turns.end() ? word : found->second;
    const std::size_t next = std::min(words.find_first_not_of(" ,.;:!?()\"", end), words.size());
    out += words.substr(end, next - end);
    words.remove_prefix(next);
  }
  return out;
}

}  // namespace nurturer::dialogue
