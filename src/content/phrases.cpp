#include "content/phrases.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace nurturer::content {
namespace {

bool belongs_to_word(UChar32 letter) {
  return u_isalnum(letter) != 0 || (U_GET_GC_MASK(letter) & U_GC_M_MASK) != 0 || letter == '\'' || letter == 0x2019;
}

}  // namespace

Phrases::Phrases(understanding::Phrasebook& book, understanding::Language& language, Diagnostics& told)
    : book_(book), language_(language), told_(told) {}

std::optional<understanding::PhraseId> Phrases::add(const std::vector<std::string>& patterns, const Source& source) {
  if (patterns.empty()) return std::nullopt;
  std::string key;
  for (const auto& pattern : patterns) key += pattern + '\n';
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const std::size_t told_before = told_.size();
  const auto id = book_.add(patterns, source, language_, told_);
  // A faulty pattern is told at each place where it stands.
  if (told_.size() == told_before) known_.emplace(std::move(key), id);
  return id;
}

std::string whole_message(std::string_view label) {
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(label.data(), static_cast<std::int32_t>(label.size())));
  icu::UnicodeString words;
  bool letters = false;
  for (std::int32_t at = 0; at < wide.length(); at = wide.moveIndex32(at, 1)) {
    const UChar32 letter = wide.char32At(at);
    letters = letters || u_isalnum(letter) != 0;
    if (belongs_to_word(letter)) {
      words.append(letter);
    } else if (!words.isEmpty() && !words.endsWith(u" ", 1)) {
      words.append(u' ');
    }
  }
  if (!letters) return {};
  words.trim();
  std::string pattern;
  words.toUTF8String(pattern);
  return "^ (" + pattern + ") $";
}

}  // namespace nurturer::content
