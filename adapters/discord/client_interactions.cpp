// Commands, buttons, menus and forms: heard as what people did, answered where they were used.
//
// The first answer must come within three seconds; an answer that is not there after one and a half is announced. All that is shown of it
// is one message: what comes later is added by an edit, which a second try cannot double (follow-ups have no nonce). Where others
// read along only the person sees it. A press that only others hear of, or nobody, is noted without a word.
#include <algorithm>
#include <utility>

#include "adapters/discord/client.hpp"
#include "adapters/discord/sending.hpp"
#include "adapters/discord/split.hpp"

namespace nurturer::discord {
namespace {

using channel::Incoming;

constexpr std::chrono::milliseconds defer_after{1'500};
constexpr std::chrono::minutes token_lives{14};   // 15 by the documentation
constexpr std::chrono::seconds silent_after{60};  // no answer came at all: the announcement goes
constexpr std::size_t most_open = 2'000;
constexpr std::size_t most_seen = 10'000;

}  // namespace

void Client::hear_interaction(const Json& data, const Moment& moment) {
  const auto heard = read_interaction(data);
  if (!heard || !interactions_seen_.insert(heard->id).second) return;
  if (interactions_seen_.size() > most_seen) interactions_seen_.erase(interactions_seen_.begin());
  const Answerable to{heard->id, heard->token, heard->application.empty() ? memory_.application : heard->application};
  if (heard->kind == Interaction::Kind::proposals) {
    return request(callback_proposals(to, proposals(settings_.exercises, heard->typed)), moment, [](const Outcome&, const Moment&) {});
  }
  const auto meant = meaning(*heard);
  if (!meant) return;
  if (!meant->modal.is_null()) {
    return request(callback_modal(to, meant->modal), moment, [](const Outcome&, const Moment&) {});
  }
  unreachable_.erase(heard->user);
  const bool hidden = heard->where != Interaction::Where::bot_dm;
  if (!hidden && !heard->channel.empty()) memory_.set_private_channel(heard->user, heard->channel);

  Open open;
  open.to = to;
  open.user = heard->user;
  open.hidden = hidden;
  open.pressed = heard->kind == Interaction::Kind::component;
  open.defer_at = moment.now + defer_after;
  if (memory_.open.size() >= most_open) memory_.open.erase(memory_.open.begin());
  memory_.open[heard->id] = std::move(open);

  Incoming incoming;
  incoming.kind = meant->press.empty() ? Incoming::Kind::message : Incoming::Kind::press;
  incoming.id = incoming_id(heard->id);
  incoming.from = heard->user;
  incoming.room = heard->channel;
  incoming.room_kind = hidden ? channel::RoomKind::group : channel::RoomKind::direct;
  incoming.text = meant->text;
  incoming.may_react = false;  // no message of theirs is there
  incoming.press = meant->press;
  incoming.reply_to = sent_.outbox_id(heard->message);
  incoming.moderator = heard->where == Interaction::Where::server && may_moderate(heard->permissions);
  incoming.locale = heard->locale;
  incoming.at = time_of(heard->id);
  incoming.way = incoming.id;
  incoming.shut_out = memory_.owed.erase(heard->user) > 0;  // the answer is seen by them alone
  hand_over(std::move(incoming));
}

void Client::defer_late_answers(const Moment& moment) {
  for (auto next = memory_.open.begin(); next != memory_.open.end();) {
    auto& [id, open] = *next++;  // it may be erased
    if (moment.wall - time_of(id) > token_lives || open.state == Open::State::gone) {
      memory_.open.erase(std::string(id));
      continue;
    }
    if (open.deferred && open.shown.content.empty() && open.state == Open::State::shown && moment.now - open.defer_at > silent_after) {
      open.state = Open::State::gone;
      request(delete_answer(open.to), moment, [](const Outcome&, const Moment&) {});
      continue;
    }
    if (open.state != Open::State::fresh || moment.now < open.defer_at) continue;
    open.state = Open::State::deferring;
    Request told = open.pressed ? callback_noted(open.to) : callback_deferred(open.to, open.hidden);
    request(std::move(told), moment, [this, name = id](const Outcome& outcome, const Moment& then) {
      const auto found = memory_.open.find(name);
      if (found == memory_.open.end()) return;
      const bool shown = outcome.kind == Outcome::Kind::good || outcome.code == 40060;
      found->second.state = shown ? Open::State::shown : Open::State::gone;
      found->second.noted = shown && found->second.pressed;
      found->second.deferred = shown && !found->second.pressed;
      std::vector<std::string> held;  // lines that came meanwhile
      for (const auto& [out, sending] : sending_) {
        if (interaction_of(sending->out.answers) == name) held.push_back(out);
      }
      for (const std::string& out : held) advance(out, then);
    });
  }
}

Open* Client::open_for(const channel::Outgoing& outgoing) {
  if (outgoing.to.empty()) return nullptr;  // for the room: to be seen by all who are there
  const auto found = memory_.open.find(interaction_of(outgoing.answers));
  if (found == memory_.open.end() || found->second.state == Open::State::gone) return nullptr;
  return &found->second;
}

void Client::answer(Sending& sending, Open& open, const Moment& moment) {
  if (open.state == Open::State::deferring || open.state == Open::State::answering) return;  // goes on when that is known
  const std::string id = sending.out.id;
  const std::string interaction = open.to.id;
  Body piece = sending.pieces[sending.next];
  const bool fits = open.shown.content.empty() || length(open.shown.content) + 2 + length(piece.content) <= longest_message;
  if (!fits || open.noted || !piece.file_name.empty()) {
    if (open.noted && open.hidden) piece.components = with_write_button(piece.components, open.user);
    return request(follow_up(open.to, piece, open.hidden), moment,
                   [this, id, interaction](const Outcome& outcome, const Moment& then) { answered(id, interaction, outcome, then); });
  }
  if (!open.shown.content.empty()) piece.content = open.shown.content + "\n\n" + piece.content;
  if (piece.components.empty()) piece.components = open.shown.components;
  Body sent = piece;
  if (open.hidden) sent.components = with_write_button(sent.components, open.user);
  Request asked = open.state == Open::State::fresh ? callback_message(open.to, sent, open.hidden) : edit_answer(open.to, sent);
  if (open.state == Open::State::fresh) open.state = Open::State::answering;
  request(std::move(asked), moment, [this, id, interaction, piece](const Outcome& outcome, const Moment& then) {
    const auto found = memory_.open.find(interaction);
    if (found != memory_.open.end() && outcome.kind == Outcome::Kind::good) found->second.shown = piece;
    answered(id, interaction, outcome, then);
  });
}

void Client::answered(const std::string& id, const std::string& interaction, const Outcome& outcome, const Moment& moment) {
  const auto sending = sending_.find(id);
  const auto open = memory_.open.find(interaction);
  if (sending == sending_.end()) return;
  if (open == memory_.open.end()) return advance(id, moment);
  const bool was_first = open->second.state == Open::State::answering;
  if (outcome.kind == Outcome::Kind::good) {
    open->second.state = Open::State::shown;
    ++sending->second->next;
    const std::string message = discord::id(outcome.body, "id");
    sent_.add(id, {sending->second->out.room, message, open->second.to}, moment.now);
    return advance(id, moment);
  }
  // 10062 too: after a restart the three seconds of a first answer that was heard are long over.
  if (was_first && (outcome.code == 40060 || outcome.code == 10062)) return look_at_answer(id, open->second, moment);
  give_up_answer(id, open->second, moment);
}

// An earlier try was heard, or one of an earlier process. What stands there tells which lines it had.
void Client::look_at_answer(const std::string& id, Open& open, const Moment& moment) {
  request(get_answer(open.to), moment, [this, id, interaction = open.to.id](const Outcome& outcome, const Moment& then) {
    const auto sending = sending_.find(id);
    const auto found = memory_.open.find(interaction);
    if (sending == sending_.end() || found == memory_.open.end()) return;
    if (outcome.kind != Outcome::Kind::good) return give_up_answer(id, found->second, then);
    found->second.state = Open::State::shown;
    found->second.deferred = true;
    found->second.shown.content = text(outcome.body, "content");
    const std::string& piece = sending->second->pieces[sending->second->next].content;
    if (!piece.empty() && found->second.shown.content.find(piece) != std::string::npos) ++sending->second->next;
    advance(id, then);
  });
}

// The token is no good any more: the ordinary ways are left.
void Client::give_up_answer(const std::string& id, Open& open, const Moment& moment) {
  actions_.emplace_back(Note{"an answer to an interaction came too late"});
  open.state = Open::State::gone;
  advance(id, moment);
}

}  // namespace nurturer::discord
