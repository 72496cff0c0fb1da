#pragma once
// The whole of the adapter but for the bytes: gateway, REST, interactions and what they mean to the service. Fed from memory.
//
// Use: after every call carry out all of next_action(), and call tick() at the latest at deadline(). What people did comes out as
// Receive; what the service answers goes into send(), and exactly one Acknowledge follows for each.
// Order: the lines of an answer are acknowledged before the next of the room is handed in, so that order is the service's.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/discord/commands.hpp"
#include "adapters/discord/events.hpp"
#include "adapters/discord/gateway.hpp"
#include "adapters/discord/memory.hpp"
#include "adapters/discord/places.hpp"
#include "adapters/discord/requests.hpp"
#include "adapters/discord/rest.hpp"
#include "adapters/discord/sent.hpp"

namespace nurturer::discord {

struct Settings {
  std::string token;
  std::string gateway_url;       // empty: ask the API
  bool message_content = false;  // the privileged intent
  int shards = 1;                // 0: as many as Discord proposes
  bool compress = true;
  std::vector<channel::Choice> exercises;  // of /soothe
};

class Client {
 public:
  struct Dial {
    int shard;
    std::string url;
  };
  struct SendFrame {
    int shard;
    std::string bytes;
  };
  struct CloseSocket {
    int shard;
    int code;
  };
  struct Perform {
    Ticket ticket;
    Request request;
  };
  struct Receive {
    channel::Incoming incoming;
  };
  struct Acknowledge {
    channel::Acknowledgement acknowledgement;
  };
  struct Ready {
    std::string account;
  };
  struct Failed {
    channel::Failure failure;
  };
  struct Stopped {};
  struct Note {
    std::string what;  // kinds and numbers, for the log
  };
  using Action = std::variant<Dial, SendFrame, CloseSocket, Perform, Receive, Acknowledge, Ready, Failed, Stopped, Note>;

  Client(Settings settings, const std::optional<channel::Cursor>& cursor, const Moment& moment);
  ~Client();

  void tick(const Moment& moment);
  void opened(int shard, const Moment& moment);
  void frame(int shard, std::string_view bytes, bool binary, const Moment& moment);
  void lost(int shard, int code, const Moment& moment);
  void responded(Ticket ticket, const Response& response, const Moment& moment);
  /// `file`: what stands in it, of an Outgoing of that kind.
  void send(const channel::Outgoing& outgoing, std::string file, const Moment& moment);
  /// Lets what is under way end, at most three seconds.
  void stop(const Moment& moment);

  [[nodiscard]] std::optional<Action> next_action();
  [[nodiscard]] Instant deadline(const Moment& moment) const;

 private:
  using Then = std::function<void(const Outcome&, const Moment&)>;
  struct Sending;  // an Outgoing on its way

  // client.cpp
  void make_shards(int count);
  void ask_for_gateway(const Moment& moment);
  void hear_gateway(const Outcome& outcome, const Moment& moment);
  void drain(const Moment& moment);
  void carry_out(int shard, Gateway::Action action, const Moment& moment);
  void fail(channel::Failure failure, const Moment& moment);
  void finish_stop(const Moment& moment);
  void request(Request request, const Moment& moment, Then then);
  void tell(const Outcome& outcome, const Moment& moment);
  [[nodiscard]] channel::Cursor cursor() const;
  void save_cursor(const Moment& moment);

  // client_incoming.cpp
  void hear(int shard, const std::string& type, const Json& data, const Moment& moment);
  void hear_place(const std::string& type, const Json& data, const Moment& moment);
  void hear_ready(int shard, const Json& data, const Moment& moment);
  void hear_message(const Json& data, const std::string& guild, const Moment& moment);
  void hear_edit(const Json& data);
  void hear_removal(const Json& data, const Moment& moment);
  void hear_reaction(const Json& data, const Moment& moment);
  void hear_gone(const std::string& channel, const std::string& user, const Moment& moment);
  void hand_over(channel::Incoming incoming);
  [[nodiscard]] channel::Incoming incoming_of(const Message& message) const;
  void look_up_guild(const std::string& guild, const Moment& moment);
  void catch_up(const Moment& moment);
  void register_commands(const Moment& moment);

  // client_outgoing.cpp
  void advance(const std::string& id, const Moment& moment);
  void choose_channel(Sending& sending, const Moment& moment);
  void send_piece(Sending& sending, const Moment& moment);
  void sent_piece(const std::string& id, const Outcome& outcome, const Moment& moment);
  void remove_sent(const channel::Outgoing& outgoing, const Moment& moment);
  void react(const channel::Outgoing& outgoing, const Moment& moment);
  void acknowledge(const std::string& id, channel::Delivery delivery, Millis after, const Moment& moment);

  // client_interactions.cpp
  void hear_interaction(const Json& data, const Moment& moment);
  void defer_late_answers(const Moment& moment);
  [[nodiscard]] Open* open_for(const channel::Outgoing& outgoing);
  void answer(Sending& sending, Open& open, const Moment& moment);
  void answered(const std::string& id, const std::string& interaction, const Outcome& outcome, const Moment& moment);
  void look_at_answer(const std::string& id, Open& open, const Moment& moment);
  void give_up_answer(const std::string& id, Open& open, const Moment& moment);

  Settings settings_;
  Memory memory_;
  IdentifyGate gate_;
  std::vector<std::unique_ptr<Gateway>> shards_;
  Rest rest_;
  std::map<Ticket, Then> waiting_;
  std::deque<Action> actions_;
  Places places_;
  Sent sent_;
  std::map<std::string, std::unique_ptr<Sending>> sending_;  // by outbox id
  std::set<std::string> unreachable_;                        // whom Discord would not let us write to, until they speak
  std::set<std::string> interactions_seen_;
  std::set<std::string> guilds_asked_;
  std::set<std::string> guilds_at_ready_;
  std::set<int> shards_ready_;
  bool ready_told_ = false;
  bool registering_ = false;
  bool asking_ = false;  // for the gateway's address
  Instant ask_again_{};
  Backoff ask_backoff_;
  Instant saved_{};
  bool dirty_ = false;  // the cursor holds something that was not stored
  bool over_ = false;
  bool stopped_ = false;
  std::optional<Instant> stop_by_;
};

}  // namespace nurturer::discord
