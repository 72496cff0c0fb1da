#include "adapters/discord/memory.hpp"

#include <algorithm>

namespace nurturer::discord {
namespace {

constexpr std::size_t most_watched = 60;
constexpr std::size_t most_private_channels = 5'000;
constexpr std::size_t most_owed = 1'000;
constexpr std::size_t most_shards = 1'024;
constexpr std::size_t most_open = 20;            // of those that a restart takes up
constexpr std::chrono::minutes token_lives{15};  // of an interaction

Json session_json(const std::optional<Session>& session) {
  return session ? Json{{"id", session->id}, {"url", session->url}, {"seq", session->sequence}} : Json(nullptr);
}

Json open_json(const Open& open) {
  return {{"id", open.to.id},
          {"token", open.to.token},
          {"user", open.user},
          {"hidden", open.hidden},
          {"noted", open.noted},
          {"text", open.shown.content},
          {"rows", open.shown.components},
          {"shown", open.state == Open::State::shown}};
}

}  // namespace

void Memory::load(const std::string& cursor, const Moment& moment) {
  const std::optional<Json> saved = parse(cursor);
  if (!saved || number(*saved, "v") != 1) return;
  for (const Json& one : list(*saved, "sessions")) {
    Session session{text(one, "id"), text(one, "url"), number(one, "seq")};
    if (sessions.size() >= most_shards) break;
    sessions.emplace_back(session.id.empty() ? std::nullopt : std::optional(std::move(session)));
  }
  identifies = at(*saved, "identifies");
  us = id(*saved, "us");
  application = id(*saved, "application");
  commands = text(*saved, "commands");
  for (const Json& one : list(*saved, "watched")) heard(id(one, "channel"), id(one, "user"), id(one, "last"));
  for (const Json& one : list(*saved, "owed")) owe(id(one));
  for (const Json& one : list(*saved, "open")) {
    Open taken;
    taken.to = {id(one, "id"), text(one, "token"), application};
    taken.user = id(one, "user");
    taken.hidden = flag(one, "hidden");
    taken.noted = flag(one, "noted");
    taken.state = flag(one, "shown") ? Open::State::shown : Open::State::fresh;
    taken.shown = {text(one, "text"), list(one, "rows"), {}, {}, {}};
    taken.defer_at = Instant::max();  // its three seconds are over
    if (!taken.to.id.empty() && moment.wall - time_of(taken.to.id) < token_lives) open.emplace(taken.to.id, std::move(taken));
  }
}

void Memory::owe(const std::string& user) {
  if (user.empty()) return;
  if (owed.size() >= most_owed) owed.erase(owed.begin());
  owed.insert(user);
}

std::string Memory::save(const std::vector<std::optional<Session>>& now, const IdentifyGate& gate) const {
  Json saved{{"v", 1}, {"us", us}, {"application", application}, {"commands", commands}, {"identifies", gate.save()}};
  for (const char* name : {"sessions", "watched", "open"}) saved[name] = Json::array();
  for (const auto& session : now) saved["sessions"].push_back(session_json(session));
  saved["owed"] = owed;
  for (const Watched& one : watched) saved["watched"].push_back({{"channel", one.channel}, {"user", one.user}, {"last", one.last}});
  for (auto one = open.rbegin(); one != open.rend() && saved["open"].size() < most_open; ++one) {
    if (one->second.state != Open::State::gone) saved["open"].push_back(open_json(one->second));
  }
  return dump(saved);
}

void Memory::heard(const std::string& channel, const std::string& user, const std::string& message) {
  if (channel.empty() || message.empty()) return;
  if (!user.empty()) set_private_channel(user, channel);
  const auto found = std::ranges::find(watched, channel, &Watched::channel);
  Watched one{channel, user, message};
  if (found != watched.end()) {
    if (newer(found->last, one.last)) one.last = found->last;
    watched.erase(found);
  }
  watched.push_back(std::move(one));
  if (watched.size() > most_watched) watched.pop_front();
}

std::string Memory::private_channel(const std::string& user) const {
  const auto found = private_channels_.find(user);
  return found == private_channels_.end() ? std::string{} : found->second;
}

void Memory::set_private_channel(const std::string& user, const std::string& channel) {
  // Asking for it again is cheap; memory that only grows is not.
  if (private_channels_.size() >= most_private_channels) private_channels_.clear();
  private_channels_[user] = channel;
}

}  // namespace nurturer::discord
