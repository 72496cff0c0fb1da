#include "engine/schedule/request.hpp"

#include <algorithm>

#include "engine/schedule/lexer.hpp"

namespace nurturer::schedule {
namespace {

using Span = Found::Span;

// Who is asked to do what. Longest first where one begins another.
constexpr std::string_view heads =
    "can you please remind me|could you please remind me|would you please remind me|can you remind me|could you remind me|would you remind "
    "me|"
    "will you remind me|i want you to remind me|i need you to remind me|i would like you to remind me|i'd like you to remind me|please "
    "remind me|"
    "pls remind me|plz remind me|kindly remind me|remind me|remnd me|remid me|remined me|reminds me|rmd me|remindme|please remember "
    "me|remember me|remind us all|remind us|remind everyone|remind everybody|"
    "remind all of us|remind the room|remind the group|remind|set me a reminder|set up a reminder|set a reminder|set an alarm|set a "
    "timer|set a nudge|set a thing|set reminder|"
    "add a reminder|create a reminder|make a reminder|make me a reminder|schedule a reminder|new reminder|i need a reminder|i want a "
    "reminder|i'd like a reminder|"
    "give me a reminder|send me a reminder|leave me a reminder|reminder please|a reminder|reminder|give me a nudge|give me a poke|give me "
    "a ping|give me a shout|send me a nudge|"
    "send me a short message|send me a message|send me a note|send me this|send me|i'd like a daily note|i'd like a note|a daily "
    "note|write me|write to me|nudge us|nudge me|ping us|ping me|poke me|buzz me|prompt me|"
    "message me|text me|tell me this again|tell me|ask me|let me know|wake me up|wake me|do not let me forget|don't let me forget|dont let "
    "me forget|"
    "make sure i remember|make sure i|help me remember|alert me|notify me|shout at me|jog my memory|bug me";
constexpr std::string_view polite =
    "can you please|could you please|would you please|can you|could you|would you|will you|hey|hi|hello|please|pls|plz|kindly|"
    "ok|okay|so|and|also|then|just|maybe|thanks|thank you|thx|ta|companion|nurturer|yes|no|i want you|i need you|again";
constexpr std::string_view openers =
    "to|that|about|of|for me to|saying|which says|with|say|:|,|;|-|not|so that|so|because|for|and|then|that says|i should|it's time to|it "
    "is time to";

bool to_all(std::string_view head) {
  for (const std::string_view all : {"us", "everyone", "everybody", "room", "group", "us all"}) {
    if (head.ends_with(all)) return true;
  }
  return false;
}

std::string word_at(const std::vector<Piece>& pieces, std::size_t from, std::size_t count) {
  std::string words;
  for (std::size_t i = from; i < from + count; ++i) words += (words.empty() ? "" : " ") + pieces[i].word;
  return words;
}

struct Head {
  std::size_t at = 0, length = 0;
  bool all = false;
};

// The first head of the message, with its "@companion" and its politeness before it.
Head head_of(const std::vector<Piece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Reader reader(pieces, i);
    const std::size_t length = reader.length_of(heads);
    if (length > 0) return {i, length, to_all(word_at(pieces, i, length))};
  }
  return {pieces.size(), 0, false};
}

bool inside(const std::vector<Span>& spans, const Piece& piece) {
  return std::ranges::any_of(spans, [&](const Span& span) { return piece.begin >= span.begin && piece.end <= span.end; });
}

// Where the reminder's own words begin: behind "to", "that" ... after the head; the message's end if nothing opens them.
std::size_t opening(const std::vector<Piece>& pieces, const Head& head, const std::vector<Span>& spans) {
  for (std::size_t i = head.at + head.length; i < pieces.size(); ++i) {
    if (inside(spans, pieces[i])) continue;
    const Reader reader(pieces, i);
    if (reader.sees("to|that|about|of|saying|which says|that says|:|so that")) return i;
    // "Remind me I am enough at 9": what is no time begins the words.
    if (!reader.sees("@|,|at|on|in|for|every|the|please|pls|again|tomorrow|with|message|-|.") && !pieces[i].mark) return i;
  }
  return pieces.size();
}

// The pieces of time that count. Those inside the reminder's own words do so only at their end: "at 5 to call about the 9 o'clock plan".
std::vector<Span> counted(const std::vector<Piece>& pieces, const std::vector<Span>& spans, std::size_t words_at) {
  if (words_at >= pieces.size()) return spans;
  std::vector<Span> kept;
  const std::uint32_t from = pieces[words_at].begin;
  std::size_t last = pieces.size();
  while (last > words_at) {  // what stands behind the words and is time, a mark, or a courtesy
    const Piece& piece = pieces[last - 1];
    const bool courtesy = piece.mark || piece.word == "please" || piece.word == "pls" || piece.word == "thanks" || piece.word == "thx" ||
                          piece.word == "plz" || piece.word == "ok" || piece.word == "at" || piece.word == "on";
    if (!courtesy && !inside(spans, piece)) break;
    --last;
  }
  const std::uint32_t tail = last < pieces.size() ? pieces[last].begin : 0xFFFF'FFFFU;
  for (const Span& span : spans) {
    if (span.begin < from || span.begin >= tail) kept.push_back(span);
  }
  return kept.empty() ? spans : kept;
}

// The message without some of it, tidied: no opener before, no mark behind.
std::string remainder(std::string_view message, const std::vector<Piece>& pieces, const Head& head, const std::vector<Span>& spans) {
  std::vector<bool> kept(pieces.size(), true);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if ((i >= head.at && i < head.at + head.length) || inside(spans, pieces[i])) kept[i] = false;
  }
  std::size_t first = 0;
  std::size_t last = pieces.size();
  for (bool moved = true; moved && first < last;) {
    moved = false;
    while (first < last && !kept[first]) ++first, moved = true;
    if (first >= last) break;
    const Reader reader(pieces, first);
    if (const std::size_t length = std::max(reader.length_of(polite), reader.length_of(openers)); length > 0)
      first += length, moved = true;
    else if (pieces[first].mark && pieces[first].word != "\"" && pieces[first].word != "'" && pieces[first].word != "(")
      ++first, moved = true;
    else if (reader.sees("@|at|on|in|every") && first + 1 < last && !kept[first + 1])
      ++first, moved = true;
  }
  for (bool moved = true; moved && first < last;) {
    moved = false;
    while (last > first && !kept[last - 1]) --last, moved = true;
    if (first >= last) break;
    const std::string& word = pieces[last - 1].word;
    const bool courtesy = word == "please" || word == "pls" || word == "thanks" || word == "thx" || word == "plz" || word == "at" ||
                          word == "on" || word == "ok" || word == "," || word == "." || word == ";" || word == "-" || word == "?" ||
                          word == "and" || word == ":" || word == "for";
    if (courtesy) --last, moved = true;
  }
  std::string text;
  for (std::size_t i = first; i < last; ++i) {
    if (!kept[i]) continue;
    if (!text.empty() && !pieces[i].glued) text += ' ';
    text += message.substr(pieces[i].begin, pieces[i].end - pieces[i].begin);
  }
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return text;
}

}  // namespace

