#include "engine/dialogue/for_two_request.hpp"

#include <algorithm>
#include <charconv>

#include "engine/dialogue/for_two.hpp"
#include "engine/text/text.hpp"

namespace nurturer::dialogue {
namespace {

using What = ForTwo::What;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view word) {
  while (!word.empty() && std::string_view(".,;:!?)\"'").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

bool is_companion(std::string_view person) {
  const std::string folded = text::fold(std::string(person));
  return folded.starts_with("companion") || folded.starts_with("nurturer") || folded.starts_with("@companion") ||
         folded.starts_with("@nurturer");
}

// "@ben" is ben; "@ben:example.org" is a name of its own; "<@!12>" is 12.
std::string name_in(std::string_view word) {
  if (word.starts_with("<@")) {
    const auto from = std::ranges::find_if(word, is_digit);
    const auto to = std::find_if_not(from, word.end(), is_digit);
    return {from, to};
  }
  word = trimmed(word);
  return std::string(word.find(':') == std::string_view::npos ? word.substr(1) : word);
}

// "20 minutes", "20min", "half an hour", "an hour", "2h".
std::optional<std::chrono::minutes> length_told(const std::string& folded) {
  const bool bare = !folded.empty() && folded.size() <= 4 && std::ranges::all_of(folded, is_digit);
  if (bare && std::stoi(folded) >= shortest_time_out.count()) return std::chrono::minutes{std::stoi(folded)};  // asked how long: "20"
  if (folded.find("half an hour") != std::string::npos || folded.find("half hour") != std::string::npos) return std::chrono::minutes{30};
  if (folded.find("an hour") != std::string::npos) return std::chrono::minutes{60};
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (!is_digit(folded[i]) || (i > 0 && (is_digit(folded[i - 1]) || folded[i - 1] == ':'))) continue;
    int number = 0;
    const auto [end, error] = std::from_chars(folded.data() + i, folded.data() + folded.size(), number);
    if (error != std::errc{} || number > 10'000) continue;
    std::string_view rest(end, static_cast<std::size_t>(folded.data() + folded.size() - end));
    while (rest.starts_with(' ') || rest.starts_with('-')) rest.remove_prefix(1);
    if (rest.starts_with("min") || rest.starts_with("m ") || rest == "m") return std::chrono::minutes{number};
    if (rest.starts_with("hour") || rest.starts_with("hr") || rest.starts_with("h ") || rest == "h")
      return std::chrono::minutes{number * 60};
  }
  return std::nullopt;
}

}  // namespace

std::optional<What> what_asked(const Stage& stage) {
  const Step* words = stage.library.find({for_two_script, "words"});
  if (words == nullptr) return std::nullopt;
  for (const Choice& choice : words->ask.choices) {
    if (!stage.hears(choice.words)) continue;
    for (const What what : {What::time_out, What::listening, What::team_us}) {
      if (choice.id.ends_with(name(what))) return what;
    }
  }
  return stage.reading.intent == Intent::team_us ? std::optional{What::team_us} : std::nullopt;
}

std::optional<What> what_named(std::string_view pending) {
  for (const What what : {What::time_out, What::listening, What::team_us}) {
    if (pending == name(what)) return what;
  }
  return std::nullopt;
}

std::string person_named(const Stage& stage) {
  const std::string& text = stage.event.text;
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    const bool marked = at > 0 && text[at - 1] == '<';
    if (at > 0 && !marked && std::isspace(static_cast<unsigned char>(text[at - 1])) == 0) continue;
    const std::size_t from = marked ? at - 1 : at;
    std::size_t to = at + 1;
    while (to < text.size() && std::isspace(static_cast<unsigned char>(text[to])) == 0) ++to;
    std::string person = name_in(std::string_view(text).substr(from, to - from));
    constexpr std::size_t longest = 255;
    if (person.empty() || person.size() > longest || is_companion(person) || person == stage.event.from) continue;
    return person;
  }
  return {};
}

std::optional<Time> end_told(const Stage& stage, const std::string& zone) {
  // A moment of the clock reads better without its seconds.
  const auto whole = [](Time time) { return Time{std::chrono::ceil<std::chrono::minutes>(time)}; };
  if (const auto length = length_told(text::fold(stage.event.text))) return whole(stage.moment.now + *length);
  schedule::Found found = schedule::find(stage.event.text);
  if (found.elapsed) return whole(stage.moment.now + *found.elapsed);
  if (found.clocks.empty()) return std::nullopt;
  found.repeat.reset();
  const auto settled = schedule::settle(found, {stage.moment.now, zone, stage.event.locale});
  if (settled.question != schedule::Question::none) return std::nullopt;
  Time end = settled.when.moment;
  // "Back at 8:40" in the evening is the coming one, not tomorrow's.
  constexpr std::chrono::hours half_a_day{12};
  if (found.clocks.front().half == schedule::Clock::Half::open && end - half_a_day > stage.moment.now) end -= half_a_day;
  return end;
}

bool may_last(const Stage& stage, Time end_at) {
  return end_at >= stage.moment.now + shortest_time_out && end_at <= stage.moment.now + longest_time_out + std::chrono::minutes{1};
}

std::string shown(const std::string& person) {
  constexpr std::size_t long_number = 15;
  const bool number = person.size() >= long_number && std::ranges::all_of(person, is_digit);
  return number ? "<@" + person + ">" : person;
}

}  // namespace nurturer::dialogue
