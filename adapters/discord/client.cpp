#include "adapters/discord/client.hpp"

#include <algorithm>
#include <utility>

#include "adapters/discord/sending.hpp"

namespace nurturer::discord {
namespace {

using Kind = channel::Failure::Kind;

// https://discord.com/developers/docs/events/gateway#gateway-intents
constexpr std::uint32_t guilds = 1U << 0U;
constexpr std::uint32_t guild_messages = 1U << 9U;
constexpr std::uint32_t guild_message_reactions = 1U << 10U;
constexpr std::uint32_t direct_messages = 1U << 12U;
constexpr std::uint32_t message_content = 1U << 15U;

constexpr std::chrono::seconds stops_within{3};
constexpr std::chrono::seconds saves_every{30};
constexpr int most_shards = 256;

}  // namespace

Client::Client(Settings settings, const std::optional<channel::Cursor>& cursor, const Moment& moment) : settings_(std::move(settings)) {
  if (cursor) memory_.load(cursor->bytes, moment);
  gate_.load(memory_.identifies);
  for (const auto& [id, open] : memory_.open) interactions_seen_.insert(id);
  if (settings_.shards > 0) make_shards(settings_.shards);
  saved_ = moment.now;
}

Client::~Client() = default;

void Client::make_shards(int count) {
  const bool same = memory_.sessions.size() == static_cast<std::size_t>(count);
  std::uint32_t intents = guilds | guild_messages | guild_message_reactions | direct_messages;
  if (settings_.message_content) intents |= message_content;
  for (int shard = 0; shard < count; ++shard) {
    const auto session = same ? memory_.sessions[static_cast<std::size_t>(shard)] : std::nullopt;
    const Gateway::Options options{settings_.token, intents, settings_.compress, shard, count};
    shards_.push_back(std::make_unique<Gateway>(options, gate_, session));
    if (!settings_.gateway_url.empty()) shards_.back()->set_url(settings_.gateway_url);
  }
}

std::optional<Client::Action> Client::next_action() {
  if (actions_.empty()) return std::nullopt;
  Action action = std::move(actions_.front());
  actions_.pop_front();
  return action;
}

Instant Client::deadline(const Moment& moment) const {
  Instant first = std::min(rest_.deadline(moment), stop_by_.value_or(Instant::max()));
  if (over_) return first;
  for (const auto& shard : shards_) {
    first = std::min(first, shard->deadline());
    if (shard->needs_url() && !asking_) first = std::min(first, ask_again_);
  }
  if (shards_.empty() && !asking_) first = std::min(first, ask_again_);
  for (const auto& [id, open] : memory_.open) {
    if (open.state == Open::State::fresh) first = std::min(first, open.defer_at);
  }
  return dirty_ ? std::min(first, saved_ + saves_every) : first;
}

void Client::tick(const Moment& moment) {
  while (const auto outcome = rest_.expired(moment)) tell(*outcome, moment);
  if (!over_) {
    const bool needs = shards_.empty() || std::ranges::any_of(shards_, [](const auto& shard) { return shard->needs_url(); });
    if (needs && !asking_ && moment.now >= ask_again_) ask_for_gateway(moment);
    for (const auto& shard : shards_) shard->tick(moment);
    defer_late_answers(moment);
    if (dirty_ && moment.now - saved_ >= saves_every) save_cursor(moment);
  }
  drain(moment);
}

void Client::ask_for_gateway(const Moment& moment) {
  asking_ = true;
  request(get("/gateway/bot"), moment, [this](const Outcome& outcome, const Moment& then) { hear_gateway(outcome, then); });
}

void Client::hear_gateway(const Outcome& outcome, const Moment& moment) {
  asking_ = false;
  const std::string url = text(outcome.body, "url");
  if (outcome.kind == Outcome::Kind::no_token || over_) return;
  if (outcome.kind != Outcome::Kind::good || url.empty()) {
    ask_again_ = moment.now + std::max(outcome.after, ask_backoff_.next(moment));
    actions_.emplace_back(Note{"the gateway's address is not to be had (status " + std::to_string(outcome.status) + ")"});
    return;
  }
  ask_backoff_.reset();
  const Json& start = at(outcome.body, "session_start_limit");
  gate_.limit(static_cast<int>(std::clamp<std::int64_t>(number(start, "max_concurrency", 1), 1, 1024)), number(start, "remaining", 1),
              Millis{std::max<std::int64_t>(0, number(start, "reset_after"))}, moment);
  if (shards_.empty()) make_shards(static_cast<int>(std::clamp<std::int64_t>(number(outcome.body, "shards", 1), 1, most_shards)));
  for (const auto& shard : shards_) {
    if (settings_.gateway_url.empty()) shard->set_url(url);
    shard->tick(moment);
  }
}

void Client::opened(int shard, const Moment& moment) {
  if (over_) return;
  shards_.at(static_cast<std::size_t>(shard))->opened(moment);
  drain(moment);
}

void Client::frame(int shard, std::string_view bytes, bool binary, const Moment& moment) {
  if (over_) return;
  shards_.at(static_cast<std::size_t>(shard))->receive(bytes, binary, moment);
  drain(moment);
}

void Client::lost(int shard, int code, const Moment& moment) {
  if (over_) return;
  shards_.at(static_cast<std::size_t>(shard))->lost(code, moment);
  drain(moment);
}

/// Takes what the machines want done, in the order in which they said it.
void Client::drain(const Moment& moment) {
  for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
    while (auto action = shards_[shard]->next_action()) carry_out(static_cast<int>(shard), std::move(*action), moment);
  }
  while (const auto ticket = rest_.next(moment)) actions_.emplace_back(Perform{*ticket, rest_.request(*ticket)});
  if (stop_by_) finish_stop(moment);
}

