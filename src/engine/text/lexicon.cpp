#include "engine/text/lexicon.hpp"

#include <cstring>

namespace nurturer::text {
namespace {

constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15ULL;

std::uint64_t bytes_at(const char* at, std::size_t count) noexcept {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = (value << 8U) | static_cast<unsigned char>(at[i]);
  return value;
}

// Words are short: two loads that may overlap cover up to 16 bytes without a loop.
std::uint32_t hash_of(std::string_view word) noexcept {
  const char* at = word.data();
  std::size_t left = word.size();
  std::uint64_t hash = left * odd;
  const auto mix = [&hash](std::uint64_t value) {
    hash = (hash ^ value) * odd;
    hash ^= hash >> 29U;
  };
  for (; left > 8; at += 8, left -= 8) {
    std::uint64_t value = 0;
    std::memcpy(&value, at, 8);
    mix(value);
  }
  if (left >= 4) {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + left - 4, 4);
    mix((std::uint64_t{first} << 32U) | last);
  } else {
    mix(bytes_at(at, left));
  }
  return static_cast<std::uint32_t>(hash >> 32U);
}

}  // namespace

Lexicon::Lexicon() : slots_(64) {}

std::size_t Lexicon::slot_of(std::string_view folded, std::uint32_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const Slot& entry = slots_[slot];
    if (entry.index == 0) return slot;
    if (entry.hash != hash) continue;
    const Word& word = words_[entry.index - 1];
    if (word.length == folded.size() && std::memcmp(letters_.data() + word.begin, folded.data(), word.length) == 0) return slot;
  }
}

void Lexicon::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& entry : old) {
    if (entry.index == 0) continue;
    std::size_t slot = entry.hash & mask;
    while (slots_[slot].index != 0) slot = (slot + 1) & mask;
    slots_[slot] = entry;
  }
}

WordId Lexicon::intern(std::string_view folded) {
  const std::uint32_t hash = hash_of(folded);
  std::size_t slot = slot_of(folded, hash);
  if (slots_[slot].index != 0) return WordId{slots_[slot].index - 1};
  if ((words_.size() + 1) * 2 > slots_.size()) {
    grow();
    slot = slot_of(folded, hash);
  }
  words_.push_back({static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(folded.size()), 0, 0});
  marks_.push_back(0);
  letters_.append(folded);
  slots_[slot] = {hash, static_cast<std::uint32_t>(words_.size())};
  return WordId{static_cast<std::uint32_t>(words_.size() - 1)};
}

void Lexicon::expand(std::string_view folded, const std::vector<std::string>& words) {
  const auto index = static_cast<std::size_t>(intern(folded));
  std::vector<WordId> ids;
  ids.reserve(words.size());
  for (const std::string& word : words) ids.push_back(intern(word));
  words_[index].expansion_begin = static_cast<std::uint32_t>(expansions_.size());
  words_[index].expansion_count = static_cast<std::uint32_t>(ids.size());
  expansions_.insert(expansions_.end(), ids.begin(), ids.end());
}

void Lexicon::add_maskable(std::string_view folded) {
  const WordId id = intern(folded);
  if (is_maskable(id)) return;
  marks_[static_cast<std::size_t>(id)] |= maskable_mark;
  maskable_.push_back(id);
}

void Lexicon::add_name(std::string_view folded) {
  has_names_ = true;
  const std::string_view bare = folded.substr(folded.starts_with('@') ? 1 : 0);
  if (bare.empty()) return;
  marks_[static_cast<std::size_t>(intern("@" + std::string(bare)))] |= name_mark;
  if (bare.size() == folded.size()) marks_[static_cast<std::size_t>(intern(bare))] |= name_mark;
}

Lexicon::Entry Lexicon::find(std::string_view folded) const noexcept {
  const Slot& slot = slots_[slot_of(folded, hash_of(folded))];
  if (slot.index == 0) return {};
  const Word& word = words_[slot.index - 1];
  return {WordId{slot.index - 1}, word.expansion_begin, word.expansion_count};
}

std::string_view Lexicon::word(WordId id) const noexcept {
  if (static_cast<std::size_t>(id) >= words_.size()) return {};
  const Word& word = words_[static_cast<std::size_t>(id)];
  return std::string_view(letters_).substr(word.begin, word.length);
}

const WordId* Lexicon::expansion(const Entry& entry) const noexcept { return expansions_.data() + entry.expansion_begin; }

}  // namespace nurturer::text
