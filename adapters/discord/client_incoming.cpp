// What the gateway tells, as what people did.
#include <algorithm>
#include <utility>

#include "adapters/discord/client.hpp"
#include "adapters/keycap.hpp"

namespace nurturer::discord {
namespace {

using channel::Incoming;
using channel::RoomKind;

constexpr const char* unknown_guild = "0";
constexpr int caught_up_per_channel = 100;
constexpr std::size_t channels_caught_up = 40;
constexpr std::chrono::hours caught_up_since{24};  // so far back the net reaches

// What is told of a message, and where that stands.
Incoming incoming_at(const Json& data, Incoming::Kind kind, const Moment& moment) {
  Incoming incoming;
  incoming.kind = kind;
  incoming.room = id(data, "channel_id");
  incoming.room_kind = id(data, "guild_id").empty() ? RoomKind::direct : RoomKind::group;
  incoming.at = moment.wall;
  return incoming;
}

}  // namespace

void Client::hear(int shard, const std::string& type, const Json& data, const Moment& moment) {
  if (type == "READY") return hear_ready(shard, data, moment);
  if (type == "RESUMED") return hear_ready(shard, Json{}, moment);
  if (type == "MESSAGE_CREATE") return hear_message(data, id(data, "guild_id"), moment);
  if (type == "MESSAGE_UPDATE") return hear_edit(data);
  if (type == "MESSAGE_DELETE") return hear_removal(data, moment);
  if (type == "MESSAGE_REACTION_ADD") return hear_reaction(data, moment);
  if (type == "INTERACTION_CREATE") return hear_interaction(data, moment);
  hear_place(type, data, moment);
}

void Client::hear_place(const std::string& type, const Json& data, const Moment& moment) {
  const std::string guild = id(data, "guild_id");
  if (type == "GUILD_CREATE" || type == "GUILD_UPDATE") {
    const bool fresh = places_.add_guild(data);
    const std::string name = id(data, "id");
    if (type == "GUILD_UPDATE" || !fresh || name.empty() || guilds_at_ready_.erase(name) > 0) return;
    Incoming incoming;
    incoming.kind = Incoming::Kind::joined;
    incoming.id = "joined:" + name;
    incoming.room = places_.system_channel(name);
    incoming.room_kind = RoomKind::group;
    incoming.at = moment.wall;
    if (!incoming.room.empty()) hand_over(std::move(incoming));
  } else if (type == "GUILD_DELETE") {
    // Unavailable is an outage of Discord's: the companion is still there.
    if (flag(data, "unavailable")) return;
    for (const std::string& channel : places_.channels_of(id(data, "id"))) hear_gone(channel, "", moment);
    places_.remove_guild(id(data, "id"));
  } else if (type == "GUILD_ROLE_CREATE" || type == "GUILD_ROLE_UPDATE") {
    places_.set_role(guild, at(data, "role"));
  } else if (type == "GUILD_ROLE_DELETE") {
    places_.remove_role(guild, id(data, "role_id"));
  } else if (type == "CHANNEL_CREATE" || type == "CHANNEL_UPDATE" || type == "THREAD_CREATE" || type == "THREAD_UPDATE") {
    places_.set_channel(guild, data);
  } else if (type == "CHANNEL_DELETE" || type == "THREAD_DELETE") {
    hear_gone(id(data, "id"), "", moment);
    places_.remove_channel(id(data, "id"));
  }
}

// `user` is no longer in the channel; without one, the companion is not, or the channel is no more.
void Client::hear_gone(const std::string& channel, const std::string& user, const Moment& moment) {
  Incoming left;
  left.kind = Incoming::Kind::left;
  left.from = user;
  left.room = channel;
  left.room_kind = RoomKind::group;
  left.at = moment.wall;
  if (!channel.empty()) hand_over(std::move(left));
}

void Client::hear_ready(int shard, const Json& data, const Moment& moment) {
  const bool fresh = data.is_object();
  if (fresh) {
    memory_.us = id(at(data, "user"), "id");
    memory_.application = id(at(data, "application"), "id");
    for (const Json& guild : list(data, "guilds")) guilds_at_ready_.insert(id(guild, "id"));
  }
  shards_ready_.insert(shard);
  if (!ready_told_ && shards_ready_.size() == shards_.size()) {
    ready_told_ = true;
    const std::string name = text(at(data, "user"), "username");
    actions_.emplace_back(Ready{name.empty() ? memory_.us : name + " (" + memory_.us + ")"});
  }
  save_cursor(moment);  // the session, and that an identify was used
  if (shard == 0) register_commands(moment);
  if (fresh) catch_up(moment);
}

Incoming Client::incoming_of(const Message& message) const {
  Incoming incoming;
  incoming.id = message.id;
  incoming.from = message.author;
  incoming.room = message.channel;
  incoming.room_kind = message.guild.empty() ? RoomKind::direct : RoomKind::group;
  incoming.text = spoken(message.content, memory_.us);
  incoming.reply_to = sent_.outbox_id(message.replies_to);
  incoming.mention = message.guild.empty() || message.mentions_us || !incoming.reply_to.empty() ||
                     (!memory_.us.empty() && places_.owner_of_thread(message.channel) == memory_.us);
  incoming.moderator =
      !message.guild.empty() && may_moderate(places_.permissions(message.channel, message.guild, message.author, message.roles));
  incoming.at = time_of(message.id);
  return incoming;
}

void Client::hear_message(const Json& data, const std::string& guild, const Moment& moment) {
  auto message = read_message(data, memory_.us);
  if (message && !message->removed.empty()) return hear_gone(message->channel, message->removed, moment);
  if (!message || message->bot || !message->ordinary) return;
  message->guild = guild;
  unreachable_.erase(message->author);
  if (!guild.empty() && guild != unknown_guild && !places_.knows(guild)) look_up_guild(guild, moment);
  Incoming incoming = incoming_of(*message);
  // Without the privileged intent the words of a server are not shown: nothing was said to the companion.
  if (incoming.text.empty() && !(incoming.mention && (message->unreadable || message->mentions_us))) return;
  if (guild.empty() || incoming.mention) memory_.heard(message->channel, guild.empty() ? message->author : "", message->id);
  incoming.unreadable = incoming.text.empty() && message->unreadable;
  // Not before others: that there was something in private is theirs to tell.
  incoming.shut_out = guild.empty() && memory_.owed.erase(message->author) > 0;
  if (incoming.text.empty() && !incoming.unreadable) incoming.text = "hello";  // nothing but the companion's name
  hand_over(std::move(incoming));
}

void Client::hear_edit(const Json& data) {
  const auto message = read_message(data, memory_.us);
  // Also told when Discord adds a preview to a link: then nobody edited anything.
  if (!message || message->bot || message->edited.empty() || message->content.empty()) return;
  Incoming incoming = incoming_of(*message);
  incoming.kind = Incoming::Kind::edit;
  incoming.id = message->id + ":" + message->edited;
  hand_over(std::move(incoming));
}

void Client::hear_removal(const Json& data, const Moment& moment) {
  Incoming incoming = incoming_at(data, Incoming::Kind::redaction, moment);
  incoming.id = id(data, "id");
  if (!incoming.id.empty() && sent_.outbox_id(incoming.id).empty()) hand_over(std::move(incoming));
}

// Without an id: none of it is to be kept, not even the mark that it was heard.
void Client::hear_reaction(const Json& data, const Moment& moment) {
  Incoming incoming = incoming_at(data, Incoming::Kind::reaction, moment);
  incoming.from = id(data, "user_id");
  incoming.reply_to = sent_.outbox_id(id(data, "message_id"));
  incoming.place = channel::place_of_key(text(at(data, "emoji"), "name"));
  const bool bot = incoming.from == memory_.us || flag(at(at(data, "member"), "user"), "bot");
  if (!incoming.from.empty() && !incoming.reply_to.empty() && !bot) hand_over(std::move(incoming));
}

// After a restart that resumed, Discord does not tell of servers again.
void Client::look_up_guild(const std::string& guild, const Moment& moment) {
  if (guilds_asked_.size() > 1'000 || !guilds_asked_.insert(guild).second) return;
  Request asked = get("/guilds/" + guild);
  asked.route = "GET /guilds/:id";
  asked.major = guild;
  request(std::move(asked), moment, [this](const Outcome& outcome, const Moment&) {
    if (outcome.kind == Outcome::Kind::good) (void)places_.add_guild(outcome.body);
  });
}

// A new session brings nothing of what was said since the last one ended. REST does, of the channels that are known.
void Client::catch_up(const Moment& moment) {
  const std::uint64_t oldest = first_number_at(moment.wall - caught_up_since);
  std::size_t asked = 0;
  const std::deque<Watched> watched = memory_.watched;
  for (auto one = watched.rbegin(); one != watched.rend() && asked < channels_caught_up; ++one) {
    // A private chat that was silent for long may have been written to all the same: only the look back is bounded.
    std::string after = one->last;
    if (number_of(after) < oldest) after = std::to_string(oldest);
    ++asked;
    const bool direct = !one->user.empty();
    request(messages_after(one->channel, after, caught_up_per_channel), moment, [this, direct](const Outcome& outcome, const Moment& then) {
      if (outcome.kind != Outcome::Kind::good || !outcome.body.is_array()) return;
      std::vector<Json> messages(outcome.body.begin(), outcome.body.end());
      std::ranges::sort(messages, {}, [](const Json& message) { return number_of(id(message, "id")); });
      for (const Json& message : messages) {
        const std::string guild = direct ? "" : places_.guild_of(id(message, "channel_id"));  // these tell no server
        hear_message(message, direct || !guild.empty() ? guild : unknown_guild, then);
      }
    });
  }
}

void Client::register_commands(const Moment& moment) {
  const Json definitions = command_definitions(settings_.exercises);
  const std::string now = fingerprint(definitions);
  if (registering_ || memory_.commands == now || memory_.application.empty()) return;
  registering_ = true;
  request(put_commands(memory_.application, definitions), moment, [this, now](const Outcome& outcome, const Moment& then) {
    registering_ = false;
    if (outcome.kind == Outcome::Kind::good) {
      memory_.commands = now;
      save_cursor(then);
      return;
    }
    actions_.emplace_back(Note{"the commands could not be registered (status " + std::to_string(outcome.status) + ", code " +
                               std::to_string(outcome.code) + ")"});
  });
}

}  // namespace nurturer::discord
