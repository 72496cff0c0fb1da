#include "engine/understanding/regex_cues.hpp"

#include <algorithm>

#include <re2/filtered_re2.h>

namespace nurturer::understanding {
namespace {

constexpr int shortest_atom = 3;
constexpr int most_finds = 16;

std::uint32_t trigram_at(const char* at) noexcept {
  const auto byte = [&](int i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(at[i])); };
  return byte(0) << 16U | byte(1) << 8U | byte(2);
}

}  // namespace

RegexCues::RegexCues() = default;
RegexCues::RegexCues(RegexCues&&) noexcept = default;
RegexCues& RegexCues::operator=(RegexCues&&) noexcept = default;
RegexCues::~RegexCues() = default;

void RegexCues::add(std::uint32_t cue, const std::string& regex, const Source& source, Diagnostics& diagnostics) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  const RE2 probe(regex, options);
  if (!probe.ok()) {
    const std::string fragment = probe.error_arg().empty() ? regex : probe.error_arg();
    diagnostics.push_back(
        {source, fragment, "The expression is faulty: " + probe.error() + ".", "Correct it as RE2 reads it, or write a pattern."});
    return;
  }
  if (RE2::FullMatch("", probe)) {
    diagnostics.push_back(
        {source, regex, "The expression finds nothing at all, too.", "Leave out the \"*\" or \"?\" that lets all of it be missing."});
    return;
  }
  if (std::any_of(regex.begin(), regex.end(), [](char byte) { return byte >= 'A' && byte <= 'Z'; }) &&
      regex.find('\\') == std::string::npos && regex.find("[:") == std::string::npos) {
    diagnostics.push_back(
        {source, regex, "The expression holds capital letters, but messages are read in lower case.", "Write it in lower case."});
    return;
  }
  if (!filter_) filter_ = std::make_unique<re2::FilteredRE2>(shortest_atom);
  int id = 0;
  if (filter_->Add(regex, options, &id) != RE2::NoError) return;  // cannot be: the probe was good
  cues_.push_back(cue);
}

void RegexCues::seal() {
  if (!filter_) return;
  filter_->Compile(&atoms_);
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    const Trigram trigram = trigram_at(atoms_[i].data());
    by_trigram_.emplace_back(trigram, static_cast<int>(i));
    begins_[bit_of(trigram) / 64] |= 1ULL << (bit_of(trigram) % 64);
  }
  std::sort(by_trigram_.begin(), by_trigram_.end());
  filter_->AllPotentials({}, &unfiltered_);
}

void RegexCues::atoms_in(const std::string& folded, std::vector<int>& atoms) const {
  for (std::size_t at = 0; at + shortest_atom <= folded.size(); ++at) {
    const Trigram trigram = trigram_at(folded.data() + at);
    if ((begins_[bit_of(trigram) / 64] >> (bit_of(trigram) % 64) & 1U) == 0) continue;
    auto found = std::lower_bound(by_trigram_.begin(), by_trigram_.end(), std::pair(trigram, -1));
    for (; found != by_trigram_.end() && found->first == trigram; ++found) {
      if (folded.compare(at, atoms_[static_cast<std::size_t>(found->second)].size(), atoms_[static_cast<std::size_t>(found->second)]) ==
          0) {
        atoms.push_back(found->second);
      }
    }
  }
  std::sort(atoms.begin(), atoms.end());
  atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
}

void RegexCues::find(const text::Text& text, std::vector<Find>& finds) const {
  if (!filter_) return;
  std::vector<int> atoms;
  atoms_in(text.folded, atoms);
  if (atoms.empty()) {
    for (const int regex : unfiltered_) search(regex, text, finds);
    return;
  }
  std::vector<int> possible;
  filter_->AllPotentials(atoms, &possible);
  for (const int regex : possible) search(regex, text, finds);
}

void RegexCues::search(int regex, const text::Text& text, std::vector<Find>& finds) const {
  const RE2& expression = filter_->GetRE2(regex);
  const re2::StringPiece folded(text.folded);
  re2::StringPiece found;
  std::size_t from = 0;
  for (int count = 0; count < most_finds && from <= folded.size(); ++count) {
    if (!expression.Match(folded, from, folded.size(), RE2::UNANCHORED, &found, 1)) return;
    const auto begin = static_cast<std::size_t>(found.data() - folded.data());
    const std::size_t end = begin + found.size();
    from = std::max(end, from + 1);
    const auto first =
        std::partition_point(text.tokens.begin(), text.tokens.end(), [&](const text::Token& token) { return token.folded.end <= begin; });
    const auto last = std::partition_point(first, text.tokens.end(), [&](const text::Token& token) { return token.folded.begin < end; });
    if (first == last) continue;
    finds.push_back({cues_[static_cast<std::size_t>(regex)], static_cast<std::size_t>(first - text.tokens.begin()),
                     static_cast<std::size_t>(last - text.tokens.begin()) - 1});
  }
}

}  // namespace nurturer::understanding
