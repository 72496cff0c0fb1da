#pragma once
// One shard of Discord's gateway, version 10, as a machine that is fed from memory: what came over the connection, and the time.
// https://discord.com/developers/docs/events/gateway
//
// Use: after every call take all of next_action(), and call tick() at the latest at deadline(). A Dial is answered by opened() or lost();
// after a Close, and after lost(), the connection is no longer the machine's: nothing of it may be handed in any more. Every state but
// `ready` has a deadline, and `ready` has its heartbeats. Peer's faults never throw.

#include <deque>
#include <optional>
#include <string>
#include <variant>

#include "adapters/discord/close_codes.hpp"
#include "adapters/discord/inflate.hpp"
#include "adapters/discord/json.hpp"
#include "adapters/discord/moment.hpp"
#include "adapters/discord/pace.hpp"

namespace nurturer::discord {

/// What resuming needs; kept over restarts.
struct Session {
  std::string id;
  std::string url;
  std::int64_t sequence = 0;
};

class Gateway {
 public:
  struct Options {
    std::string token;
    std::uint32_t intents = 0;
    bool compress = false;
    int shard = 0;
    int shards = 1;
  };

  struct Dial {
    std::string url;
  };
  struct Send {
    std::string bytes;
  };
  struct Close {
    int code = 0;
  };
  /// An event. READY is that of a new session: everything since the last one is lost but for what REST still tells.
  struct Dispatch {
    std::string type;
    Json data;
  };
  /// Discord wants no more of this bot as it is set up; nothing follows.
  struct End {
    channel::Failure failure;
  };
  /// For the log: no text of anybody in it.
  struct Note {
    std::string what;
  };
  using Action = std::variant<Dial, Send, Close, Dispatch, End, Note>;

  enum class State { waiting, dialing, hello, identifying, resuming, ready, over };

  /// `gate` is shared by all shards and must outlive them.
  Gateway(Options options, IdentifyGate& gate, std::optional<Session> session);

  /// Where to dial when there is no session: of `GET /gateway/bot` or of the configuration. Before it, tick() does nothing for a shard
  /// without session.
  void set_url(std::string url) { url_ = std::move(url); }
  [[nodiscard]] bool needs_url() const { return url_.empty() && !session_; }

  void tick(const Moment& moment);
  void opened(const Moment& moment);
  void receive(std::string_view message, bool binary, const Moment& moment);
  /// The connection ended, with the peer's close code or 1006; or the dial failed.
  void lost(int code, const Moment& moment);
  /// Closes so that the session may be resumed by the next process.
  void leave();

  [[nodiscard]] std::optional<Action> next_action();
  [[nodiscard]] Instant deadline() const;

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::optional<Session>& session() const { return session_; }

 private:
  void dial(const Moment& moment);
  void enter(State state, const Moment& moment);
  void reconnect(int code, const Moment& moment, const char* why);
  void wait_for_dial(Millis wait, const Moment& moment);
  void hear(const Json& message, const Moment& moment);
  void hear_hello(const Json& data, const Moment& moment);
  void hear_invalid_session(const Json& data, const Moment& moment);
  void hear_dispatch(const Json& message, const Moment& moment);
  void introduce(const Moment& moment);
  void beat(const Moment& moment, bool asked);
  void send(const Json& message, const Moment& moment, bool ours = true);
  void drop_session();
  void end(const CloseCode& code);

  Options options_;
  IdentifyGate& gate_;
  std::optional<Session> session_;
  std::string url_;
  State state_ = State::waiting;
  std::deque<Action> actions_;
  std::optional<Inflate> inflate_;
  std::string inflated_;
  SendBudget budget_;
  Backoff backoff_;
  Instant until_{};  // end of the wait, or deadline of the state
  Instant ready_since_{};
  Millis interval_{0};  // of heartbeats; 0: no HELLO yet
  Instant next_beat_{};
  bool acknowledged_ = true;
  int resumes_failed_ = 0;
};

}  // namespace nurturer::discord