void Client::carry_out(int shard, Gateway::Action action, const Moment& moment) {
  if (auto* dial = std::get_if<Gateway::Dial>(&action)) actions_.emplace_back(Dial{shard, std::move(dial->url)});
  if (auto* send = std::get_if<Gateway::Send>(&action)) actions_.emplace_back(SendFrame{shard, std::move(send->bytes)});
  if (auto* close = std::get_if<Gateway::Close>(&action)) actions_.emplace_back(CloseSocket{shard, close->code});
  if (auto* end = std::get_if<Gateway::End>(&action)) fail(std::move(end->failure), moment);
  if (auto* note = std::get_if<Gateway::Note>(&action)) actions_.emplace_back(Note{"shard " + std::to_string(shard) + ": " + note->what});
  if (const auto* event = std::get_if<Gateway::Dispatch>(&action); event != nullptr && !over_) {
    dirty_ = true;
    hear(shard, event->type, event->data, moment);
  }
}

void Client::request(Request request, const Moment& moment, Then then) {
  const auto ticket = rest_.add(std::move(request), moment);
  if (ticket) {
    waiting_.emplace(*ticket, std::move(then));
    return;
  }
  Outcome full;
  full.kind = Outcome::Kind::later;
  full.after = std::chrono::seconds{5};
  then(full, moment);
}

void Client::responded(Ticket ticket, const Response& response, const Moment& moment) {
  if (const auto outcome = rest_.receive(ticket, response, moment)) tell(*outcome, moment);
  drain(moment);
}

void Client::tell(const Outcome& outcome, const Moment& moment) {
  const auto found = waiting_.find(outcome.ticket);
  if (found == waiting_.end()) return;
  const Then then = std::move(found->second);
  waiting_.erase(found);
  if (outcome.kind == Outcome::Kind::no_token) fail({Kind::credentials, std::string(close_code(4004).sentence)}, moment);
  then(outcome, moment);
}

/// The session stays resumable: the next process may have a better token.
void Client::fail(channel::Failure failure, const Moment& moment) {
  if (over_) return;
  over_ = true;
  stop_by_ = moment.now + stops_within;
  actions_.emplace_back(Failed{std::move(failure)});
  for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
    shards_[shard]->leave();
    while (auto action = shards_[shard]->next_action()) {
      if (auto* close = std::get_if<Gateway::Close>(&*action)) actions_.emplace_back(CloseSocket{static_cast<int>(shard), close->code});
    }
  }
}

void Client::stop(const Moment& moment) {
  if (!over_) save_cursor(moment);
  over_ = true;
  if (!stopped_) stop_by_ = moment.now + stops_within;
  for (const auto& shard : shards_) shard->leave();
  drain(moment);
}

void Client::finish_stop(const Moment& moment) {
  if (rest_.waiting() > 0 && moment.now < *stop_by_) return;
  stop_by_.reset();
  stopped_ = true;
  actions_.emplace_back(Stopped{});
}

channel::Cursor Client::cursor() const {
  std::vector<std::optional<Session>> sessions;
  sessions.reserve(shards_.size());
  for (const auto& shard : shards_) sessions.push_back(shard->session());
  return {memory_.save(sessions, gate_)};
}

void Client::save_cursor(const Moment& moment) {
  channel::Incoming incoming;
  incoming.kind = channel::Incoming::Kind::clock;
  incoming.at = moment.wall;
  hand_over(std::move(incoming));
  saved_ = moment.now;
}

void Client::hand_over(channel::Incoming incoming) {
  incoming.cursor = cursor();
  dirty_ = false;
  actions_.emplace_back(Receive{std::move(incoming)});
}

}  // namespace nurturer::discord
