// The rooms' side of the bot: which room a message is about, what falls due there, and what is opened in somebody's private talk.
#include <algorithm>
#include <utility>

#include "app/bot.hpp"
#include "app/bot_here.hpp"
#include "app/lane.hpp"
#include "app/outgoing_json.hpp"
#include "app/room_json.hpp"
#include "app/sessions.hpp"
#include "engine/dialogue/checkin.hpp"
#include "engine/dialogue/for_two.hpp"

namespace nurturer::app {
namespace {

using channel::Incoming;
using channel::Outgoing;
using store::Unavailable;

}  // namespace

void Bot::find_room(Here& here) {
  try {
    if (here.event.group) {
      here.in = rooms_.find(here.channel_name, here.incoming.room);
    } else if (const dialogue::Room* room = rooms_.of_person(here.channel_name, here.incoming.from, here.now)) {
      here.in = *room;
    }
  } catch (const Unavailable&) {
    here.broken = true;
    if (here.event.group) here.in.emplace().name = here.incoming.room;
  }
  // A question that nobody answered in time is open no more; after a restart it is open again while there is time.
  dialogue::Talk& talk = sessions_.talk(here.person, direct_room);
  const bool asked = !here.event.group && here.in && here.in->two && here.in->two->answer_until > here.now;
  const bool open = talk.asking.script == dialogue::for_two_script;
  if (open && !asked && !here.event.group) talk.asking = talk.at;
  const bool waits = asked && !open && here.in->two->second == here.incoming.from && !here.in->two->second_said_yes;
  if (waits) dialogue::Companion::ask_again(talk, sessions_.person(here.person), *here.in->two, here.now);
}

// What is shown to one person alone in a room (an answer to their press) is pressed there too.
bool Bot::is_pressed_in_private(const Here& here) {
  if (here.event.kind != dialogue::Event::Kind::press) return false;
  const dialogue::Talk& talk = sessions_.talk(here.person, direct_room);
  const dialogue::Step* step = content_.library.find(talk.asking);
  if (step == nullptr || (talk.asking.script != dialogue::for_two_script && talk.asking.script != dialogue::checkin_script)) return false;
  return std::ranges::find(step->ask.choices, here.event.press, &dialogue::Choice::id) != step->ask.choices.end();
}

void Bot::add_whisper(Here& here, const dialogue::Whisper& whisper) {
  const store::PersonId person{here.channel_name + ":" + whisper.person};
  try {
    sessions_.load(person, direct_room);
  } catch (const Unavailable&) {
    here.broken = true;
  }
  dialogue::Talk talk = sessions_.talk(person, direct_room);
  const auto say = companion_.whisper(talk, sessions_.person(person), whisper, around(&here.can, here.broken), {here.now, options_.dice()});
  if (!say || (whisper.unasked && !rooms_.may_ask(person, here.now))) return;
  Outgoing line = line_of(*say, here.turn.room ? here.turn.room->name : here.incoming.room, here.now);
  line.to = whisper.person;
  if (whisper.person == here.incoming.from) {
    line.answers = here.incoming.id;
    line.way = here.incoming.way;
  }
  here.whispered.emplace_back(person, std::move(talk));
  here.out.push_back(std::move(line));
}

void Bot::add_reaction(Here& here) {
  Outgoing out = answer_to(here);
  out.kind = Outgoing::Kind::react;
  out.to.clear();
  out.reacts_to = here.incoming.id;
  out.text = companion_.common_line("read_sign", around(&here.can, here.broken));
  here.out.push_back(std::move(out));
}

// Lines of a room that nobody's message caused; memory follows when they are in the change.
std::vector<Outgoing> Bot::room_lines(const std::string& channel_name, dialogue::RoomTurn turn, channel::Time at, channel::Time now,
                                      Due& due) {
  std::vector<Outgoing> out;
  for (const dialogue::Effect& effect : turn.effects) {
    if (const auto* say = std::get_if<dialogue::Say>(&effect)) {
      out.push_back(line_of(*say, turn.room.name, at));
      if (say->opens_check_in) turn.room.check_ins.open = out.back().id;
    }
    if (const auto* whisper = std::get_if<dialogue::Whisper>(&effect)) {
      const store::PersonId person{channel_name + ":" + whisper->person};
      sessions_.load(person, direct_room);
      dialogue::Talk& talk = sessions_.talk(person, direct_room);
      const auto say = companion_.whisper(talk, sessions_.person(person), *whisper, around(nullptr, false), {now, options_.dice()});
      if (!say) continue;
      out.push_back(line_of(*say, turn.room.name, at));
      out.back().to = whisper->person;
      out.back().private_ = true;
    }
  }
  for (const Outgoing& line : out) due.change.outbox.push_back({line.id, channel_name, lane_of(line), {}, write_outgoing(line), now, now});
  rooms_.put(channel_name, turn.room, "wake " + ids_.next(now), due.change);
  due.rooms.push_back(std::move(turn.room));
  return out;
}

void Bot::keep_turn(const Here& here) {
  if (here.room != direct_room) return;
  const dialogue::Place& at = here.turn.talk.at;
  const dialogue::Step* step = content_.library.find(at);
  const auto runs = turns_.find(here.person.value);
  if (step == nullptr || step->lasts.count() == 0 || here.forgets) {
    if (runs != turns_.end()) turns_.erase(runs);
  } else if (runs == turns_.end() || runs->second.at != at) {
    constexpr std::size_t most = 10'000;
    if (turns_.size() >= most) std::erase_if(turns_, [](const auto& turn) { return turn.second.due == channel::Time{}; });
    turns_[here.person.value] = {here.now + step->lasts, at, here.incoming.room};
  }
}

// Once, and only where the turn still is.
void Bot::fire_turns(const std::string& channel_name, channel::Time now, Due& due, std::vector<Outgoing>& out) {
  constexpr std::chrono::minutes too_late{15};
  for (auto& [id, turn] : turns_) {
    if (!id.starts_with(channel_name + ":") || turn.due == channel::Time{} || turn.due > now) continue;
    const channel::Time at = std::exchange(turn.due, channel::Time{});
    const store::PersonId person{id};
    const dialogue::Talk* talk = sessions_.running(person, direct_room, now);
    const dialogue::Step* step = content_.library.find(turn.at);
    if (talk == nullptr || step == nullptr || talk->at != turn.at || talk->crisis || now - at > too_late) continue;
    dialogue::Say say{companion_.common_line("turn_over", around(nullptr, false)), {}, {}, turn.at, true, false, false};
    for (const dialogue::Choice& choice : step->ask.choices) say.choices.emplace_back(choice.id, choice.label);
    Outgoing line = line_of(say, turn.room, at);
    line.room_kind = channel::RoomKind::direct;
    line.to = id.substr(channel_name.size() + 1);
    due.change.outbox.push_back({line.id, channel_name, lane_of(line), {}, write_outgoing(line), now, now});
    sessions_.sent(person, direct_room).push_back({line.id, now});
    out.push_back(std::move(line));
  }
}

std::vector<Outgoing> Bot::fire_room(const std::string& channel_name, const store::Timer& timer, const std::string& name, channel::Time now,
                                     Due& due) {
  const dialogue::Room room = rooms_.find(channel_name, name);
  if (room.timer != timer.id || !room.due()) {
    due.change.drop_timers.push_back(timer.id);  // nothing waits for it
    return {};
  }
  return room_lines(channel_name, companion_.due(room, around(nullptr, false), {now, options_.dice()}), timer.due, now, due);
}

// Taken as the press that it stands for. One that stands for none is a full answer: nothing follows, and nothing of it is written down.
std::vector<Outgoing> Bot::reacted(const std::string& channel_name, const channel::Capabilities& can, Incoming reaction, channel::Time now,
                                   Pace pace) {
  try {
    if (reaction.room_kind == channel::RoomKind::group && reaction.place)
      reaction.press = companion_.press_of_place(rooms_.find(channel_name, reaction.room), reaction.reply_to, *reaction.place);
  } catch (const Unavailable&) {
    // The check-in that it was for is in the store alone: there are its buttons and words.
  }
  if (reaction.press.empty()) {
    pass_over(channel_name, reaction);
    return {};
  }
  reaction.kind = Incoming::Kind::press;
  return receive(channel_name, can, reaction, now, pace);
}

std::vector<Outgoing> Bot::joined_or_left(const std::string& channel_name, const Incoming& incoming, channel::Time now) {
  std::vector<Outgoing> out;
  Due due;
  store::Change& change = due.change;
  if (!incoming.id.empty()) change.inbox = {channel_name, incoming.id, now};
  if (incoming.cursor) change.cursor = {channel_name, incoming.cursor->bytes};
  try {
    const bool known = !incoming.id.empty() && store_.seen(channel_name, incoming.id);
    if (incoming.room_kind == channel::RoomKind::group && !known) {
      dialogue::Room room = rooms_.find(channel_name, incoming.room);
      dialogue::RoomTurn turn{room, {}};
      if (incoming.kind == Incoming::Kind::left && incoming.from.empty()) {
        // It was the companion that left: what is kept of the room is destroyed.
        turn.room = {};
        turn.room.name = incoming.room;
        rooms_.keep(channel_name, std::move(turn.room));
        store_.forget(id_of_room(channel_name, incoming.room));
        store_.commit(change);
        return out;
      }
      if (incoming.kind == Incoming::Kind::left) {
        for (const dialogue::Room* led : rooms_.led_in(channel_name, incoming.room, incoming.from, now)) {
          auto left = companion_.left(*led, incoming.from, around(nullptr, false), {now, options_.dice()});
          for (auto& line : room_lines(channel_name, std::move(left), now, now, due)) out.push_back(std::move(line));
        }
      } else if (!std::exchange(turn.room.told, true)) {
        turn.effects.emplace_back(dialogue::Say{companion_.common_line("joined", around(nullptr, false)), {}, {}, {}, false, true, false});
      }
      if (turn.room != room) out = room_lines(channel_name, std::move(turn), now, now, due);
    }
    for (const dialogue::Room& room : due.rooms) rooms_.keep(channel_name, room);
    store_.commit(change);
  } catch (const Unavailable&) {
    // Said all the same, if it was worked out; what could not be kept is gone with the process.
  }
  return out;
}

}  // namespace nurturer::app
