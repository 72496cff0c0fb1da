#include "engine/dialogue/unfit.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "engine/dialogue/answer.hpp"
#include "engine/dialogue/slots.hpp"
#include "engine/dialogue/speech.hpp"
#include "engine/dialogue/walk.hpp"

namespace nurturer::dialogue {
namespace {

using understanding::Kind;

constexpr int body_states_row = 1;
constexpr int patience = 3;  // messages in a row that fit nothing; then it asks what would be better

// Which step of `common` acknowledges a message of this meaning.
std::string_view heard_step(const Stage& stage) {
  switch (stage.reading.intent) {
    case Intent::panic: return "heard_alarm";
    case Intent::rejection_fear:
    case Intent::protest_urge:
    case Intent::chemistry_confusion: return "heard_waiting";
    case Intent::self_criticism:
    case Intent::boundary_doubt: return "heard_harsh";
    case Intent::shutdown: return "heard_far";
    case Intent::anger:
    case Intent::conflict:
    case Intent::engulfment:
    case Intent::invalidation: return "heard_unfair";
    case Intent::heartbreak:
    case Intent::sadness:
    case Intent::loneliness: return "heard_heavy";
    case Intent::feeling_better: return "heard_lighter";
    default: break;
  }
  const auto asks = [&](const text::Token& token) { return stage.listed("question_words", token.id); };
  const bool question = stage.event.text.ends_with('?') || (!stage.text.tokens.empty() && asks(stage.text.tokens.front()));
  return question ? "heard_question" : "heard_plain";
}

bool answers_shortly(const Stage& stage) { return stage.hears(Word::ok) || stage.hears(Word::yes) || number_said(stage).has_value(); }

bool takes(const Stage& stage, const Choice& choice, std::string_view words) {
  text::Text said;
  text::read(words, stage.language.lexicon(), said);
  return std::ranges::binary_search(stage.library.phrases.find(said), *choice.words);
}

// The way on without an answer: past a rating, or where an "ok" or a "done" would lead, since then something was to be done, not chosen.
// Null where the answer is needed: what it tells of the body, which of several things it is.
const Choice* way_on(const Stage& stage, const Step& step) {
  if (step.ask.choices.empty() || !step.checks.empty()) return nullptr;
  const Choice& first = step.ask.choices.front();
  if (step.ask.kind == Ask::Kind::rating) return &first;
  if (step.ask.kind != Ask::Kind::choice || !first.words || !first.sets.empty() || !first.clears.empty()) return nullptr;
  // An exercise for the body's state leads on whatever is said: in an alarm few things can be chosen.
  const Script* running = running_script(stage);
  const bool for_state = running != nullptr && std::ranges::find(running->rows, body_states_row) != running->rows.end();
  return for_state || takes(stage, first, "ok") || takes(stage, first, "done") ? &first : nullptr;
}

// Puts words at the head of what was said behind the first `before` effects, where both fit into a message.
void say_at_head(Stage& stage, std::size_t before, const std::string& words) {
  constexpr std::size_t longest_text = 300;
  Say* next = stage.effects.size() > before ? std::get_if<Say>(&stage.effects[before]) : nullptr;
  if (next == nullptr || words.empty() || characters(words) + 1 + characters(next->text) > longest_text) return;
  next->text.insert(0, words + " ");
}

// Leads on, the acknowledgement at the head of what comes next.
void lead_on(Stage& stage, std::string_view heard, const Choice& way) {
  const int unfit = stage.talk.not_understood;
  const std::size_t before = stage.effects.size();
  const std::string words = heard.empty() ? std::string{} : common_words(stage, heard);
  press(stage, way.id);
  stage.talk.not_understood = stage.talk.at.empty() ? 0 : unfit;
  say_at_head(stage, before, words);
}

void ask_what_would_be_better(Stage& stage) {
  stage.talk.not_understood = 0;
  put_aside(stage);
  interpose(stage, "stuck");
}

// At a question of the script that runs.
void hear_unfit_answer(Stage& stage, const Step& open) {
  const int times = ++stage.talk.not_understood;
  if (times >= patience) return ask_what_would_be_better(stage);
  if (answers_shortly(stage) || open.fixed) {
    return say_common(stage, open.ask.kind == Ask::Kind::rating ? "again_rating" : "again_choices");
  }
  if (times == 1) return say_heard(stage, heard_step(stage), stage.talk.at, open);
  if (const Choice* way = way_on(stage, open)) return lead_on(stage, heard_step(stage), *way);
  ask_what_would_be_better(stage);
}

// "Go on here, or turn to that?" answered by telling more: then it goes on here. Null where no such offer stands open.
const Step* behind_offer(Stage& stage) {
  const Script* running = running_script(stage);
  const Step* step = stage.library.find(stage.talk.at);
  if (stage.talk.asking != Place{"common", "switch_offer"} || answers_shortly(stage) || running == nullptr || !running->card)
    return nullptr;
  if (step == nullptr || step->ask.kind == Ask::Kind::none) return nullptr;
  stage.talk.asking = stage.talk.at;
  return step;
}

void say_not_understood(Stage& stage) {
  constexpr std::array<std::string_view, 3> steps{"not_understood_1", "not_understood_2", "not_understood_3"};
  const auto time = static_cast<std::size_t>(std::clamp(stage.talk.not_understood, 0, 2));
  ++stage.talk.not_understood;
  interpose(stage, steps[time]);
}

bool is_one_of(std::string_view step, std::initializer_list<std::string_view> steps) {
  return std::ranges::find(steps, step) != steps.end();
}

// "I don't know" to "what would be good now?": something small is picked for them.
void pick_for_them(Stage& stage) {
  stage.talk.not_understood = 0;
  for (const auto* id : {"orienting", "senses", "just_listen"}) {
    const Script* script = stage.library.find_script(id);
    if (script == nullptr || was_led(stage.talk, id) || permitted(stage, *script) != script) continue;
    stage.talk.asking = {};  // the choices that stood open are not offered again
    say_common(stage, "pick_for_you");
    return start(stage, *script);
  }
  interpose(stage, "what_else");
}

bool hear_unsure_between(Stage& stage) {
  const Place& asking = stage.talk.asking;
  const Script* running = running_script(stage);
  const bool hello = asking == stage.talk.at && running != nullptr && running->id == "hello";
  if (asking.script != "common" && !hello) return false;
  if (hello || is_one_of(asking.step, {"what_else", "not_helping", "stuck", "feeling_heard", "loop_seen", "not_understood_1",
                                       "not_understood_2", "not_understood_3"})) {
    pick_for_them(stage);
  } else if (asking.step == "switch_offer") {
    follow(stage, {Go::To::resume, {}}, {});
  } else {
    stage.talk.asking = stage.talk.at;
    say_common(stage, "ok");
  }
  return true;
}

// What is asked in free words: nothing is told, and nothing is kept.
bool hear_short_to_free(Stage& stage, const Ask& ask) {
  const bool unsure = stage.hears(Word::dont_know);
  const Script* running = running_script(stage);
  const bool answer = running == nullptr || (!running->card && !ask.tells);
  if (answer || (!unsure && !stage.hears(Word::no))) return false;
  const std::size_t before = stage.effects.size();
  const std::string words = unsure ? common_words(stage, "dont_know") : std::string{};
  follow(stage, ask.go, stage.talk.asking);
  say_at_head(stage, before, words);
  return true;
}

// "Yeah im in bed", "ok its down": a yes with a few words to it.
bool begins_with_yes(const Stage& stage) {
  constexpr std::size_t few_words = 6;
  const auto& tokens = stage.text.tokens;
  if (tokens.size() < 2 || tokens.size() > few_words || stage.reading.intent != Intent::none) return false;
  const auto denies = [&](const text::Token& token) { return stage.listed("denying", token.id) || stage.listed("turning", token.id); };
  return stage.listed("affirming", tokens.front().id) && std::ranges::none_of(tokens, denies);
}

}  // namespace

void hear_unfit(Stage& stage) {
  const Step* open = stage.library.find(stage.talk.asking);
  const Script* running = running_script(stage);
  const bool own_question = stage.talk.asking == stage.talk.at;
  const bool menu = own_question && running != nullptr && is_menu(*running);
  if (open == nullptr || (menu && !answers_shortly(stage))) return say_not_understood(stage);
  if (stage.talk.asking == Place{"just_listen", "rest"} && !answers_shortly(stage) && listen_on(stage)) return;
  const bool leads = own_question && running != nullptr && (running->card || !running->rows.empty());
  if (leads) return hear_unfit_answer(stage, *open);
  if (const Step* waits = behind_offer(stage)) return hear_unfit_answer(stage, *waits);
  if (!own_question && !answers_shortly(stage)) return listen_on(stage) ? void() : say_not_understood(stage);
  say_common(stage, open->ask.kind == Ask::Kind::rating ? "again_rating" : "again_choices");
}

bool hear_short(Stage& stage) {
  const Step* open = stage.library.find(stage.talk.asking);
  const bool unsure = stage.hears(Word::dont_know);
  const bool denies = stage.hears(Word::no);
  const bool agrees = begins_with_yes(stage);
  if (open == nullptr || (!unsure && !denies && !agrees && !answers_shortly(stage))) return false;
  const Script* running = running_script(stage);
  if (denies && stage.talk.asking == Place{"common", "what_else"}) {
    stop(stage);
    return true;
  }
  if (stage.talk.asking != stage.talk.at || (running != nullptr && is_menu(*running))) return unsure && hear_unsure_between(stage);
  if (open->ask.kind == Ask::Kind::free) return hear_short_to_free(stage, open->ask);
  const Choice* way = running != nullptr && running->card ? way_on(stage, *open) : nullptr;
  if (way == nullptr || (!unsure && !denies && !agrees && !stage.hears(Word::ok) && !stage.hears(Word::yes))) return false;
  if (!unsure && !denies && open->ask.kind == Ask::Kind::rating) return false;  // an "ok" is no number
  if (denies && ++stage.talk.not_understood >= patience) {
    ask_what_would_be_better(stage);
  } else {
    lead_on(stage, unsure ? "dont_know" : denies ? "left_out" : "", *way);
  }
  return true;
}

bool listen_on(Stage& stage) {
  const Place listening{"just_listen", "heard"};
  const Place& asking = stage.talk.asking;
  const bool asked = asking.script == "common" &&
                     is_one_of(asking.step, {"stuck", "not_helping", "feeling_heard", "what_else", "not_understood_3", "loop_seen"});
  if (stage.talk.asking == Place{"just_listen", "rest"} && stage.library.find(listening) != nullptr) {
    show(stage, listening);  // "what now?" was answered by telling on
    return true;
  }
  if (!asked || stage.event.group || stage.library.find(listening) == nullptr) return false;
  leave_script(stage.talk);
  stage.talk.set_aside = {};
  stage.talk.not_understood = 0;
  stage.talk.at = stage.talk.asking = listening;
  say_common(stage, "listen_on");
  return true;
}

}  // namespace nurturer::dialogue
