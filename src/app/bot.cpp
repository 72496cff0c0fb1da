#include "app/bot.hpp"

#include <date/date.h>

#include <algorithm>
#include <utility>

#include "app/bot_here.hpp"
#include "app/export_file.hpp"
#include "app/lane.hpp"
#include "app/outgoing_json.hpp"
#include "app/reminder_json.hpp"
#include "app/state_json.hpp"
#include "engine/schedule/calendar.hpp"

namespace nurturer::app {
namespace {

using channel::Incoming;
using channel::Outgoing;
using dialogue::Level;
using dialogue::Talk;
using store::Unavailable;

constexpr std::chrono::hours net_reaches_back{24};  // a crisis found after an outage is answered up to so late

dialogue::Event event_of(const Incoming& incoming) {
  dialogue::Event event;
  if (incoming.kind == Incoming::Kind::press) event.kind = dialogue::Event::Kind::press;
  if (incoming.unreadable) event.kind = dialogue::Event::Kind::unreadable;
  event.text = incoming.text;
  event.press = incoming.press;
  event.group = incoming.room_kind == channel::RoomKind::group;
  event.addressed = !event.group || incoming.mention || !incoming.reply_to.empty();
  event.room = incoming.room;
  event.from = incoming.from;
  event.reply_to = incoming.reply_to;
  event.moderator = incoming.moderator;
  event.zone = incoming.zone;
  event.locale = incoming.locale;
  return event;
}

}  // namespace

Bot::Bot(const content::Content& content, store::Store& store, Options options)
    : content_(content),
      store_(store),
      options_(std::move(options)),
      companion_(content.language, content.model, content.library),
      sessions_(store),
      rooms_(store),
      ids_(options_.dice) {}

Bot::~Bot() = default;

// Answered already, too old, or nothing that is answered at all.
bool Bot::to_be_heard(Here& here) {
  const Incoming& incoming = here.incoming;
  const bool said = incoming.kind == Incoming::Kind::message || incoming.kind == Incoming::Kind::press;
  if (!said && incoming.kind != Incoming::Kind::edit) return false;
  if (!incoming.id.empty()) {
    if (seen_.contains(here.channel_name + " " + incoming.id)) return false;
    try {
      if (store_.seen(here.channel_name, incoming.id)) return false;
    } catch (const Unavailable&) {
      here.broken = true;
    }
  }
  companion_.understand(here.event, memory_, here.reading);
  const bool net = here.reading.level >= Level::crisis;
  if (incoming.kind == Incoming::Kind::edit && !net) return false;
  const auto age = incoming.at == channel::Time{} ? std::chrono::milliseconds{0} : here.now - incoming.at;
  if (age <= options_.answer_within) return true;
  here.event.late = true;
  return net && age <= net_reaches_back;
}

void Bot::find_state(Here& here) {
  try {
    sessions_.load(here.person, direct_room);
    if (here.event.group) sessions_.load(here.person, here.incoming.room);
  } catch (const Unavailable&) {
    here.broken = true;
  }
  here.room = here.event.group ? here.incoming.room : direct_room;
  find_room(here);
  if (!here.event.group) return;
  if (is_pressed_in_private(here)) {
    here.room = direct_room;
    here.event.group = false;
    return;
  }
  here.event.crisis_open = sessions_.talk(here.person, direct_room).crisis.has_value();
  const bool of_two = here.in && companion_.is_about_two(here.event, here.reading, *here.in, memory_);
  const bool crisis_open = here.event.crisis_open && here.event.addressed && !of_two;
  if (!dialogue::Companion::answers_in_private(here.event, here.reading) && !crisis_open) return;
  here.left_room = here.room;
  here.room = direct_room;
}

void Bot::respond(Here& here) {
  here.out.clear();
  here.whispered.clear();
  dialogue::Surroundings surroundings = around(&here.can, here.broken);
  surroundings.exports = surroundings.exports && here.incoming.takes_files;
  surroundings.reacts = surroundings.reacts && here.incoming.may_react && !here.incoming.id.empty();
  here.turn = companion_.respond(sessions_.talk(here.person, here.room), sessions_.person(here.person), here.event, here.reading,
                                 surroundings, {here.now, options_.dice()}, memory_, here.in ? &*here.in : nullptr);
  for (const dialogue::Effect& effect : here.turn.effects) {
    if (const auto* say = std::get_if<dialogue::Say>(&effect)) add(here, *say);
    if (const auto* whisper = std::get_if<dialogue::Whisper>(&effect)) add_whisper(here, *whisper);
    if (std::holds_alternative<dialogue::React>(effect)) add_reaction(here);
    if (std::holds_alternative<dialogue::Exit>(effect)) add_removals(here);
    if (std::holds_alternative<dialogue::Export>(effect)) add_export(here);
    if (std::holds_alternative<dialogue::Forget>(effect)) here.forgets = true;
  }
  if (here.incoming.shut_out && here.reading.level < Level::crisis) tell_shut_out(here);
  // Their name stands in a room while they are led through something there.
  const bool named = here.turn.room && here.turn.room->two && dialogue::is_of(*here.turn.room->two, here.incoming.from);
  if (here.forgets && named) here.turn.room->two.reset();
}

// Within the first line to them: an answer has no room for another. In danger nothing stands before the help.
void Bot::tell_shut_out(Here& here) const {
  const auto first = std::ranges::find(here.out, Outgoing::Kind::say, &Outgoing::kind);
  if (first != here.out.end()) first->text = companion_.common_line("shut_out", around(nullptr, false)) + "\n\n" + first->text;
}

dialogue::Surroundings Bot::around(const channel::Capabilities* can, bool broken) const {
  dialogue::Surroundings around{options_.region, can != nullptr && can->animates, options_.remembers, !options_.export_folder.empty()};
  around.reacts = can != nullptr && can->reactions;
  around.store_broken = broken || options_.store_broken;
  return around;
}

store::Change Bot::change_of(Here& here) {
  store::Change change;
  change.at = here.now;
  if (!here.incoming.id.empty()) change.inbox = {here.channel_name, here.incoming.id, here.now};
  if (here.incoming.cursor) change.cursor = {here.channel_name, here.incoming.cursor->bytes};
  const auto person = write_person(here.turn.person);
  // What waits to be sent to somebody who is not remembered is nobody's: not even the hash of their name stays in the files.
  const store::PersonId owner = person ? here.person : store::PersonId{};
  for (const Outgoing& out : here.out) {
    change.outbox.push_back({out.id, here.channel_name, lane_of(out), owner, write_outgoing(out), here.now, here.now});
  }
  if (here.turn.room && here.turn.room != here.in) rooms_.put(here.channel_name, *here.turn.room, "wake " + ids_.next(here.now), change);
  if (here.turn.traceless) return change;
  if (!here.forgets) add_reminders(here, change);
  if (!person) return change;
  change.records.push_back({here.person, "person", *person});
  if (auto talk = write_talk(here.turn.talk, here.turn.person)) {
    change.records.push_back({here.person, "talk:" + here.room, std::move(*talk)});
  } else {
    change.drop_records.emplace_back(here.person, "talk:" + here.room);
  }
  if (!here.left_room.empty()) change.drop_records.emplace_back(here.person, "talk:" + here.left_room);
  return change;
}

// Each reminder is a timer of its own: what is new or changed is put, what is gone is dropped.
void Bot::add_reminders(const Here& here, store::Change& change) const {
  const auto* known = sessions_.known(here.person);
  static const std::vector<schedule::Reminder> none;
  const auto& before = known == nullptr ? none : known->reminders;
  const auto& after = here.turn.person.reminders;
  // Who became discreet is so in all of them, whatever of an earlier turn was kept.
  const bool discreet = here.turn.person.discreet;
  for (const schedule::Reminder& reminder : after) {
    if (discreet || std::ranges::find(before, reminder) == before.end())
      change.timers.push_back(write_reminder(here.channel_name, here.person, reminder, discreet));
  }
  for (const schedule::Reminder& reminder : before) {
    if (std::ranges::find(after, reminder.id, &schedule::Reminder::id) == after.end()) change.drop_timers.push_back(reminder.id);
  }
}

bool Bot::save(Here& here) {
  try {
    // Forgetting comes before everything else of the turn, and also when somebody takes their consent back.
    const bool kept = write_person(here.turn.person).has_value();
    if (here.forgets || (!kept && store_.knows(here.person))) store_.forget(here.person);
    store_.commit(change_of(here));
    return true;
  } catch (const Unavailable&) {
    return false;
  }
}

void Bot::keep_in_memory(Here& here) {
  // The store's own marks are enough while it works: memory must not grow with every message.
  if (here.broken && !here.incoming.id.empty()) seen_.insert(here.channel_name + " " + here.incoming.id);
  if (here.forgets) sessions_.forget(here.person);
  sessions_.person(here.person) = here.turn.person;
  sessions_.talk(here.person, here.room) = here.turn.talk;
  for (const auto& [person, talk] : here.whispered) sessions_.talk(person, direct_room) = talk;
  if (here.turn.room && here.turn.room != here.in) rooms_.keep(here.channel_name, *here.turn.room);
  if (!here.left_room.empty()) {
    Talk& left = sessions_.talk(here.person, here.left_room);
    left = dialogue::Companion::leave(left);
  }
  keep_turn(here);
  auto& sent = sessions_.sent(here.person, here.room);
  for (const Outgoing& out : here.out) {
    if (out.kind == Outgoing::Kind::remove) sent.clear();
    if (out.kind == Outgoing::Kind::say && out.to == here.incoming.from) sent.push_back({out.id, out.at});
    wait_for(out);
  }
  sessions_.tidy(here.now);
}

// What gets no answer moves the adapter on all the same: a restart must not read it again.
void Bot::pass_over(const std::string& channel_name, const Incoming& incoming) {
  if (!incoming.cursor) return;
  store::Change change;
  change.cursor = {channel_name, incoming.cursor->bytes};
  try {
    store_.commit(change);
  } catch (const Unavailable&) {
    // The next message brings a later one.
  }
}

// More than the limits allow. What the net hears, and all that is said in an open crisis, is answered as ever.
bool Bot::kept_back(Here& here, Pace pace) {
  if (pace == Pace::within || here.reading.level != Level::none || companion_.asks_for_lines(memory_)) return false;
  if (sessions_.talk(here.person, direct_room).crisis || sessions_.talk(here.person, here.room).crisis) return false;
  if (pace == Pace::first_above)
    slow_down(here);
  else
    pass_over(here.channel_name, here.incoming);
  return true;
}

void Bot::slow_down(Here& here) {
  add(here, {companion_.common_line("too_fast", around(nullptr, false)), {}, {}, {}, false});
  store::Change change;
  if (!here.incoming.id.empty()) change.inbox = {here.channel_name, here.incoming.id, here.now};
  if (here.incoming.cursor) change.cursor = {here.channel_name, here.incoming.cursor->bytes};
  const Outgoing& line = here.out.back();
  change.outbox.push_back({line.id, here.channel_name, lane_of(line), {}, write_outgoing(line), here.now, here.now});
  try {
    store_.commit(change);
  } catch (const Unavailable&) {
    // Said all the same; a repetition of the message may bring it twice.
  }
}

std::vector<Outgoing> Bot::receive(const std::string& channel_name, const channel::Capabilities& can, const Incoming& incoming,
                                   channel::Time now, Pace pace) {
  Here here{channel_name, can, incoming, now, {channel_name + ":" + incoming.from}, {}, {}, false, event_of(incoming), {}, {},
            false,        {},  {},       {}};
  if (incoming.kind == Incoming::Kind::joined || incoming.kind == Incoming::Kind::left) return joined_or_left(channel_name, incoming, now);
  if (incoming.kind == Incoming::Kind::reaction) return reacted(channel_name, can, incoming, now, pace);
  if (!to_be_heard(here)) {
    pass_over(channel_name, incoming);
    return {};
  }
  find_state(here);
  if (here.in && here.event.group && !here.event.addressed && !here.in->reads_along) {
    pass_over(channel_name, incoming);
    return {};
  }
  if (kept_back(here, pace)) return std::move(here.out);
  respond(here);
  if (!save(here)) {
    // The answer is worked out once more, from the same state, knowing that nothing can be kept.
    here.broken = true;
    respond(here);
  }
  keep_in_memory(here);
  return std::move(here.out);
}

}  // namespace nurturer::app
