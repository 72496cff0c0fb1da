#include "adapters/discord/rest.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace nurturer::discord {
namespace {

constexpr Millis margin{50};                // Discord's clock and ours do not tick together
constexpr std::chrono::minutes window{10};  // in which invalid requests are counted
constexpr Millis longest_own_wait{2'000};
constexpr std::size_t known_limits = 4'096;

using Lane = std::pair<std::string_view, std::string_view>;  // of an entry, for the length of one walk over them

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (std::ranges::equal(key, name, {}, lower)) return value;
  }
  return {};
}

/// Seconds with a fraction, as "1.337"; nothing for what is no number, below 0 or beyond a day.
std::optional<Millis> seconds(double value) {
  if (!std::isfinite(value) || value < 0 || value > 86'400) return std::nullopt;
  return Millis{static_cast<std::int64_t>(std::ceil(value * 1000))};
}

std::optional<Millis> seconds(const std::string& written) {
  double value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  if (error != std::errc{} || end != written.data() + written.size() || written.empty()) return std::nullopt;
  return seconds(value);
}

std::int64_t whole(const std::string& written, std::int64_t otherwise) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
  return error == std::errc{} && end == written.data() + written.size() && !written.empty() ? value : otherwise;
}

}  // namespace

std::optional<Ticket> Rest::add(Request request, const Moment& moment) {
  if (entries_.size() >= bounds_.waiting && !request.interaction) return std::nullopt;
  if (entries_.size() >= 2 * bounds_.waiting) return std::nullopt;
  Entry entry;
  entry.lane = {request.route, request.major};
  entry.request = std::move(request);
  entry.added = entry.not_before = moment.now;
  entries_.emplace(++last_, std::move(entry));
  return last_;
}

const Request& Rest::request(Ticket ticket) const { return entries_.at(ticket).request; }

Instant Rest::global_free(Instant now) const {
  Instant free = std::max(now, global_until_);
  if (invalid_.size() >= bounds_.invalid) free = std::max(free, invalid_.front() + window);
  if (sent_.size() >= bounds_.a_second) free = std::max(free, sent_.front() + std::chrono::seconds{1});
  return free;
}

/// When this request may go out, its turn in the lane left aside.
Instant Rest::free_at(const Entry& entry, const Moment& moment) const {
  Instant free = std::max(entry.not_before, moment.now);
  if (!entry.request.interaction) free = std::max(free, global_free(moment.now));
  const auto bucket = bucket_of_.find(entry.request.route);
  if (bucket == bucket_of_.end()) return free;
  const auto limit = limits_.find({bucket->second, entry.request.major});
  if (limit != limits_.end() && limit->second.remaining <= 0) free = std::max(free, limit->second.reset);
  return free;
}

std::optional<Ticket> Rest::next(const Moment& moment) {
  while (!sent_.empty() && moment.now - sent_.front() >= std::chrono::seconds{1}) sent_.pop_front();
  while (!invalid_.empty() && moment.now - invalid_.front() >= window) invalid_.pop_front();
  std::set<Lane> passed;  // lanes whose first request waits or is under way
  for (auto& [ticket, entry] : entries_) {
    if (!passed.insert(entry.lane).second || entry.under_way) continue;
    if (free_at(entry, moment) > moment.now) continue;
    if (!entry.request.interaction) {
      if (under_way_ >= bounds_.under_way) continue;
      ++under_way_;
      sent_.push_back(moment.now);
    }
    const auto bucket = bucket_of_.find(entry.request.route);
    if (bucket != bucket_of_.end()) --limits_[{bucket->second, entry.request.major}].remaining;
    entry.under_way = true;
    ++entry.tries;
    return ticket;
  }
  return std::nullopt;
}

Instant Rest::deadline(const Moment& moment) const {
  Instant first = Instant::max();
  std::set<Lane> passed;  // what waits for its turn or for an answer needs no clock
  for (const auto& [ticket, entry] : entries_) {
    const bool head = passed.insert(entry.lane).second;
    if (entry.under_way) continue;
    first = std::min(first, entry.added + entry.request.patience);
    const bool has_room = entry.request.interaction || under_way_ < bounds_.under_way;
    if (head && has_room) first = std::min(first, std::max(free_at(entry, moment), moment.now + Millis{1}));
  }
  return first;
}

