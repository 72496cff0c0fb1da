#include "adapters/console/plain.hpp"

#include <cwchar>

#include <algorithm>
#include <cstdint>

namespace nurturer::console {
namespace {

constexpr std::string_view voice_colour = "\033[36m";
constexpr std::string_view choice_colour = "\033[2m";
constexpr std::string_view plain_colour = "\033[0m";

// What a person wrote can come back in a line (a name, a sentence): no control character may reach the terminal.
std::string harmless(const std::string& text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;  // U+0080 to U+009F, two bytes: some terminals take them for commands as well
    else if (text[i] == '\n' || (byte >= 0x20 && byte != 0x7F)) clean += text[i];
  }
  return clean;
}

std::size_t columns(std::string_view word) {
  std::size_t width = 0;
  std::mbstate_t state{};
  while (!word.empty()) {
    wchar_t wide = 0;
    const std::size_t used = std::mbrtowc(&wide, word.data(), word.size(), &state);
    if (used == 0 || used > word.size()) {  // not decodable in this locale: a byte is a column
      state = {};
      ++width;
      word.remove_prefix(1);
      continue;
    }
    width += static_cast<std::size_t>(std::max(0, ::wcwidth(wide)));
    word.remove_prefix(used);
  }
  return width;
}

std::string paint(const std::string& text, std::string_view colour, const Look& look) {
  if (!look.colour) return text;
  return std::string(colour) + text + std::string(plain_colour);
}

void wrap_line(std::string_view line, std::size_t width, const std::string& indent, std::string& out) {
  std::size_t used = 0;
  bool first = true;
  while (!line.empty()) {
    const std::size_t space = line.find(' ');
    const std::string_view word = line.substr(0, space);
    const std::size_t wide = columns(word);
    if (!first && used + 1 + wide > width) {
      out += '\n';
      first = true;
    }
    if (first) out += indent;
    else out += ' ';
    used = first ? indent.size() + wide : used + 1 + wide;
    first = false;
    out += word;
    line.remove_prefix(space == std::string_view::npos ? line.size() : space + 1);
  }
}

// Beside each other where they fit, none broken before its label began.
std::string write_choices(const std::vector<channel::Choice>& choices, std::size_t width) {
  const std::string indent = "  ";
  std::string out;
  std::size_t used = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string choice = std::to_string(i + 1) + ") " + harmless(choices[i].label);
    const std::size_t wide = columns(choice);
    const bool beside = i > 0 && (width == 0 || used + 3 + wide <= width);
    if (beside) out += "   " + choice;
    else out += (i > 0 ? "\n" : "") + wrap(choice, width == 0 ? wide + indent.size() : width, indent);
    used = beside ? used + 3 + wide : indent.size() + wide;
  }
  return out;
}

}  // namespace

std::string wrap(const std::string& text, std::size_t width, const std::string& indent) {
  if (width == 0) return text;
  std::string out;
  std::string_view rest = text;
  for (;;) {
    const std::size_t end = rest.find('\n');
    wrap_line(rest.substr(0, end), width, indent, out);
    if (end == std::string_view::npos) return out;
    out += '\n';
    rest.remove_prefix(end + 1);
  }
}

std::string write_plain(const channel::Outgoing& out, const Look& look) {
  if (out.kind == channel::Outgoing::Kind::remove) return {};
  if (out.kind == channel::Outgoing::Kind::file) return wrap("Saved to " + harmless(out.path), look.width, "") + "\n";
  std::string text = paint(wrap(harmless(out.text), look.width, ""), voice_colour, look) + "\n";
  if (out.choices.empty()) return text;
  return text + paint(write_choices(out.choices, look.width), choice_colour, look) + "\n";
}

}  // namespace nurturer::console
