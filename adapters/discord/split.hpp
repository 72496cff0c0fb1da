#pragma once
// Text as Discord's messages carry it: in pieces of at most 2,000 code points, plain words kept from being read as markup.

#include <string>
#include <string_view>
#include <vector>

namespace nurturer::discord {

constexpr std::size_t longest_message = 2'000;

/// Code points. Bytes that are no UTF-8 count as one each, as they are replaced by one.
[[nodiscard]] std::size_t length(std::string_view text);

/// UTF-8 for certain: each byte that is none is replaced by U+FFFD.
[[nodiscard]] std::string valid(std::string_view text);

/// Pieces of at most `longest` code points, cut where it hurts least: between paragraphs, lines, sentences, words, else between what
/// readers see as characters. A link is not cut (unless it alone is longer); a code fence is closed and opened again. Blank text has no pieces.
[[nodiscard]] std::vector<std::string> split(std::string_view text, std::size_t longest = longest_message);

/// The same words, with a backslash before each sign that Discord would take for markup or a mention. Links stay as they are.
[[nodiscard]] std::string plain(std::string_view text);

}  // namespace nurturer::discord
