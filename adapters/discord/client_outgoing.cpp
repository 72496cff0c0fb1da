// What the companion says, as requests; and what became of them.
#include <algorithm>
#include <utility>

#include "adapters/discord/client.hpp"
#include "adapters/discord/sending.hpp"
#include "adapters/discord/split.hpp"

namespace nurturer::discord {
namespace {

using channel::Delivery;
using channel::Outgoing;

enum class Verdict { done, never, later };

/// What an error code of Discord's says about the message.
Verdict verdict(const Outcome& outcome) {
  switch (outcome.code) {
    case 10008: return Verdict::done;  // the first one with this nonce was sent, and deleted meanwhile
    case 20016:
    case 20022:
    case 20028:
    case 20029:
    case 40003:
    case 110001:
    case 130000: return Verdict::later;
    default: return Verdict::never;  // closed, forbidden, gone, filtered
  }
}

bool shuts_us_out(int code) { return code == 50007 || code == 50278; }

}  // namespace

void Client::send(const Outgoing& outgoing, std::string file, const Moment& moment) {
  if (sending_.contains(outgoing.id)) return;  // under way
  auto sending = std::make_unique<Sending>();
  sending->out = outgoing;
  if (outgoing.kind == Outgoing::Kind::react) {
    sending_.emplace(outgoing.id, std::move(sending));
    react(outgoing, moment);
    return drain(moment);
  }
  if (outgoing.kind == Outgoing::Kind::file) {
    sending->pieces.push_back({"", Json::array(), outgoing.file_name, outgoing.media_type, std::move(file)});
  } else {
    sending->pieces = bodies(outgoing);
  }
  sending_.emplace(outgoing.id, std::move(sending));
  if (outgoing.kind == Outgoing::Kind::remove)
    remove_sent(outgoing, moment);
  else
    advance(outgoing.id, moment);
  drain(moment);
}

void Client::advance(const std::string& id, const Moment& moment) {
  const auto found = sending_.find(id);
  if (found == sending_.end()) return;
  Sending& sending = *found->second;
  if (sending.next >= sending.pieces.size()) return acknowledge(id, Delivery::sent, {}, moment);
  if (Open* open = open_for(sending.out)) return answer(sending, *open, moment);
  if (sending.channel.empty()) return choose_channel(sending, moment);
  send_piece(sending, moment);
}

void Client::choose_channel(Sending& sending, const Moment& moment) {
  const Outgoing& out = sending.out;
  const std::string id = out.id;
  // What was asked by a command or a button among others was to be seen by the person alone, and still is.
  const bool hidden = out.room_kind == channel::RoomKind::group && !interaction_of(out.answers).empty();
  const bool to_one = (out.private_ || hidden) && !out.to.empty();
  if (to_one && unreachable_.contains(out.to)) return acknowledge(id, Delivery::never, {}, moment);
  sending.channel = !to_one ? out.room : memory_.private_channel(out.to);
  if (to_one && sending.channel.empty() && out.room_kind == channel::RoomKind::direct) sending.channel = out.room;
  if (!sending.channel.empty()) return send_piece(sending, moment);
  request(open_private_channel(out.to), moment, [this, id, to = out.to](const Outcome& outcome, const Moment& then) {
    const auto found = sending_.find(id);
    if (found == sending_.end()) return;
    found->second->channel = discord::id(outcome.body, "id");
    if (outcome.kind != Outcome::Kind::good || found->second->channel.empty()) return sent_piece(id, outcome, then);
    memory_.set_private_channel(to, found->second->channel);
    advance(id, then);
  });
}

void Client::send_piece(Sending& sending, const Moment& moment) {
  const Outgoing& out = sending.out;
  const std::string id = out.id;
  const bool replies =
      sending.next == 0 && out.room_kind == channel::RoomKind::group && sending.channel == out.room && number_of(out.answers) != 0;
  request(create_message(sending.channel, sending.pieces[sending.next], nonce(id, sending.next), replies ? out.answers : ""), moment,
          [this, id](const Outcome& outcome, const Moment& then) { sent_piece(id, outcome, then); });
}

void Client::sent_piece(const std::string& id, const Outcome& outcome, const Moment& moment) {
  const auto found = sending_.find(id);
  if (found == sending_.end()) return;
  Sending& sending = *found->second;
  if (outcome.kind == Outcome::Kind::good || (outcome.kind == Outcome::Kind::refused && verdict(outcome) == Verdict::done)) {
    if (outcome.kind == Outcome::Kind::good) sent_.add(id, {sending.channel, discord::id(outcome.body, "id"), {}}, moment.now);
    ++sending.next;
    return advance(id, moment);
  }
  if (outcome.kind == Outcome::Kind::later) return acknowledge(id, Delivery::retry, outcome.after, moment);
  if (outcome.kind == Outcome::Kind::no_token) return acknowledge(id, Delivery::retry, std::chrono::minutes{1}, moment);
  actions_.emplace_back(
      Note{"a message was refused (status " + std::to_string(outcome.status) + ", code " + std::to_string(outcome.code) + ")"});
  if (shuts_us_out(outcome.code)) {
    unreachable_.insert(sending.out.to);
    memory_.owe(sending.out.to);
    save_cursor(moment);
  }
  if (verdict(outcome) == Verdict::later) return acknowledge(id, Delivery::retry, std::chrono::minutes{1}, moment);
  acknowledge(id, Delivery::never, {}, moment);
}

void Client::remove_sent(const Outgoing& outgoing, const Moment& moment) {
  const std::string id = outgoing.id;
  const std::vector<Sent::Message> messages = sent_.take(outgoing.removes);
  if (messages.empty()) return acknowledge(id, Delivery::sent, {}, moment);
  sending_.at(id)->removing = messages.size();
  for (const Sent::Message& message : messages) {
    Request removal = message.interaction.token.empty() ? delete_message(message.channel, message.id) : delete_answer(message.interaction);
    request(std::move(removal), moment, [this, id](const Outcome&, const Moment& then) {
      const auto found = sending_.find(id);
      // What cannot be removed any more is not there to be read, or not ours to remove.
      if (found != sending_.end() && --found->second->removing == 0) acknowledge(id, Delivery::sent, {}, then);
    });
  }
}

// Twice is once: nothing is fixed before the first try.
void Client::react(const Outgoing& outgoing, const Moment& moment) {
  const std::string id = outgoing.id;
  if (number_of(outgoing.reacts_to) == 0) return acknowledge(id, Delivery::never, {}, moment);
  request(set_reaction(outgoing.room, outgoing.reacts_to, outgoing.text), moment, [this, id](const Outcome& outcome, const Moment& then) {
    if (outcome.kind == Outcome::Kind::good) return acknowledge(id, Delivery::sent, {}, then);
    if (outcome.kind != Outcome::Kind::refused) {
      const Millis minute{60'000};
      return acknowledge(id, Delivery::retry, outcome.kind == Outcome::Kind::later ? outcome.after : minute, then);
    }
    actions_.emplace_back(
        Note{"a reaction was refused (status " + std::to_string(outcome.status) + ", code " + std::to_string(outcome.code) + ")"});
    acknowledge(id, Delivery::never, {}, then);
  });
}

void Client::acknowledge(const std::string& id, Delivery delivery, Millis after, const Moment& moment) {
  sending_.erase(id);
  channel::Acknowledgement acknowledgement;
  acknowledgement.id = id;
  acknowledgement.delivery = delivery;
  if (delivery == Delivery::retry) acknowledgement.retry_at = moment.wall + after;
  actions_.emplace_back(Acknowledge{std::move(acknowledgement)});
}

}  // namespace nurturer::discord
