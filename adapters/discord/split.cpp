#include "adapters/discord/split.hpp"

#include <unicode/brkiter.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

namespace nurturer::discord {
namespace {

/// Byte offsets between what readers see as characters, the end included.
std::vector<std::size_t> clusters(std::string_view text) {
  std::vector<std::size_t> ends;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  UText* view = utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error);
  if (U_SUCCESS(error)) {
    breaks->setText(view, error);
    for (std::int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next())
      ends.push_back(static_cast<std::size_t>(end));
  }
  utext_close(view);
  if (ends.empty()) ends.push_back(text.size());
  return ends;
}

bool blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

/// Where a link stands that goes on at `at`: its first byte and the first one after it.
std::pair<std::size_t, std::size_t> word_around(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && !blank(text[begin - 1])) --begin;
  std::size_t end = at;
  while (end < text.size() && !blank(text[end])) ++end;
  return {begin, end};
}

bool is_link(std::string_view word) {
  return word.find("https://") != std::string_view::npos || word.find("http://") != std::string_view::npos;
}

/// How good it is to cut before byte `at`: 0 not at all, 5 between paragraphs.
int merit(std::string_view text, std::size_t at) {
  if (at >= 2 && text[at - 1] == '\n' && text[at - 2] == '\n') return 5;
  if (text[at - 1] == '\n') return 4;
  if (!blank(text[at - 1])) return 0;
  constexpr std::string_view ends_sentence = ".!?";
  return at >= 2 && ends_sentence.find(text[at - 2]) != std::string_view::npos ? 3 : 2;
}

/// The fence that is open after `text`: "```" and what follows it in its line; empty: none.
std::string open_fence(std::string_view text, std::string fence) {
  for (std::size_t at = text.find("```"); at != std::string_view::npos; at = text.find("```", at + 3)) {
    if (!fence.empty()) {
      fence.clear();
      continue;
    }
    const std::size_t line = std::min(text.find('\n', at), at + 24);
    fence = text.substr(at, std::min(line, text.size()) - at);
    if (fence.find_first_of(" `", 3) != std::string::npos) fence = "```";
  }
  return fence;
}

/// The byte before which to cut: as much as fits, at the best place of its second half.
std::size_t cut(std::string_view text, std::size_t longest) {
  const auto ends = clusters(text);
  std::size_t fits = 0;  // the last end of a cluster that still fits
  std::size_t points = 0;
  std::size_t from = 0;
  std::size_t best = 0;
  int best_merit = 0;
  for (const std::size_t end : ends) {
    points += length(text.substr(from, end - from));
    from = end;
    if (points > longest) break;
    fits = end;
    const int here = end == text.size() ? 9 : merit(text, end);
    const bool late_enough = points * 2 >= longest;
    if (here > 0 && (here >= best_merit || (!late_enough && best * 2 < longest))) best = end, best_merit = late_enough ? here : 1;
  }
  if (best == text.size()) return best;
  if (fits == 0) {  // one cluster longer than a message: between code points
    for (std::size_t n = 0; n < longest && fits < text.size(); ++n)
      U8_FWD_1(reinterpret_cast<const std::uint8_t*>(text.data()), fits, text.size());
    return fits;
  }
  if (best > 0) return best;
  if (text[fits - 1] == '\\' && fits > 1) --fits;  // the sign that it keeps plain goes with it
  const auto [begin, end] = word_around(text, fits);
  return is_link(text.substr(begin, end - begin)) && begin > 0 && end > fits ? begin : fits;
}

}  // namespace

std::size_t length(std::string_view text) {
  std::size_t points = 0;
  for (std::size_t at = 0; at < text.size(); ++points) {
    UChar32 point = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, text.size(), point);
  }
  return points;
}

std::string valid(std::string_view text) {
  std::string good;
  good.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    UChar32 point = 0;
    U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, text.size(), point);
    if (point < 0)
      good += "\xEF\xBF\xBD";
    else
      good += text.substr(begin, at - begin);
  }
  return good;
}

std::vector<std::string> split(std::string_view text, std::size_t longest) {
  const std::string whole = valid(text);
  std::string_view rest = whole;
  std::vector<std::string> pieces;
  std::string fence;
  while (!rest.empty()) {
    const std::string head = fence.empty() ? "" : fence + "\n";
    constexpr std::size_t tail = 4;  // "\n```"
    // A piece without room for words beside its fences is cut without them.
    const bool fences = longest > 64;
    const std::size_t room = longest - (fences ? length(head) + tail : 0);
    const std::size_t all = length(rest) + (fences ? length(head) : 0);
    const std::size_t at = all <= longest ? rest.size() : cut(rest, room);
    std::string piece = (fences ? head : "") + std::string(rest.substr(0, at));
    fence = open_fence(rest.substr(0, at), fence);
    rest.remove_prefix(at);
    if (fences && !fence.empty() && !rest.empty()) piece += piece.ends_with('\n') ? "```" : "\n```";
    while (!piece.empty() && blank(piece.back())) piece.pop_back();
    if (!std::ranges::all_of(piece, blank)) pieces.push_back(std::move(piece));
    while (fence.empty() && !rest.empty() && rest.front() == '\n') rest.remove_prefix(1);
  }
  return pieces;
}

std::string plain(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    const bool word_begins = at == 0 || blank(text[at - 1]);
    if (word_begins) {
      const auto [begin, end] = word_around(text, at);
      if (end > at && is_link(text.substr(begin, end - begin))) {
        out += text.substr(at, end - at);
        at = end;
        continue;
      }
    }
    const char c = text[at];
    const bool line_begins = at == 0 || text[at - 1] == '\n';
    constexpr std::string_view anywhere = "\\*_~`|";
    const bool heads_line = line_begins && (c == '#' || c == '>' || c == '-');
    const bool mentions = c == '<' && at + 1 < text.size() && std::string_view("@#:/at").find(text[at + 1]) != std::string_view::npos;
    if (anywhere.find(c) != std::string_view::npos || heads_line || mentions) out += '\\';
    out += c;
    ++at;
  }
  return out;
}

}  // namespace nurturer::discord