std::optional<Outcome> Rest::expired(const Moment& moment) {
  for (auto& [ticket, entry] : entries_) {
    if (entry.under_way || moment.now - entry.added < entry.request.patience) continue;
    const Millis after = std::max(free_at(entry, moment) - moment.now, Millis{1000});
    return close(ticket, {ticket, Outcome::Kind::later, 0, 0, {}, after});
  }
  return std::nullopt;
}

Outcome Rest::close(Ticket ticket, Outcome outcome) {
  entries_.erase(ticket);
  return outcome;
}

void Rest::note_invalid(Instant now) { invalid_.push_back(now); }

void Rest::note_headers(Entry& entry, const Response& response, const Moment& moment) {
  const std::string bucket = header(response, "x-ratelimit-bucket");
  const auto reset_after = seconds(header(response, "x-ratelimit-reset-after"));
  if (bucket.empty() || bucket.size() > 128 || !reset_after) return;
  if (bucket_of_.size() < known_limits || bucket_of_.contains(entry.request.route)) bucket_of_[entry.request.route] = bucket;
  if (limits_.size() >= known_limits) std::erase_if(limits_, [&](const auto& one) { return one.second.reset <= moment.now; });
  if (limits_.size() >= known_limits) return;
  limits_[{bucket, entry.request.major}] = {whole(header(response, "x-ratelimit-remaining"), 1), moment.now + *reset_after + margin};
}

std::optional<Outcome> Rest::receive(Ticket ticket, const Response& response, const Moment& moment) {
  const auto found = entries_.find(ticket);
  if (found == entries_.end() || !found->second.under_way) return std::nullopt;
  Entry& entry = found->second;
  entry.under_way = false;
  if (!entry.request.interaction) --under_way_;
  note_headers(entry, response, moment);
  const Json body = parse(response.body).value_or(Json{});
  if (response.status >= 200 && response.status < 300) return close(ticket, {ticket, Outcome::Kind::good, response.status, 0, body, {}});
  if (response.status == 429) return too_many(ticket, entry, response, body, moment);
  if (response.status < 400 || response.status >= 500) return no_answer(ticket, entry, response.status, moment);
  if (response.status == 401 || response.status == 403) note_invalid(moment.now);
  // An expired interaction's token is refused with 401 too: that is nothing about the bot's own.
  const auto kind = response.status == 401 && !entry.request.interaction ? Outcome::Kind::no_token : Outcome::Kind::refused;
  return close(ticket, {ticket, kind, response.status, static_cast<int>(number(body, "code")), body, {}});
}

std::optional<Outcome> Rest::too_many(Ticket ticket, Entry& entry, const Response& response, const Json& body, const Moment& moment) {
  if (header(response, "x-ratelimit-scope") != "shared") note_invalid(moment.now);
  std::optional<Millis> wait = seconds(real(body, "retry_after").value_or(-1));
  if (!wait) wait = seconds(header(response, "retry-after"));
  // Without Discord's JSON it is the shield in front of it that is tired of us: everything waits.
  const bool global = flag(body, "global") || header(response, "x-ratelimit-global") == "true" || !body.is_object();
  const Millis pause = wait.value_or(std::chrono::minutes{1}) + margin;
  entry.not_before = moment.now + pause;
  if (global && !entry.request.interaction) global_until_ = std::max(global_until_, moment.now + pause);
  // Longer waits are the caller's: meanwhile something more urgent may want to go there.
  const bool soon = pause <= longest_own_wait && entry.not_before - entry.added < entry.request.patience;
  if (soon) return std::nullopt;
  return close(ticket, {ticket, Outcome::Kind::later, 429, 0, {}, pause});
}

std::optional<Outcome> Rest::no_answer(Ticket ticket, Entry& entry, int status, const Moment& moment) {
  const Millis pause =
      entry.request.interaction ? Millis{250} : Millis{1000} * (1 << std::min(entry.tries - 1, 5)) + share(moment, Millis{500});
  entry.not_before = moment.now + pause;
  if (entry.not_before - entry.added < entry.request.patience) return std::nullopt;
  return close(ticket, {ticket, Outcome::Kind::later, status, 0, {}, std::chrono::seconds{5}});
}

}  // namespace nurturer::discord
