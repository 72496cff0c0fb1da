#pragma once
// Discord's REST limits as a machine: which request may go out now, and what an answer means for the others.
// https://discord.com/developers/docs/topics/rate-limits
//
// Use: add() a request; carry out what next() names and hand its answer to receive(), which returns the Outcome once there is one. Call
// next() again after each of these, and at the latest at deadline().
// Order: requests of the same route and channel keep theirs, one at a time. Answers to interactions go past everything but their own
// limit. Requests may be repeated when their answer is lost: whoever builds one makes sure that twice is once (nonce, PUT, PATCH).

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/discord/json.hpp"
#include "adapters/discord/moment.hpp"

namespace nurturer::discord {

struct Request {
  std::string method;
  std::string path;  // after the API's base, as "/channels/1/messages"
  std::string body;
  std::string type;   // of the body; empty: none
  std::string route;  // the path without its ids: "POST /channels/:id/messages"
  std::string major;  // channel, guild or webhook
  bool interaction = false;
  Millis patience{60'000};  // after so long without an outcome it is given up
};

struct Response {
  int status = 0;  // 0: no answer came
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

using Ticket = std::uint64_t;

struct Outcome {
  enum class Kind {
    good,     // 2xx
    refused,  // 4xx: the same again would be refused again
    later,    // not in its patience, or too much waits: `after` says when to ask again
    no_token  // 401: nothing will work any more
  };
  Ticket ticket = 0;
  Kind kind = Kind::good;
  int status = 0;
  int code = 0;  // Discord's error code, of refused
  Json body;
  Millis after{0};
};

class Rest {
 public:
  struct Bounds {
    std::size_t waiting = 2'000;
    std::size_t under_way = 6;    // beside answers to interactions
    std::size_t invalid = 1'000;  // in ten minutes; Discord bans at 10,000
    std::size_t a_second = 45;    // Discord's global limit is 50
  };
  explicit Rest(Bounds bounds) : bounds_(bounds) {}
  Rest() : Rest(Bounds{}) {}

  /// Nothing when too much waits already.
  [[nodiscard]] std::optional<Ticket> add(Request request, const Moment& moment);
  /// The next to be sent; each ticket is named once for each try.
  [[nodiscard]] std::optional<Ticket> next(const Moment& moment);
  /// Valid until its outcome is told.
  [[nodiscard]] const Request& request(Ticket ticket) const;
  [[nodiscard]] std::optional<Outcome> receive(Ticket ticket, const Response& response, const Moment& moment);
  /// What has waited for longer than its patience.
  [[nodiscard]] std::optional<Outcome> expired(const Moment& moment);
  [[nodiscard]] Instant deadline(const Moment& moment) const;

  [[nodiscard]] std::size_t waiting() const { return entries_.size(); }
  [[nodiscard]] std::size_t invalid() const { return invalid_.size(); }

 private:
  using Key = std::pair<std::string, std::string>;  // of a lane: route and major; of a limit: bucket and major

  struct Entry {
    Request request;
    Key lane;
    Instant added{};
    Instant not_before{};
    int tries = 0;
    bool under_way = false;
  };
  struct Limit {
    std::int64_t remaining = 1;
    Instant reset{};
  };

  [[nodiscard]] Instant free_at(const Entry& entry, const Moment& moment) const;
  [[nodiscard]] Instant global_free(Instant now) const;
  void note_headers(Entry& entry, const Response& response, const Moment& moment);
  void note_invalid(Instant now);
  std::optional<Outcome> too_many(Ticket ticket, Entry& entry, const Response& response, const Json& body, const Moment& moment);
  std::optional<Outcome> no_answer(Ticket ticket, Entry& entry, int status, const Moment& moment);
  Outcome close(Ticket ticket, Outcome outcome);

  Bounds bounds_;
  Ticket last_ = 0;
  std::map<Ticket, Entry> entries_;               // in the order of adding
  std::map<std::string, std::string> bucket_of_;  // by route
  std::map<Key, Limit> limits_;
  std::deque<Instant> invalid_;
  std::deque<Instant> sent_;
  Instant global_until_{};
  std::size_t under_way_ = 0;
};

}  // namespace nurturer::discord