Request read_request(std::string_view message) {
  const std::vector<Piece> pieces = lex(message);
  const Head head = head_of(pieces);
  Request request;
  request.all = head.all;
  request.when = find(message);
  const std::size_t words_at = opening(pieces, head, request.when.spans);
  std::vector<Span> spans = counted(pieces, request.when.spans, words_at);
  if (spans.size() != request.when.spans.size()) {
    // Read anew without what belongs to the words.
    std::string bare(message);
    for (const Span& span : request.when.spans) {
      const bool keep = std::ranges::any_of(spans, [&](const Span& s) { return s.begin == span.begin; });
      if (!keep) std::fill(bare.begin() + span.begin, bare.begin() + span.end, '#');
    }
    request.when = find(bare);
    spans = request.when.spans;
  }
  // "Remind me tomorrow to breathe when I panic": with a time told, the event belongs to the words.
  const bool in_words = words_at < pieces.size() && request.when.event_at > pieces[words_at].begin;
  if (in_words && (request.when.day || request.when.tells_clock() || request.when.repeat)) request.when.event.clear();
  request.text = remainder(message, pieces, head, spans);
  if (request.text.size() > 0 && head.length == 0 && spans.empty()) request.text.clear();
  return request;
}

bool only_time(std::string_view message, const Found& found) {
  const std::vector<Piece> pieces = lex(message);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (inside(found.spans, pieces[i]) || pieces[i].mark) continue;
    const std::size_t small = Reader(pieces, i).length_of(
        "no|nope|sorry|actually|make|it|that|rather|wait|not|oops|i|meant|mean|better|change|to|instead|or|hm|hmm|let's|say|move|can|could|"
        "you|we|please|pls|at|on|in|"
        "the|and|is|was|for|ok|okay|yes|well|one|thanks|only|just|but|time|reminder|should|be|set|put|a|bit|of|my");
    if (small == 0) return false;
  }
  return !found.empty();
}

bool corrects(std::string_view message) {
  const std::vector<Piece> pieces = lex(message);
  const Reader reader(pieces);
  return reader.sees(
      "no|nope|sorry|actually|make it|make that|rather|wait|not|oops|i meant|i mean|better|change it|change that|change to|instead|or "
      "rather|hm|hmm|let's say|move it|can you make it|could you make it|can we make it");
}

}  // namespace nurturer::schedule
